import { useMemo } from 'react'
import { strings } from '../strings'
import { useQueue } from '../window/app-window-context'
import { JobCard } from './JobCard'
import { queueCards } from './queue-order'

/** More cards than this are counted, not drawn: nobody scrolls a strip that far. */
const maxCards = 60

/** The cards of all jobs that are not finished; absent when there are none. */
export function QueueStrip() {
  const jobs = useQueue((state) => state.jobs)
  const cards = useMemo(() => queueCards(jobs.values()), [jobs])
  if (cards.length === 0) return null
  const more = cards.length - maxCards
  return (
    <section aria-label={strings.queue.label} className="h-[84px] min-w-0 shrink-0 border-b border-line">
      <ul className="thin-scrollbar flex h-full gap-2 overflow-x-auto overflow-y-hidden px-3.5 pt-[7px]">
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
