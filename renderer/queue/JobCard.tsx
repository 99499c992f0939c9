import { Film, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Job } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { picturesInOrder } from '../../shared/recipe'
import { recipeTitle } from '../composer/recipe-words'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { ProgressBar } from '../ui/ProgressBar'
import { Tip } from '../ui/Tip'
import { useQueue } from '../window/app-window-context'
import { ActionButton, ActionMenu } from './JobActions'
import { cardActions, isInLine } from './job-actions'
import { JobDetails } from './JobDetails'
import { jobMark } from './job-marks'
import { jobFraction, jobSentence } from './job-words'
import { MarkWord } from './MarkWord'
import { priceWord } from './money-words'
import { useCardDrag } from './use-card-drag'
import { useJobFacts } from './use-job-facts'
import { useRunAction } from './use-run-action'

/**
 * One job: what it is, its price, one sentence on how it stands, and what can be done about it. Every state has the
 * same size, so that a change of state moves nothing.
 */
export function JobCard({ job }: { readonly job: Job }) {
  const ref = useRef<HTMLLIElement>(null)
  const facts = useJobFacts(job)
  const run = useRunAction(job)
  const edge = useCardDrag(ref, job)
  useSought(ref, job)
  const title = recipeTitle(job.recipe)
  const mark = jobMark(job)
  const sentence = jobSentence(job, facts)
  const { buttons, menu, close } = cardActions(job)
  // With neither buttons nor a bar the sentence has one line more.
  const hasRoom = buttons.length === 0 && !isMoving(job)
  return (
    <li
      ref={ref}
      tabIndex={-1}
      className={`relative grid h-[84px] w-[336px] shrink-0 grid-cols-[62px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_22px] gap-x-2.5 rounded-md border bg-surface-2 px-2 py-[3px] ${borders[mark?.tone ?? 'none']} ${job.state === 'done' ? 'leaves' : ''} ${isInLine(job) ? 'active:cursor-grabbing' : ''}`}
    >
      <div className="min-w-0">
        <JobPicture job={job} />
        <p className="truncate text-center text-micro text-ink-3">{providers[job.provider].name}</p>
      </div>
      <div className={hasRoom ? 'row-span-2 min-w-0 self-start' : 'min-w-0'}>
        <div className="flex items-start gap-2">
          <p className="min-w-0 grow truncate">{title}</p>
          <p className="shrink-0 text-ink-3">{mark ? <MarkWord mark={mark} /> : priceWord(job)}</p>
          {close ? (
            <IconButton
              icon={X}
              look="small"
              side="top"
              className="-my-px -mr-1 -ml-1"
              label={strings.queue.actionOn(strings.queue.actions[close], title)}
              onClick={() => run(close)}
            />
          ) : null}
        </div>
        {/* For the pointer; with the keys the whole sentence is at the details. */}
        <Tip label={sentence} side="top">
          <p className={`text-small text-ink-2 ${hasRoom ? 'line-clamp-3 pr-12' : 'line-clamp-2'}`}>
            {sentence}
          </p>
        </Tip>
      </div>
      <div
        className={
          hasRoom ? 'absolute right-1 bottom-[3px] flex gap-1' : 'col-span-2 -mr-1 flex items-center gap-1'
        }
      >
        {buttons.map((action, index) => (
          <ActionButton key={action} job={job} action={action} title={title} quiet={index > 0} />
        ))}
        {hasRoom ? null : (
          <div className="min-w-0 grow pr-1">
            {isMoving(job) ? (
              <ProgressBar label={strings.queue.progressOf(title)} fraction={jobFraction(job, facts)} />
            ) : mark && job.state !== 'done' ? (
              <PriceIfRoom text={priceWord(job)} />
            ) : null}
          </div>
        )}
        <JobDetails job={job} facts={facts} title={title} />
        {menu.length > 0 ? <ActionMenu job={job} actions={menu} title={title} /> : null}
      </div>
      {edge === null ? null : (
        <span
          className={`absolute inset-y-0 w-0.5 rounded-xs bg-accent ${edge === 'before' ? '-left-[5px]' : '-right-[5px]'}`}
        />
      )}
    </li>
  )
}

/** Beside the buttons, where they leave it room; else on a second line, out of sight: the sentence tells it too. */
function PriceIfRoom({ text }: { readonly text: string }) {
  return (
    <p className="flex h-[22px] flex-wrap justify-end overflow-hidden leading-[22px] whitespace-nowrap text-ink-3">
      <span className="h-full" />
      <span>{text}</span>
    </p>
  )
}

const borders = {
  none: 'border-transparent',
  ok: 'border-transparent',
  info: 'border-transparent',
  warn: 'border-warn/35',
  bad: 'border-bad/35',
} as const

function isMoving({ state }: Job): boolean {
  return state === 'handing-over' || state === 'submitting' || state === 'running' || state === 'downloading'
}

/** Brings the card into view when it is sought, and puts the focus on it. */
function useSought(ref: React.RefObject<HTMLElement | null>, { id }: Job) {
  const times = useQueue((state) => (state.sought?.id === id ? state.sought.times : 0))
  useEffect(() => {
    if (times === 0) return
    ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    ref.current?.focus()
  }, [ref, times])
}

function JobPicture({ job }: { readonly job: Job }) {
  const { source } = job.recipe
  const [first] = picturesInOrder(job.recipe)
  const picture = source ? `/poster/${source.clip}` : first === undefined ? null : `/thumb/${first}`
  return (
    <div className="mt-0.5 grid h-[33px] place-items-center overflow-hidden rounded-sm bg-surface-3 text-ink-3">
      {picture === null ? (
        <Film size={16} strokeWidth={1.5} aria-hidden />
      ) : (
        <img src={picture} alt="" draggable={false} className="size-full object-cover" />
      )}
    </div>
  )
}
