import { useEffect, useState } from 'react'
import type { Job } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { useQueue } from '../window/app-window-context'
import { timeToTheSecond } from './clock-words'
import type { Timeline } from './queue-store'
import { entryInWords, timelineAsRecorded, type TimelineLine } from './timeline-words'

const words = strings.queue.details

/** Every transition of a job, and the platform's last answer. */
export function JobHistory({ job: { id, provider } }: { readonly job: Job }) {
  const read = useQueue((state) => state.timeline)
  const [timeline, setTimeline] = useState<Timeline | 'reading' | null>('reading')
  useEffect(() => {
    let open = true
    const show = async () => {
      const answer = await read(id)
      if (open) setTimeline(answer)
    }
    void show()
    return () => {
      open = false
    }
  }, [read, id])
  if (timeline === null) return null
  return (
    <section className="mt-3 border-t border-line pt-2.5">
      <h4 className="mb-1 text-small text-ink-3">{words.timeline}</h4>
      {timeline === 'reading' ? (
        <p className="late text-ink-3">{words.loading}</p>
      ) : (
        <Lines timeline={timeline} provider={provider} />
      )}
    </section>
  )
}

function Lines({ timeline, provider }: { readonly timeline: Timeline; readonly provider: ProviderId }) {
  const { entries, lastAnswer } = timeline
  return (
    <>
      {entries.length === 0 ? <p className="text-ink-3">{words.noTimeline}</p> : null}
      <ol className="grid gap-y-0.5 text-small">
        {entries.map((entry, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          <li key={index} className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
            <time dateTime={new Date(entry.at).toISOString()} className="text-ink-3">
              {timeToTheSecond(entry.at)}
            </time>
            <Line {...entryInWords(entry, provider)} />
          </li>
        ))}
      </ol>
      {entries.length === 0 ? null : <Details label={words.recorded} text={timelineAsRecorded(entries)} />}
      {lastAnswer === null ? null : (
        <>
          <h4 className="mt-3 mb-1 text-small text-ink-3">{words.lastAnswer}</h4>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must do so by keys
            tabIndex={0}
            aria-label={words.lastAnswer}
            className="max-h-40 overflow-auto rounded-sm bg-surface-1 p-2 font-mono text-micro break-words whitespace-pre-wrap text-ink-2"
          >
            {lastAnswer}
          </pre>
        </>
      )}
    </>
  )
}

function Line({ text, note }: TimelineLine) {
  return (
    <span className="break-words">
      {text}
      {note === '' ? null : <span className="text-ink-2"> · {note}</span>}
    </span>
  )
}
