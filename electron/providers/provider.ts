import type { FormData } from 'undici'
import type { Money, Quote } from '../../shared/money'
import type { Provider, RemoteProviderId } from '../../shared/provider'
import type { LinkName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { StillType } from '../../shared/still'

/** One request to a platform, without its key: that is added by the one function that sends it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Absolute path with its query, below the provider's origin. */
  readonly path: string
  /** JSON text, byte for byte as it goes out. */
  readonly json?: string
  /** A multipart form; undici takes no other than its own. */
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
}

/** What a platform answered; any status. */
export interface ApiAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The platform's own clock by its `Date` header, milliseconds since 1970; null without a readable one. */
  readonly date: number | null
}

/** Sends a request with the provider's key. Rejects with {@link Unreachable}; any answer, also an error, resolves. */
export type Send = (request: ApiRequest, signal?: AbortSignal) => Promise<ApiAnswer>

/** Sends to an address that a platform or the user's bucket named: never with a key. Rejects like {@link Send}. */
export type Elsewhere = (request: ElsewhereRequest, signal?: AbortSignal) => Promise<ApiAnswer>

/** A request that is signed already, where it has to be. */
export interface ElsewhereRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Read while it is sent. */
  readonly body?: Blob
}

/** No answer came. */
export class Unreachable extends Error {
  /** True when not a byte of the request can have reached the platform: DNS, connect or TLS failed. */
  readonly isUnsent: boolean

  constructor(message: string, isUnsent: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Unreachable'
    this.isUnsent = isUnsent
  }
}

/** Why a platform said no. */
export interface Problem {
  readonly kind:
    | 'key-refused'
    | 'forbidden'
    | 'out-of-credit'
    | 'invalid'
    | 'blocked'
    | 'too-large'
    | 'rate-limited'
    | 'model-unavailable'
    | 'not-found'
    | 'conflict'
    | 'upstream'
    | 'unreadable'
    /** It wants its requests as another of its documents describes them: a setting. */
    | 'wrong-dialect'
  /** The platform's own words, or ours when it said nothing readable. */
  readonly message: string
  /** Its words by the field of its body that they are about. */
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterMs?: number
  /** `out-of-credit`: what the job needs and what there is. */
  readonly needed?: Money
  readonly available?: Money
}

/** What the answer to a submit means. */
export type SubmitReading =
  /** The platform has the job. */
  | {
      readonly kind: 'accepted'
      readonly remoteId: string
      readonly word: string
      /** What it now says the job will cost, where it does. */
      readonly estimate: Money | null
    }
  /** It says that it has not taken it: nothing is charged. */
  | { readonly kind: 'rejected'; readonly problem: Problem }
  /** It may have taken it: 5xx, a 2xx without a readable id, a conflict over the idempotency key. */
  | { readonly kind: 'unclear'; readonly why: string }

/** Where a job stands at the platform. */
export type PollReading =
  /** `progress` from 0 to 1, as the platform says it: it may go backwards. */
  | { readonly kind: 'running'; readonly word: string; readonly progress: number | null }
  /** `url` null: finished without a usable link. `expired`: the platform says that it has thrown the clip away. */
  | {
      readonly kind: 'completed'
      readonly word: string
      readonly url: string | null
      readonly expired: boolean
      readonly charged: Money | null
    }
  | {
      readonly kind: 'failed'
      readonly word: string
      readonly message: string
      /** The content filter said no. */
      readonly blocked: boolean
      readonly billed: 'yes' | 'no' | 'unknown'
    }
  /** `charged`: what of it is billed, where that is told. */
  | {
      readonly kind: 'cancelled'
      readonly word: string
      readonly billed: 'yes' | 'no' | 'unknown'
      readonly charged?: Money | null
    }
  /** 404: gone, another key's, or not visible yet. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** One job of the platform's own list; it may be anybody's who shares the key. */
export interface ListedJob {
  readonly remoteId: string
  /** Milliseconds since 1970, by the platform; null when it is not said. */
  readonly createdAt: number | null
  readonly reading: PollReading
  /** What the platform shows of the submit's body; undefined when it shows nothing. */
  readonly input: unknown
  /** What it shows of the prompt; empty when nothing. */
  readonly prompt: string
}

export type ListReading =
  /** `isEnd`: there is no more; without a `next` and with more, the rest cannot be had. */
  | {
      readonly kind: 'page'
      readonly jobs: readonly ListedJob[]
      readonly next: string | null
      readonly isEnd: boolean
    }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** A job that the platform found by our own id. */
export type FindReading =
  | {
      readonly kind: 'found'
      readonly remoteId: string
      readonly word: string
      readonly reading: PollReading
    }
  /** It knows no such job, now. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** A file, ready to be handed over: a still, a JPEG copy of one, or a source clip. */
