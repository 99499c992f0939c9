import { useEffect, useState } from 'react'
import type { JobId } from '../../shared/job-schema'
import { strings } from '../strings'
import { useQueue } from '../window/app-window-context'
import { timeToTheSecond } from './clock-words'
import type { Timeline } from './queue-store'

const words = strings.queue.details

/** Every transition of a job, and the platform's last answer. */
export function JobHistory({ id }: { readonly id: JobId }) {
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
        <Lines timeline={timeline} />
      )}
    </section>
  )
}

function Lines({ timeline }: { readonly timeline: Timeline }) {
  const { entries, lastAnswer } = timeline
  return (
    <>
      {entries.length === 0 ? <p className="text-ink-3">{words.noTimeline}</p> : null}
      <ol className="grid gap-y-0.5 text-small">
        {entries.map(({ at, event, to, note }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          <li key={index} className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
            <time dateTime={new Date(at).toISOString()} className="text-ink-3">
              {timeToTheSecond(at)}
            </time>
            <span className="break-words">
              {words.entry(event, words.states[to])}
              {note === '' ? null : <span className="text-ink-2"> · {note}</span>}
            </span>
          </li>
        ))}
      </ol>
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
