import type { ReactNode } from 'react'
import { jobForStage } from '../queue/queue-order'
import { jobFraction, jobSentence } from '../queue/job-words'
import { useJobFacts } from '../queue/use-job-facts'
import { GenerateButton } from '../composer/GenerateButton'
import { recipeTitle } from '../composer/recipe-words'
import { picturesInOrder } from '../../shared/recipe'
import type { Job } from '../../shared/job-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ProgressBar } from '../ui/ProgressBar'
import { useComposer, useProviders, useQueue } from '../window/app-window-context'

/** What stands on the stage when no clip does: the job at work, the first-run card, or a quiet word. */
export function EmptyStage() {
  const job = useQueue((state) => jobForStage(state.jobs.values()))
  const isSample = useComposer((state) => state.isSample)
  if (job) return <JobAtWork job={job} />
  if (isSample) return <FirstRun />
  return <StageMessage title={strings.stage.empty} hint={strings.stage.emptyHint} />
}

/** A few words in the middle of the stage. */
export function StageMessage(props: {
  readonly title: string
  readonly hint: string
  readonly alert?: boolean
  readonly children?: ReactNode
}) {
  return (
    <div
      role={props.alert ? 'alert' : undefined}
      className="grid max-w-[420px] justify-items-center gap-1.5 px-6 text-center"
    >
      <p className="text-ink-2">{props.title}</p>
      <p className="text-ink-3">{props.hint}</p>
      {props.children ? <div className="mt-2">{props.children}</div> : null}
    </div>
  )
}

function FirstRun() {
  const showProviders = useProviders((state) => state.show)
  return (
    <section
      aria-labelledby="first-run"
      className="w-[420px] max-w-[calc(100%-32px)] rounded-lg border border-line-strong bg-surface-2 px-5 py-4.5"
    >
      <h2 id="first-run" className="text-head font-semibold">
        {strings.stage.firstRunTitle}
      </h2>
      <p className="mt-1.5 mb-4 text-ink-2">{strings.stage.firstRunText}</p>
      {/* Where the second does not fit beside the first, its words stand in line with the text above. */}
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        <GenerateButton>{strings.stage.firstRunGenerate}</GenerateButton>
        <Button look="quiet" className="-ml-2.5" onClick={() => showProviders('list')}>
          {strings.stage.firstRunConnect}
        </Button>
      </div>
    </section>
  )
}

function JobAtWork({ job }: { readonly job: Job }) {
  const [first] = picturesInOrder(job.recipe)
  const facts = useJobFacts(job)
  const title = recipeTitle(job.recipe)
  return (
    <div className="relative grid size-full place-items-center overflow-hidden">
      {first === undefined ? null : (
        <img
          src={`/thumb/${first}`}
          alt=""
          draggable={false}
          className="absolute inset-0 size-full object-contain opacity-25"
        />
      )}
      <div className="relative w-80 max-w-[80%] text-center">
        <p className="mb-2.5 truncate">{jobSentence(job, facts)}</p>
        <ProgressBar label={strings.queue.progressOf(title)} fraction={jobFraction(job, facts)} />
      </div>
    </div>
  )
}