export interface MediaFile {
  /** The still's SHA-256, or the clip's id. */
  readonly id: string
  readonly type: StillType | 'mp4' | 'webm' | 'mov'
  readonly bytes: number
  readonly path: string
}

/** A file at the platform. */
export interface HandedOver {
  readonly url: string
  /** Milliseconds since 1970 on this computer's clock; null when the platform names no end. */
  readonly expiresAt: number | null
}

/** URLs of what was handed over, by slot, and of the source clip. */
export type MediaUrls = Readonly<Partial<Record<LinkName, string>>>

/** What a provider is asked, and what is known of its limits. */
export interface Cadence {
  /** Wait before the next question about a job of that age, milliseconds. */
  readonly intervalMs: (ageMs: number, recipe: Recipe) => number
  /** Most requests a minute, all kinds together. */
  readonly requestsPerMinute: number
}

/** Where a platform is and how it is spoken to, when not as by default. Read at each request. */
export interface PlatformSettings {
  readonly origin: string | null
  readonly dialect: string | null
}

/** What the adapters are made with. */
export interface PlatformDeps {
  readonly settings?: () => PlatformSettings
  /** Milliseconds: ages price lists. */
  readonly now?: () => number
}

/** A platform's own list of the account's jobs, newest first. */
export interface JobListing {
  /** At most `limit` jobs; `cursor` is the `next` of the page before, null at first. */
  readonly request: (cursor: string | null, limit: number) => ApiRequest
  readonly read: (answer: ApiAnswer) => ListReading
  /** Most jobs on one page. */
  readonly page: number
}

/**
 * A platform over the network. Everything that maps (recipe → body, answer → meaning) is pure and sends nothing; what
 * needs several requests gets the `send` that adds the key.
 */
export interface RemoteProvider extends Provider {
  readonly id: RemoteProviderId
  /** Where it is by default, `https://api.krea.ai`. */
  readonly defaultOrigin: string
  /** Where it is now. */
  readonly origin: string
  /** The dialect spoken now; null where there is only one. */
  readonly dialect: string | null
  /** How the key goes into a header. */
  readonly auth: { readonly header: string; readonly prefix: string }
  readonly cadence: Cadence

  /**
   * The price of a recipe. `send` has the key where there is one; Apiframe's list needs none. `maxAgeMs`: a remembered
   * price that is older counts only when the platform tells none.
   * @throws AppError or Unreachable when there is none only because the platform did not tell it.
   */
  readonly quote: (recipe: Recipe, send: Send, maxAgeMs?: number) => Promise<Quote>
  /**
   * Gives a file to the platform by its own way (`upload` or `inline`); null where it has none.
   * @throws AppError when the platform refuses it, Unreachable when it does not answer.
   */
  readonly handOver:
    | ((
        file: MediaFile,
        doors: { readonly send: Send; readonly elsewhere: Elsewhere },
        now: () => number,
      ) => Promise<HandedOver>)
    | null
  /** The submit's body as JSON text, with every value that the user chose. `intent` as for the request. */
  readonly body: (recipe: Recipe, urls: MediaUrls, intent: string) => string
  /** `intent` goes along where the platform has idempotency. The way depends on the body alone, not on settings. */
  readonly submitRequest: (body: string, intent: string) => ApiRequest
  readonly readSubmit: (answer: ApiAnswer) => SubmitReading
  readonly pollRequest: (remoteId: string) => ApiRequest
  /** `remoteId` is that of the question. */
  readonly readPoll: (answer: ApiAnswer, remoteId?: string) => PollReading
  /** Null where the platform has no list. */
  readonly list: JobListing | null
  /** Asks for a job by our own id; null where the platform cannot, `request` gives null for bodies without one. */
  readonly find: {
    readonly request: (body: string, intent: string) => ApiRequest | null
    readonly read: (answer: ApiAnswer) => FindReading
  } | null
  /** Whether a listed job is the one of this body: `certain` only when its input proves it. */
  readonly matches: (body: string, job: ListedJob) => 'certain' | 'possible' | 'no'
  /** Repeating a submit with the same intent and bytes is harmless for so long, milliseconds; null when it never is. */
  readonly idempotentMs: (body: string) => number | null
  /** Null where a job cannot be called off. */
  readonly cancelRequest: ((remoteId: string) => ApiRequest) | null
  /** The cheapest request that proves a key, with the balance where the platform tells it. */
  readonly testKey: (send: Send) => Promise<KeyTest>
}

export type KeyTest =
  | { readonly kind: 'ok'; readonly balance: Money | null }
  | { readonly kind: 'problem'; readonly problem: Problem }
