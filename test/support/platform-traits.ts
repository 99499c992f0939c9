import type { RemoteProviderId } from '../../shared/provider'
import { credits, type Money } from '../../shared/money'
import { failure, json, type Answer } from '../platforms/answer'
import { apiframeStatuses } from '../platforms/apiframe/apiframe-schema'
import { createInferenceshAnswers } from '../platforms/inferencesh/inferencesh-answer'
import { inferenceshShares } from '../platforms/inferencesh/inferencesh-view'
import { kreaStatuses } from '../platforms/krea/krea-schema'
import { uniallError } from '../platforms/uniall/uniall-error'
import type { PlatformBench } from './platform-bench'

/** What a check of all platforms must know of one. */
export interface Traits {
  /** An error in the platform's own form, with Retry-After in seconds where given. */
  readonly error: (status: number, message: string, retryAfterS?: number) => Answer
  /** Its words on the way to an end, in their order. */
  readonly words: readonly string[]
  /** What it tells of the charge of a finished job, which is in the server's own unit. */
  readonly charged: (charge: number) => Money | null
  /** What is known of the bill of a failed job. */
  readonly failureBilled: 'no' | 'unknown'
  /** The server's route that proves a key. */
  readonly keyRoute: string
  /** How a result link dies. */
  readonly deadLink: 403 | 404
  /** A 404 on a submit that is about no model. */
  readonly submitGone: 'not-found' | 'wrong-dialect'
}

const nothing = () => null
const { problem } = createInferenceshAnswers('data')

const traits: Readonly<Record<RemoteProviderId, Traits>> = {
  krea: {
    error: failure,
    words: kreaStatuses.slice(0, 6),
    charged: nothing,
    failureBilled: 'no',
    keyRoute: 'list',
    deadLink: 404,
    submitGone: 'not-found',
  },
  apiframe: {
    error: failure,
    words: apiframeStatuses.slice(0, 2),
    charged: (charge) => credits(charge),
    failureBilled: 'no',
    keyRoute: 'account',
    deadLink: 404,
    submitGone: 'not-found',
  },
  uniall: {
    error: (status, message, retryAfterS) =>
      uniallError(status, message, retryAfterS === undefined ? {} : { retryAfterS }),
    words: ['queued', 'in_progress'],
    charged: nothing,
    failureBilled: 'unknown',
    keyRoute: 'models',
    deadLink: 404,
    submitGone: 'wrong-dialect',
  },
  bytespike: {
    // Not with the server's own codes: checks of all platforms give words that fit no code.
    error: (status, message, retryAfterS) =>
      json(status, { error: { message, type: 'error', code: 'x' } }, retryAfter(retryAfterS)),
    words: ['queued', 'running'],
    charged: (charge) => ({ unit: 'usd', micros: charge }),
    failureBilled: 'no',
    keyRoute: 'account',
    deadLink: 403,
    submitGone: 'not-found',
  },
  inferencesh: {
    error: (status, message, retryAfterS) => ({
      ...problem(status, message),
      headers: retryAfter(retryAfterS),
    }),
    words: inferenceshShares.map(({ status }) => status),
    charged: nothing,
    failureBilled: 'unknown',
    keyRoute: 'usage',
    deadLink: 404,
    submitGone: 'wrong-dialect',
  },
}

/** The traits of the platform, in the dialect that is spoken. */
export function traitsOf({ provider }: Pick<PlatformBench, 'provider'>): Traits {
  const own = traits[provider.id]
  // The utility reference has another first word (reference/providers.md §4.0).
  return provider.dialect === 'B' ? { ...own, words: ['pending', 'running'] } : own
}

function retryAfter(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}
