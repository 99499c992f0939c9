import type { Intent } from '../../electron/jobs/job-row'
import type { JobEvent } from '../../electron/jobs/machine'
import { usd } from '../../shared/money'
import { idOf, sampleClip } from './samples'

export const error = { code: 'provider-failed', message: 'Broken.' } as const

export const intent: Intent = { id: `${idOf(7)}-1`, body: '{"a":1}', keyPrint: 'k1', at: 11, platformAt: 12 }
export const otherIntent: Intent = { ...intent, id: `${idOf(7)}-2` }

const clip = sampleClip({ id: idOf(7) })

/** One of every kind of event; a new kind does not compile without being here. */
export const events = {
  started: { kind: 'started' },
  stopped: { kind: 'stopped' },
  interrupted: { kind: 'interrupted' },
  lost: { kind: 'lost' },
  quoted: {
    kind: 'quoted',
    quote: { certainty: 'listed', amount: usd(3) },
    quoted: { at: 5, origin: 'https://platform.example', dialect: 'B' },
  },
  agreed: { kind: 'agreed', agreed: { amount: usd(3), usdMicros: 3e6 } },
  'handing-over': { kind: 'handing-over' },
  'handed-back': { kind: 'handed-back' },
  submitting: { kind: 'submitting', intent },
  'not-accepted': { kind: 'not-accepted' },
  accepted: { kind: 'accepted', remoteId: 'r1', word: 'queued' },
  unclear: { kind: 'unclear', error },
  rejected: { kind: 'rejected', error },
  polled: { kind: 'polled', word: 'sampling' },
  completed: { kind: 'completed', url: 'https://host.example/fresh', charged: null },
  undelivered: { kind: 'undelivered', error, charged: null },
  expired: { kind: 'expired', error, charged: null },
  ended: { kind: 'ended', state: 'failed', error, billed: 'no' },
  result: {
    kind: 'result',
    result: { url: 'u', at: 1, resume: null, fetched: null, tries: 0, doubtful: null },
  },
  made: { kind: 'made', clip },
  planned: { kind: 'planned', clip: { ...clip, file: 'clips/2026/11/other.mp4' } },
  saved: { kind: 'saved' },
  failed: { kind: 'failed', error },
  looked: { kind: 'looked' },
  'gave-up': { kind: 'gave-up', replacedBy: idOf(8) },
  cancelled: { kind: 'cancelled' },
  flag: { kind: 'flag', flag: 'paused', on: true },
  moved: { kind: 'moved', position: 3 },
} as const satisfies { readonly [K in JobEvent['kind']]: Extract<JobEvent, { kind: K }> }

export type Kind = keyof typeof events

/** Every kind of event. */
export const eventKinds = Object.keys(events) as readonly Kind[]
