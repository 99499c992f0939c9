import type { BucketSettings } from '../../../shared/bucket-schema'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Resolution } from '../../../shared/recipe'

/** Dies by SIGKILL right before the nth step whose name begins so; any step for ''. */
export interface Kill {
  readonly before: string
  readonly nth: number
}

/** What the user does about an outcome that stays unknown. */
export type Decision =
  /** Looks at the platform's own site: takes the job that is there, or sends again. */
  | 'look-at-site'
  /** Says that it did not arrive, rightly or wrongly. */
  | 'send-again'
  | 'give-up'
  | 'leave'

/** One clip that the user wants. */
export interface Want {
  /** Stands in the prompt as `intent:<marker>`; no marker is part of another. */
  readonly marker: string
  readonly provider: RemoteProviderId
  /** Pictures: none, a first frame, first and last. */
  readonly stills: 0 | 1 | 2
  readonly resolution: Resolution
  readonly decision: Decision
  /** Calls it off when its job is first seen in this state. */
  readonly cancelsAt: 'waiting' | 'submitting' | 'running' | null
  /** Pauses the job right after it was made, and lets it go later. */
  readonly pauses: boolean
  /** Runs it again, once, when it failed. */
  readonly reruns: boolean
  /** Its clip may never come: the platform has none, or throws it away. */
  readonly mayStayAway: boolean
}

/** A platform as the user set it up. */
export interface PlatformPlace {
  readonly origin: string
  readonly key: string
  /** As the user set it; null for a platform that has one only. */
  readonly dialect: string | null
  /** What the platform's own site would show. */
  readonly bill: string
}

export interface BucketPlace {
  readonly settings: BucketSettings
  readonly accessKeyId: string
  readonly secret: string
}

/** One life of the program. */
export interface Order {
  /** Holds the library, the user data, and what the user remembers. */
  readonly home: string
  /** Real time of the clock's zero, ms; scaled time then; how many scaled ms are one real ms. */
  readonly clock: { readonly origin: number; readonly noon: number; readonly scale: number }
  readonly seed: number
  /** Those that the wants are of; the others are nowhere. */
  readonly platforms: Readonly<Partial<Record<RemoteProviderId, PlatformPlace>>>
  /** The user's own; null when none is connected. */
  readonly bucket: BucketPlace | null
  /** The certificate of Krea's door where that is the one with TLS and HTTP/2. */
  readonly ca: string | null
  readonly wants: readonly Want[]
  readonly kill: Kill | null
  /** Makes the daily backup of engine.db. */
  readonly backsUp: boolean
  /** A rule to break, by name. */
  readonly sabotage: string | null
  /** Does nothing but look for what engine.db forgot in the bucket. */
  readonly onlyTidies: boolean
  /** Real ms after which a life that does not come to rest gives up. */
  readonly limitMs: number
}

/** What the user remembers having said, one JSON object a line in {@link memoryFile}; written before it is said. */
export interface Said {
  readonly what: 'send-again' | 'give-up' | 'attach' | 'rerun'
  readonly marker: string
  readonly job: string
}

export const memoryFile = 'user.jsonl'
export const libraryFolder = 'Library'
export const userDataFolder = 'userData'

/** How a prompt names the want. */
export const promptOf = (marker: string) => `red fox crosses the snow intent:${marker} at dawn`

/** The marker in a prompt; empty when there is none. */
export const markerIn = (prompt: string) => /\bintent:(\S+)/.exec(prompt)?.[1] ?? ''

/** The platform's own id in what the program remembers: for UniAll the path where it is polled may follow. */
export const ownId = (remoteId: string) => remoteId.split('@')[0] ?? ''
