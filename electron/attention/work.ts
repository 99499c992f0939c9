import type { WaitKind } from '../../shared/job'
import { isPaidInFlight } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { isRemote } from '../../shared/provider'

/** What there is to do, in numbers of jobs. */
export interface Work {
  /** Being sent, made or downloaded, paid or free. */
  readonly atWork: number
  /** Of these, what a platform has or may have accepted. */
  readonly paid: number
  /** Go by themselves when their turn comes. What waits for the user's word is not counted. */
  readonly waiting: number
}

/** Counts what goes on without the user. */
export function countWork(jobs: Iterable<Pick<Job, 'state' | 'provider' | 'wait'>>): Work {
  let atWork = 0
  let paid = 0
  let waiting = 0
  for (const { state, provider, wait } of jobs) {
    if (state === 'handing-over' || isPaidInFlight(state)) atWork += 1
    if (isRemote(provider) && isPaidInFlight(state)) paid += 1
    if (state === 'waiting' && goesByItself(wait?.kind ?? 'turn')) waiting += 1
  }
  return { atWork, paid, waiting }
}

function goesByItself(kind: WaitKind): boolean {
  switch (kind) {
    case 'turn':
    case 'provider-limit':
    case 'rate-limited':
    case 'offline':
    case 'provider-down':
    case 'bucket':
      return true
    case 'paused':
    case 'budget':
    case 'no-key':
    case 'key-refused':
    case 'out-of-credit':
    case 'price':
    case 'dearer':
    case 'disk':
    case 'held':
    case 'library':
      return false
  }
}
