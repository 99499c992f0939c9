import type { Answer } from './answer'

/**
 * One thing that goes wrong with one request. `acted` says whether the platform did what was asked first (and billed
 * it): both are possible in the wild and look the same from outside.
 */
export type Fault =
  /** The connection breaks without an answer. */
  | { readonly kind: 'cut'; readonly acted: boolean }
  /** The connection breaks in the middle of the true answer's body. */
  | { readonly kind: 'cut-in-answer' }
  /** A kept-alive connection is closed when a client uses it again; a first request never meets it. */
  | { readonly kind: 'stale-socket'; readonly acted: boolean }
  /** HTTP/2 only: RST_STREAM with REFUSED_STREAM, which many clients answer by sending a POST again. */
  | { readonly kind: 'refused-stream'; readonly acted: boolean }
  /** HTTP/2 only: GOAWAY that claims the stream was never looked at. */
  | { readonly kind: 'goaway'; readonly acted: boolean }
  /** Another answer than the true one. */
  | { readonly kind: 'answer'; readonly acted: boolean; readonly answer: Answer }
  /** The true answer, but only after the promise; `acted` while the client waits, or just before the answer. */
  | { readonly kind: 'hold'; readonly acted: boolean; readonly until: Promise<void> }

export interface FaultMatch {
  /** Only requests to this route. */
  readonly route?: string
  /** Only requests whose intent contains this: of a submit its own, of a job's route that of the job. */
  readonly intent?: string
  /** How many requests it befalls. Default 1. */
  readonly times?: number
}

/** What a fault is matched against. */
export interface FaultTarget {
  readonly route: string
  readonly intent: string
  readonly http: 1 | 2
  readonly socketUse: number
}

export interface Faults {
  readonly add: (fault: Fault, match?: FaultMatch) => void
  /** The oldest fault that fits the request, used up once; undefined when all is well. */
  readonly take: (target: FaultTarget) => Fault | undefined
  /** Faults still armed. */
  readonly left: () => number
  readonly clear: () => void
}

/** An empty list of faults; they befall requests in the order in which they were added. */
export function createFaults(): Faults {
  const armed: { fault: Fault; match: FaultMatch; left: number }[] = []
  const take: Faults['take'] = (target) => {
    const index = armed.findIndex(({ fault, match }) => fits(match, target) && possible(fault, target))
    const found = armed[index]
    if (!found) return undefined
    found.left -= 1
    if (found.left <= 0) armed.splice(index, 1)
    return found.fault
  }
  return {
    add: (fault, match = {}) => void armed.push({ fault, match, left: match.times ?? 1 }),
    take,
    left: () => armed.length,
    clear: () => void armed.splice(0),
  }
}

function fits(match: FaultMatch, target: FaultTarget): boolean {
  if (match.route !== undefined && match.route !== target.route) return false
  return match.intent === undefined || target.intent.includes(match.intent)
}

function possible(fault: Fault, target: FaultTarget): boolean {
  switch (fault.kind) {
    case 'refused-stream':
    case 'goaway':
      return target.http === 2
    case 'stale-socket':
      return target.http === 1 && target.socketUse > 1
    case 'cut':
    case 'cut-in-answer':
    case 'answer':
    case 'hold':
      return true
  }
}
