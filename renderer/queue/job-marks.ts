import type { WaitKind } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { strings } from '../strings'
import type { Tone } from '../ui/ToneMark'

/** A state that is worth a shape, a colour and a word. */
export interface JobMark {
  readonly tone: Tone
  readonly text: string
}

const words = strings.queue.marks

const waitMarks: Partial<Readonly<Record<WaitKind, JobMark>>> = {
  budget: { tone: 'warn', text: words.budget },
  'no-key': { tone: 'warn', text: words['no-key'] },
  'key-refused': { tone: 'bad', text: words['key-refused'] },
  'out-of-credit': { tone: 'warn', text: words['out-of-credit'] },
  price: { tone: 'warn', text: words.price },
  dearer: { tone: 'warn', text: words.dearer },
  held: { tone: 'warn', text: words.held },
}

function waitMark({ wait, quote }: Job): JobMark | null {
  if (!wait) return null
  if (wait.kind === 'price' && quote.amount?.unit === 'credit') {
    return { tone: 'warn', text: words.creditsOnly }
  }
  return waitMarks[wait.kind] ?? null
}

/** The mark of a job that needs the user or has come to an end worth knowing; null for what goes its way. */
export function jobMark(job: Job): JobMark | null {
  switch (job.state) {
    case 'waiting':
      return waitMark(job)
    case 'unknown':
      return { tone: 'warn', text: words.unknown }
    case 'undelivered':
      return { tone: 'warn', text: words.undelivered }
    case 'failed':
      return { tone: 'bad', text: words.failed }
    case 'refused':
      return { tone: 'bad', text: words.refused }
    case 'expired':
      return { tone: 'bad', text: words.expired }
    case 'given-up':
      return job.remoteId === null ? null : { tone: 'warn', text: words.appeared }
    case 'done':
      return { tone: 'ok', text: words.done }
    case 'handing-over':
    case 'submitting':
    case 'running':
    case 'downloading':
    case 'cancelled':
      return null
  }
}
