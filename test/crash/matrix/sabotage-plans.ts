import type { RunPlan } from './plan'
import type { Want } from './order'
import type { Rule } from './rules'

/** Real ms: much more than a run takes on a busy computer. */
const limitMs = 30_000
/** For a broken run that never comes to rest. */
const hopelessMs = 4000

const want: Want = {
  marker: 'w.',
  provider: 'krea',
  stills: 0,
  resolution: '720p',
  decision: 'leave',
  cancelsAt: null,
  pauses: false,
  reruns: false,
  mayStayAway: false,
}

const dialects: RunPlan['dialects'] = { uniall: 'generation_mode', bytespike: 'A', inferencesh: 'apps-run' }

const calm: RunPlan = {
  name: 'calm',
  seed: 1,
  wants: [want],
  dialects,
  wrongDialects: {},
  pollPath: 'videos',
  hasBucket: true,
  scripts: {},
  faults: [],
  bodyFaults: [],
  bucketFaults: [],
  twins: [],
  clipBytes: 80_000,
  linkTtlMs: null,
  resultTtlMs: null,
  lives: [],
  backsUp: false,
  http2: false,
  sabotage: null,
  limitMs,
}

const submit = { platform: 'krea', route: 'submit', marker: want.marker, times: 1 } as const
const uniall: Want = { ...want, provider: 'uniall', resolution: '4k' }
const bytespike: Want = { ...want, provider: 'bytespike' }
const inBucket = { wants: [{ ...uniall, stills: 1 }] } satisfies Partial<RunPlan>
const killedAt = (before: string, nth = 1) => ({ kill: { before, nth }, killAfterMs: null, afterwards: [] })

/** Runs in which breaking the rule shows, and in which nothing is wrong as long as it is kept. */
const plans: Readonly<Record<Rule, Partial<RunPlan>>> = {
  'no-intent-row': { faults: [{ ...submit, what: { kind: 'kill', acted: true } }] },
  'no-submit-log': {
    lives: [
      { ...killedAt('state handing-over'), afterwards: ['keep-copy'] },
      { ...killedAt('state done'), afterwards: ['put-copy-back'] },
    ],
  },
  'resend-on-5xx': { faults: [{ ...submit, what: { kind: 'error', status: 503, acted: true } }] },
  'resend-on-lost-socket': { faults: [{ ...submit, what: { kind: 'cut', acted: true } }] },
  'http2-submits': { http2: true, faults: [{ ...submit, what: { kind: 'refused-stream', acted: true } }] },
  'unknown-as-failed': {
    wants: [{ ...want, reruns: true }],
    faults: [{ ...submit, what: { kind: 'error', status: 502, acted: true } }],
  },
  'new-idempotency-key': {
    wants: [{ ...want, provider: 'apiframe' }],
    faults: [{ ...submit, platform: 'apiframe', what: { kind: 'cut', acted: true } }],
  },
  // With a picture: of a prompt alone even our very input is no proof.
  'attach-by-time': {
    wants: [{ ...want, stills: 1 }],
    faults: [{ ...submit, what: { kind: 'cut', acted: false } }],
  },
  'forget-remote-id': { lives: [killedAt('state running')], limitMs: hopelessMs },
  'recover-submitting-as-waiting': { faults: [{ ...submit, what: { kind: 'kill', acted: true } }] },
  'move-before-sidecar': { lives: [killedAt('file unlink'), killedAt('file unlink', 2)] },
  'write-in-place': {
    lives: [killedAt('handle write', 2), killedAt('handle write', 3), killedAt('handle write', 4)],
  },
  'row-before-file': { lives: [killedAt('file link')] },
  'no-last-packet': {
    bodyFaults: [{ platform: 'krea', times: 1, what: { kind: 'truncated', bytes: 70_000 } }],
  },
  'no-ledger-reserve': {},
  'refund-not-booked': {
    scripts: { [want.marker]: { end: 'failed', failure: { code: 'internal', message: 'the model failed' } } },
  },
  'delete-undelivered': {
    wants: [{ ...want, mayStayAway: true }],
    scripts: { [want.marker]: { withoutUrl: true } },
    lives: [killedAt('state undelivered')],
  },
  'no-bucket-row': { ...inBucket, bucketFaults: [{ method: 'PUT', times: 1, what: { kind: 'kill' } }] },
  'forget-undeleted-object': {
    ...inBucket,
    bucketFaults: [{ method: 'DELETE', times: 1, what: { kind: 'unavailable' } }],
  },
  'leave-lost-objects': {
    ...inBucket,
    lives: [{ ...killedAt('state running'), afterwards: ['remove'] }],
  },
  'repeat-without-idempotency': {
    wants: [bytespike],
    faults: [{ ...submit, platform: 'bytespike', what: { kind: 'cut', acted: true } }],
  },
  // Two of them: the platform knows both.
  'find-another': {
    wants: [bytespike, { ...bytespike, marker: 'v.' }],
    dialects: { ...dialects, bytespike: 'B' },
    faults: [want.marker, 'v.'].map((marker) => ({
      ...submit,
      marker,
      platform: 'bytespike',
      what: { kind: 'cut', acted: true },
    })),
  },
  'other-dialect': {
    wants: [uniall],
    dialects: { ...dialects, uniall: 'docs' },
    wrongDialects: { uniall: 'generation_mode' },
  },
  // Nothing arrived: only that it is no longer asked about is wrong.
  'unknown-expires': {
    wants: [uniall],
    faults: [{ ...submit, platform: 'uniall', what: { kind: 'cut', acted: false } }],
    lives: [killedAt('state unknown')],
  },
}

/** The runs that show the rule's breaking; with `isBroken` false the same runs with the rule kept. */
export function sabotagePlans(rule: Rule, isBroken = true): readonly RunPlan[] {
  const plan = { ...calm, ...plans[rule] }
  return isBroken ? [{ ...plan, name: rule, sabotage: rule }] : [{ ...plan, name: `${rule} kept`, limitMs }]
}
