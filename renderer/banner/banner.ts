import type { QueueState } from '../../shared/queue-schema'
import { strings } from '../strings'
import type { Tone } from '../ui/ToneMark'

/** What a banner's button does. */
export type BannerAction = 'resume' | 'show-held' | 'away-show' | 'away-dismiss'

export interface Banner {
  readonly tone: Tone
  readonly text: string
  readonly actions: readonly BannerAction[]
}

const words = strings.banner

/**
 * The one banner to show, the most pressing first: what keeps all work from going on, then what keeps some, then news.
 * `waiting` is the number of jobs that wait. Null when there is nothing to say.
 */
export function chooseBanner(queue: QueueState, waiting: number): Banner | null {
  if (queue.paused === 'unclean') return { tone: 'warn', text: words.unclean, actions: ['resume'] }
  if (queue.paused === 'restored') {
    return { tone: 'warn', text: words.restored, actions: ['resume', 'show-held'] }
  }
  if (queue.offline) return { tone: 'warn', text: words.offline(waiting), actions: [] }
  if (queue.lowDiskBytes !== null) {
    return { tone: 'warn', text: words.lowDisk(gigabytes(queue.lowDiskBytes)), actions: [] }
  }
  if (queue.held > 0) return { tone: 'warn', text: words.held(queue.held), actions: ['show-held'] }
  return queue.away ? awayBanner(queue.away) : null
}

function awayBanner({ done, problems, stillRunning }: NonNullable<QueueState['away']>): Banner | null {
  const { away } = strings
  const parts = [
    ...(done > 0 ? [away.arrived(done)] : []),
    ...(problems > 0 ? [away.problems(problems)] : []),
    ...(stillRunning > 0 ? [away.running(stillRunning)] : []),
  ]
  if (parts.length === 0) return null
  return {
    tone: problems > 0 ? 'warn' : 'info',
    text: away.sentence(parts),
    actions: ['away-show', 'away-dismiss'],
  }
}

/** Bytes as disks are sold: `1.2 GB`, `340 MB`. */
function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${(Math.floor(bytes / 1e8) / 10).toFixed(1)} GB`
}
