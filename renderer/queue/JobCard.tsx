import { Film, X } from 'lucide-react'
import { picturesInOrder } from '../../shared/recipe'
import type { Job } from '../../shared/job-schema'
import { recipeTitle } from '../composer/recipe-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Popover } from '../ui/Popover'
import { ProgressBar } from '../ui/ProgressBar'
import { useQueue } from '../window/app-window-context'
import { jobFraction, jobSentence } from './job-words'

/** One job: what it is, one sentence on how it stands, and what can be done about it. */
export function JobCard({ job }: { readonly job: Job }) {
  switch (job.state) {
    case 'failed':
    case 'cancelled':
      return <StoppedCard job={job} />
    case 'waiting':
    case 'running':
    case 'downloading':
      return <MovingCard job={job} />
    case 'done':
      return null
  }
}

const shape = 'grid h-[66px] shrink-0 items-center gap-2.5 rounded-md border bg-surface-2 px-2'

function MovingCard({ job }: { readonly job: Job }) {
  const cancel = useQueue((state) => state.cancel)
  const title = recipeTitle(job.recipe)
  return (
    <li className={`${shape} w-[252px] grid-cols-[60px_minmax(0,1fr)_auto] border-transparent`}>
      <JobPicture job={job} />
      <div>
        <p className="truncate">{title}</p>
        <p className="truncate text-small text-ink-2">{jobSentence(job)}</p>
        <div className="mt-1.5">
          {job.state === 'waiting' ? null : (
            <ProgressBar label={strings.queue.progressOf(title)} fraction={jobFraction(job)} />
          )}
        </div>
      </div>
      <IconButton
        icon={X}
        look="small"
        side="top"
        className="mt-1.5 self-start"
        label={strings.queue.cancelJob(title)}
        onClick={() => void cancel(job.id)}
      />
    </li>
  )
}

function StoppedCard({ job }: { readonly job: Job }) {
  const rerun = useQueue((state) => state.rerun)
  const dismiss = useQueue((state) => state.dismiss)
  const title = recipeTitle(job.recipe)
  const failed = job.state === 'failed'
  return (
    <li
      className={`${shape} w-[330px] grid-cols-[60px_minmax(0,1fr)] ${failed ? 'border-bad/35' : 'border-transparent'}`}
    >
      <JobPicture job={job} />
      <div>
        <div className="flex justify-between gap-2">
          <p className="truncate">{title}</p>
          <p className={`shrink-0 text-small ${failed ? 'text-bad' : 'text-ink-3'}`}>
            {failed ? `■ ${strings.queue.failed}` : strings.queue.cancelled}
          </p>
        </div>
        <p className="truncate text-small text-ink-2" title={jobSentence(job)}>
          {jobSentence(job)}
        </p>
        <div className="-mb-0.5 -ml-1.5 flex gap-0.5">
          <Button
            look="quiet"
            size="card"
            aria-label={strings.queue.runJobAgain(title)}
            onClick={() => void rerun(job.id)}
          >
            {strings.common.runAgain}
          </Button>
          {job.error ? <FailureDetails title={title} error={job.error} /> : null}
          <Button
            look="quiet"
            size="card"
            aria-label={strings.queue.dismissJob(title)}
            onClick={() => void dismiss(job.id)}
          >
            {strings.common.dismiss}
          </Button>
        </div>
      </div>
    </li>
  )
}

function FailureDetails({
  title,
  error,
}: {
  readonly title: string
  readonly error: NonNullable<Job['error']>
}) {
  return (
    <Popover
      side="top"
      align="center"
      label={strings.queue.detailsOf(title)}
      className="selectable max-h-80 w-96 overflow-y-auto"
      trigger={
        <Button look="quiet" size="card" aria-label={strings.queue.detailsOf(title)}>
          {strings.common.details}
        </Button>
      }
    >
      <p className="break-words">{error.message}</p>
      {error.details === undefined ? null : (
        <pre className="mt-2 font-mono text-micro break-words whitespace-pre-wrap text-ink-2">
          {error.details}
        </pre>
      )}
    </Popover>
  )
}

function JobPicture({ job }: { readonly job: Job }) {
  const [first] = picturesInOrder(job.recipe)
  return (
    <div className="grid aspect-[16/10] place-items-center overflow-hidden rounded-sm bg-surface-3 text-ink-3">
      {first === undefined ? (
        <Film size={16} strokeWidth={1.5} aria-hidden />
      ) : (
        <img src={`/thumb/${first}`} alt="" draggable={false} className="size-full object-cover" />
      )}
    </div>
  )
}
