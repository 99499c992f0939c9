import type { Answer } from '../answer'
import { s3Error, type S3Refusal } from './s3-answer'

/** One thing that goes wrong with one request. */
export type S3Fault =
  /** The answer is another one, and nothing is done. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The connection breaks unanswered, after (`acted`) or before the request is carried out. */
  | { readonly kind: 'cut'; readonly acted: boolean }
  /** Carried out, and answered when the promise settles. */
  | { readonly kind: 'slow'; readonly until: Promise<void> }

export interface S3Faults {
  /** Arms a fault for the next requests, or those with the method; `times` may be Infinity. */
  readonly add: (fault: S3Fault, match?: { readonly method?: string; readonly times?: number }) => void
  readonly take: (method: string) => S3Fault | undefined
  /** Disarms all. */
  readonly clear: () => void
}

/** An empty list of faults; they befall requests in the order in which they were added. */
export function createS3Faults(): S3Faults {
  const armed: { fault: S3Fault; method: string | undefined; left: number }[] = []
  return {
    add: (fault, { method, times = 1 } = {}) => void armed.push({ fault, method, left: times }),
    take(method) {
      const index = armed.findIndex((item) => item.method === undefined || item.method === method)
      const found = armed[index]
      if (!found) return undefined
      found.left -= 1
      if (found.left <= 0) armed.splice(index, 1)
      return found.fault
    },
    clear: () => void armed.splice(0),
  }
}

/** The keys are good and may not do this. */
export const denied: S3Fault = refusing({ code: 'AccessDenied', message: 'Access Denied' })

/** 503, as S3 asks for patience. */
export const unavailable: S3Fault = refusing({
  code: 'SlowDown',
  message: 'Please reduce your request rate.',
})

/** S3's error where something else was asked for. */
export function refusing(refusal: S3Refusal): S3Fault {
  return { kind: 'answer', answer: s3Error(refusal) }
}
