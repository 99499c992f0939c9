import type { WaitKind } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import type { strings } from '../strings'

/** What the user can do about a job. */
export type JobAction = keyof typeof strings.queue.actions

/** The actions of a card: `buttons` in words, `menu` behind the three dots, `close` the cross in its corner. */
export interface CardActions {
  readonly buttons: readonly JobAction[]
  readonly menu: readonly JobAction[]
  readonly close: JobAction | null
}

const waitButtons: Partial<Readonly<Record<WaitKind, readonly JobAction[]>>> = {
  budget: ['allow', 'remove'],
  price: ['allow', 'remove'],
  dearer: ['allow', 'remove'],
  held: ['send', 'remove'],
  'no-key': ['connect'],
  'key-refused': ['new-key'],
  'out-of-credit': ['billing'],
}

/** What can be done about a job as it stands. */
export function cardActions(job: Job): CardActions {
  switch (job.state) {
    case 'waiting':
      return waitingActions(job)
    case 'handing-over':
      return { buttons: [], menu: [], close: 'cancel' }
    case 'submitting':
    case 'running':
      return { buttons: [], menu: [], close: wishToStop(job) }
    case 'downloading':
      return { buttons: [], menu: [], close: null }
    case 'unknown':
      return { buttons: job.canLookUp ? ['check', 'resolve'] : ['resolve'], menu: [], close: null }
    case 'undelivered':
      return { buttons: ['fetch'], menu: ['give-up'], close: null }
    case 'done':
      return { buttons: ['show'], menu: [], close: null }
    case 'failed':
      return job.error?.code === 'wrong-dialect'
        ? { buttons: ['connection', 'run-again'], menu: ['edit-again', 'other-provider'], close: 'dismiss' }
        : { buttons: ['edit-again', 'run-again'], menu: ['other-provider'], close: 'dismiss' }
    case 'refused':
      return { buttons: ['edit-again', 'other-provider'], menu: ['run-again'], close: 'dismiss' }
    case 'cancelled':
      return { buttons: ['run-again'], menu: ['edit-again'], close: 'dismiss' }
    case 'expired':
      return { buttons: ['run-again'], menu: ['edit-again', 'other-provider'], close: 'dismiss' }
    case 'given-up':
      return { buttons: job.remoteId === null ? [] : ['fetch'], menu: [], close: 'dismiss' }
  }
}

/** Whether a job stands in the order that the user can change. */
export function isInLine({ state, wait }: Pick<Job, 'state' | 'wait'>): boolean {
  return state === 'waiting' && (wait === null || waitButtons[wait.kind] === undefined)
}

function waitingActions({ wait, paused }: Job): CardActions {
  const buttons = (wait && waitButtons[wait.kind]) ?? []
  const menu: readonly JobAction[] = ['edit', paused ? 'unpause' : 'pause']
  if (buttons.includes('remove')) return { buttons, menu: ['edit'], close: null }
  if (buttons.length > 0) return { buttons, menu, close: 'cancel' }
  return { buttons, menu: [...menu, 'earlier', 'later'], close: 'cancel' }
}

function wishToStop({ provider, cancelRequested }: Job): JobAction | null {
  if (cancelRequested) return null
  return providers[provider].canCancel ? 'cancel' : 'stop-watching'
}
