import { setTimeout as sleep } from 'node:timers/promises'
import { failure, htmlPage, json } from '../../platforms/answer'
import type { BodyFault } from '../../platforms/body-fault'
import type { Fault } from '../../platforms/faults'
import { denied, unavailable, type S3Fault } from '../../platforms/s3/s3-faults'
import type { PlannedBodyFault, PlannedBucketFault, PlannedFault } from './plan-faults'

type Kill = () => Promise<void>

/** A planned fault as the platforms take it; `kill` ends the program's present life. */
export function faultOf(what: PlannedFault['what'], kill: Kill): Fault {
  switch (what.kind) {
    case 'kill':
      return Object.assign(lazily(kill), { kind: 'hold', acted: what.acted } as const)
    case 'hold':
      return Object.assign(
        lazily(() => sleep(what.ms)),
        { kind: 'hold', acted: what.acted } as const,
      )
    case 'error':
      return {
        kind: 'answer',
        acted: what.acted,
        answer: failure(what.status, 'not now', what.status === 429 ? 10 : undefined),
      }
    case 'html':
      return { kind: 'answer', acted: what.acted, answer: htmlPage(what.status) }
    case 'no-id':
      return { kind: 'answer', acted: true, answer: json(200, { status: 'queued' }) }
    case 'cut':
    case 'stale-socket':
    case 'refused-stream':
    case 'cut-in-answer':
      return what
  }
}

/** The same of a download. */
export function bodyFaultOf(what: PlannedBodyFault['what'], kill: Kill): BodyFault {
  switch (what.kind) {
    case 'kill':
      return Object.assign(lazily(kill), { kind: 'stall', afterBytes: what.afterBytes } as const)
    case 'content-type':
      return { kind: 'content-type', contentType: 'text/html' }
    case 'shifted-range':
      return { kind: 'shifted-range', byBytes: 7 }
    case 'error':
      return { kind: 'answer', answer: htmlPage(what.status) }
    case 'cut':
    case 'truncated':
    case 'no-range':
      return what
  }
}

/** The same of the bucket. */
export function bucketFaultOf(what: PlannedBucketFault['what'], kill: Kill): S3Fault {
  switch (what.kind) {
    case 'kill':
      return Object.assign(lazily(kill), { kind: 'slow' } as const)
    case 'cut':
      return what
    case 'unavailable':
      return unavailable
    case 'denied':
      return denied
  }
}

/** Gives its promise when it is first asked for, and begins only then: the servers ask when the fault strikes. */
function lazily(work: () => Promise<void>): { readonly until: Promise<void> } {
  let begun: Promise<void> | undefined
  return {
    get until() {
      begun ??= work()
      return begun
    },
  }
}
