import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Job, JobId } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { IconButton } from '../ui/IconButton'
import { Popover } from '../ui/Popover'
import { useAppWindow, useQueue } from '../window/app-window-context'
import type { JobFacts } from './job-facts'
import { JobHistory } from './JobHistory'
import { jobMark } from './job-marks'
import { jobSentence } from './job-words'
import { MarkWord } from './MarkWord'
import { billingWord, quoteInFull } from './money-words'

const words = strings.queue.details

/** Everything there is to know of a job, in a panel that opens at its card. */
export function JobDetails(props: { readonly job: Job; readonly facts: JobFacts; readonly title: string }) {
  const label = strings.queue.detailsOf(props.title)
  // A card cuts its sentence after two lines: with the keys the rest is read here, and in the panel.
  const sentence = jobMark(props.job) ? jobSentence(props.job, props.facts) : undefined
  return (
    <Popover
      side="top"
      align="center"
      label={label}
      className="selectable max-h-[min(560px,var(--radix-popover-content-available-height))] w-[440px] overflow-y-auto"
      trigger={<IconButton icon={Info} look="small" side="top" label={label} tip={sentence} />}
    >
      <Content {...props} />
    </Popover>
  )
}

function Content({ job, facts, title }: Parameters<typeof JobDetails>[0]) {
  const mark = jobMark(job)
  const sentence = jobSentence(job, facts)
  const { error } = job
  return (
    <>
      <h3 className="font-semibold break-words">{title}</h3>
      <p className="mt-1 break-words text-ink-2">
        {mark ? <MarkWord mark={mark} /> : null}
        {mark ? ' · ' : ''}
        {sentence}
      </p>
      {error && !isSaid(job, error.message, sentence) ? (
        <p className="mt-1 break-words text-ink-2">{error.message}</p>
      ) : null}
      {error?.details === undefined ? null : <Details label={strings.common.details} text={error.details} />}
      <Facts job={job} />
      {/* A new state has a new line: the timeline is read anew. */}
      <JobHistory key={job.state} job={job} />
    </>
  )
}

/** Of an unknown outcome the card and the engine say the same, up to the words for that nothing was resent. */
function isSaid({ state }: Job, message: string, sentence: string): boolean {
  const what = state === 'unknown' ? (/^.*?[.!?](?= |$)/.exec(message)?.[0] ?? message) : message
  return sentence.includes(what)
}

function Facts({ job }: { readonly job: Job }) {
  const fields = Object.entries(job.error?.fields ?? {})
  return (
    <dl className="mt-3 grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-1">
      <Fact name={words.price}>{quoteInFull(job.quote)}</Fact>
      <Fact name={words.money}>{billingWord(job)}</Fact>
      {job.remoteId === null ? null : (
        <Fact name={words.remoteId(providers[job.provider].name)}>
          {/* A field that selects itself: the page may not write to the clipboard, the user may copy. */}
          <input
            readOnly
            aria-label={words.remoteId(providers[job.provider].name)}
            value={job.remoteId}
            onFocus={({ currentTarget }) => currentTarget.select()}
            className="w-full truncate rounded-xs bg-transparent font-mono text-small"
          />
        </Fact>
      )}
      {job.word === null ? null : <Fact name={words.word}>{job.word}</Fact>}
      {fields.length === 0 ? null : (
        <Fact name={words.fields}>{fields.map(([field, said]) => `${field}: ${said}`).join('\n')}</Fact>
      )}
      {job.replaces === null ? null : (
        <Fact name={words.replaces}>
          <OtherJob id={job.replaces} />
        </Fact>
      )}
      {job.replacedBy === null ? null : (
        <Fact name={words.replacedBy}>
          <OtherJob id={job.replacedBy} />
        </Fact>
      )}
    </dl>
  )
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{props.name}</dt>
      <dd className="min-w-0 break-words whitespace-pre-line">{props.children}</dd>
    </>
  )
}

/** Another job: a way to its card while it has one, else its id alone. */
function OtherJob({ id }: { readonly id: JobId }) {
  const isHere = useQueue((state) => state.jobs.has(id))
  const { showJob } = useAppWindow()
  const text = words.other(id.slice(0, 8))
  if (!isHere) return text
  return (
    <button type="button" className="rounded-xs underline hover:text-ink" onClick={() => showJob(id)}>
      {text}
    </button>
  )
}
