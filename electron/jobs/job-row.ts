import type { Clip } from '../../shared/clip-schema'
import type { ErrorShape } from '../../shared/error'
import type { JobState } from '../../shared/job'
import type { Money, Quote } from '../../shared/money'
import type { ProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'

/** A submit as it is written down before it goes out. */
export interface Intent {
  /** Goes along as idempotency key where the platform has one. */
  readonly id: string
  /** The exact bytes of the request's body. */
  readonly body: string
  /** Fingerprint of the key it goes out with. */
  readonly keyPrint: string
  /** Milliseconds since 1970 on this computer. */
  readonly at: number
  /** The same by the platform's clock, once an answer of it has told the difference. */
  readonly platformAt: number | null
}

/** A finished clip at the platform, and how much of it is here. */
export interface RemoteResult {
  /** Null when the platform gave no usable link. */
  readonly url: string | null
  /** When the platform said that it was finished; links of old results are tried first. */
  readonly at: number
  /** What a resumed download must match. */
  readonly resume: {
    readonly validator: string | null
    readonly total: number | null
    readonly type: string | null
  } | null
  /** The whole file is in its part file. */
  readonly fetched: { readonly bytes: number; readonly sha256: string; readonly extension: string } | null
  /** Tries that ended without the file, since the last one that brought anything. */
  readonly tries: number
  /** SHA-256 of a whole file that could not be read as a clip: the same again is what the platform has. */
  readonly doubtful: string | null
}

/** How a quote was asked for: a price is that of a place, a dialect and a time. */
export interface Quoted {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly origin: string
  readonly dialect: string | null
}

/** The price that the user said yes to. */
export interface Agreed {
  /** Null for a yes to a price that nobody knew. */
  readonly amount: Money | null
  /** By what a credit was worth then; null where that was not known. */
  readonly usdMicros: number | null
}

/** What the user said about a job. */
export type Flag =
  | 'cancel'
  | 'held'
  | 'paused'
  /** Although it passes a cap. */
  | 'allowed'
  /** Although its price is not known. */
  | 'priced'

/** A job as it lies in the table: with what the window need not know. */
export interface JobRow {
  readonly id: string
  readonly library: string
  readonly provider: ProviderId
  readonly recipe: Recipe
  readonly state: JobState
  readonly position: number
  /** Submits, or runs of a local provider; counted before they start. */
  readonly attempts: number
  readonly word: string | null
  readonly quote: Quote
  /** Null where it is not known, and where there is nobody to ask. */
  readonly quoted: Quoted | null
  /** Null while it is the quote as it was at first. */
  readonly agreed: Agreed | null
  readonly error: ErrorShape | null
  readonly intent: Intent | null
  readonly remoteId: string | null
  readonly result: RemoteResult | null
  /** Set from the end of the download on: the clip it becomes, with its planned file. */
  readonly clip: Clip | null
  readonly flags: readonly Flag[]
  readonly lookUps: number
  readonly lookUpsSince: number | null
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly submittedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** A job as it begins: waiting, at the end of the queue. `at` in milliseconds since 1970. */
export function newJob(
  { id, library, provider, recipe, quote }: Pick<JobRow, 'id' | 'library' | 'provider' | 'recipe' | 'quote'>,
  at: number,
): JobRow {
  return {
    id,
    library,
    provider,
    recipe,
    quote,
    quoted: null,
    agreed: null,
    state: 'waiting',
    position: at,
    attempts: 0,
    word: null,
    error: null,
    intent: null,
    remoteId: null,
    result: null,
    clip: null,
    flags: [],
    lookUps: 0,
    lookUpsSince: null,
    replaces: null,
    replacedBy: null,
    submittedAt: null,
    createdAt: at,
    updatedAt: at,
  }
}

/** Whether the user said this about the job. */
export function has(job: Pick<JobRow, 'flags'>, flag: Flag): boolean {
  return job.flags.includes(flag)
}
