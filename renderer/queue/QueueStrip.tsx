import { Pause, Play } from 'lucide-react'
import { useMemo } from 'react'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { Tip } from '../ui/Tip'
import { useQueue } from '../window/app-window-context'
import { JobCard } from './JobCard'
import { jobsNeedingUser, queueCards } from './queue-order'

/** More cards than this are counted, not drawn: nobody scrolls a strip that far. */
const maxCards = 60

/** The cards of all jobs that are not finished; absent when there are none. */
export function QueueStrip() {
  const jobs = useQueue((state) => state.jobs)
  const recent = useQueue((state) => state.recent)
  const cards = useMemo(() => queueCards(jobs.values(), recent), [jobs, recent])
  if (cards.length === 0) return null
  const more = cards.length - maxCards
  return (
    <section
      aria-label={strings.queue.label}
      className="flex h-[102px] min-w-0 shrink-0 border-b border-line"
    >
      <StripHead number={cards.length} />
      <ul className="thin-scrollbar flex min-w-0 grow gap-2 overflow-x-auto overflow-y-hidden pt-[7px] pr-3.5">
        {cards.slice(0, maxCards).map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
        {more > 0 ? (
          <li className="grid shrink-0 place-items-center px-2 text-ink-3">{strings.queue.more(more)}</li>
        ) : null}
      </ul>
    </section>
  )
}

/** How many jobs there are and need the user, and pause or resume for all of them. */
function StripHead({ number }: { readonly number: number }) {
  const isPaused = useQueue((state) => state.queue !== null && state.queue.paused !== 'no')
  const setAllPaused = useQueue((state) => state.setAllPaused)
  const words = strings.queue
  return (
    <div className="flex w-[92px] shrink-0 flex-col items-start pt-[9px] pl-3.5">
      <h2 className="text-small text-ink-3">{words.label}</h2>
      <p className="flex h-[18px] items-center gap-1">{number.toLocaleString('en')}</p>
      <IconButton
        icon={isPaused ? Play : Pause}
        look="small"
        side="top"
        className={`mt-1 -ml-1 ${isPaused ? 'text-warn!' : ''}`}
        label={isPaused ? words.resumeAll : words.pauseAll}
        onClick={() => void setAllPaused(!isPaused)}
      />
      <NeedYou />
    </div>
  )
}

/** The way to the first card that needs the user, which may have come while the strip is scrolled away from it. */
function NeedYou() {
  const jobs = useQueue((state) => state.jobs)
  const seek = useQueue((state) => state.seek)
  const needing = useMemo(() => jobsNeedingUser(jobs.values()), [jobs])
  const [first] = needing
  if (!first) return null
  return (
    <Tip label={strings.queue.needYouTip} side="top">
      <button
        type="button"
        onClick={() => seek(first.id)}
        className="-ml-1 rounded-sm px-1 text-small whitespace-nowrap text-warn hover:bg-surface-3"
      >
        {strings.away.problems(needing.length)}
      </button>
    </Tip>
  )
}
