import type { DatabaseSync } from 'node:sqlite'
import type { Clip, ClipMedia } from '../../shared/clip-schema'
import type { Job } from '../../shared/job-schema'
import type { Spend } from '../../shared/money-schema'
import type { RemoteProviderId } from '../../shared/provider'
import type { QueueState } from '../../shared/queue-schema'
import type { Downloader } from '../downloads/fetch'
import type { Clips } from '../library/clips'
import type { Library } from '../library/open'
import type { Stills } from '../library/stills'
import type { LocalProvider } from '../providers/local'
import type { Buckets } from '../bucket/bucket-desk'
import type { Elsewhere, RemoteProvider } from '../providers/provider'
import type { Connections } from './platforms/connections'
import type { HandOverDeps } from './sending/hand-over'
import type { LoggedIntent, SubmitLine, SubmitLog } from './store/submit-log'

/** What the engine needs of the outside: everything but engine.db's own tables. */
export interface EngineDeps {
  readonly db: DatabaseSync
  readonly submitLog: Pick<SubmitLog, 'append'>
  /** What `submits.log` held at the start. */
  readonly intents: readonly LoggedIntent[]
  readonly orphans: readonly SubmitLine[]
  /** True when engine.db may be older than what was sent, or is of another computer. */
  readonly isRestored: boolean
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly clips: Pick<Clips, 'put' | 'get'>
  readonly stills: Pick<Stills, 'get'>
  readonly buckets: Buckets
  readonly elsewhere: Elsewhere
  readonly withCopy: HandOverDeps['withCopy']
  readonly local: LocalProvider
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly connections: Connections
  readonly downloader: Pick<Downloader, 'download'>
  readonly inspect: (part: string) => Promise<ClipMedia>
  readonly parked: string
  readonly freeBytes: (folder: string) => Promise<number>
  readonly isOffline: () => boolean
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly random: () => number
  readonly onJob: (job: Job) => void
  readonly onClip: (clip: Clip) => void
  readonly onQueue: (queue: QueueState) => void
  readonly onSpend: (spend: Spend) => void
  readonly onProvider: (provider: RemoteProviderId) => void
  readonly logError: (what: string, error: unknown) => void
}
