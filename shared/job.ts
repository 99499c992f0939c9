/** The states of a job; design/reliability.md draws the machine. */
export const jobStates = [
  'waiting',
  'handing-over',
  'submitting',
  /** The submit may or may not have been accepted. Only a look-up or the user leads out of it. */
  'unknown',
  'running',
  'downloading',
  /** Finished and charged at the platform, not on disk: it is fetched again, or the user asks for it. */
  'undelivered',
  'done',
  'failed',
  'refused',
  'cancelled',
  /** Finished and charged, but the platform has thrown the clip away. */
  'expired',
  /** The user said that an unknown outcome did not arrive, or need not be known. It stays watched. */
  'given-up',
] as const
export type JobState = (typeof jobStates)[number]

const terminalStates: ReadonlySet<JobState> = new Set([
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'given-up',
])

/** Nothing more happens to a job in one of these states. */
export function isTerminal(state: JobState): boolean {
  return terminalStates.has(state)
}

/** States in which the platform has, or may have, accepted the job and its clip is not here yet. */
export function isPaidInFlight(state: JobState): boolean {
  return state === 'submitting' || state === 'running' || state === 'downloading'
}

/** Why a waiting job waits; the window words it. */
export const waitKinds = [
  'turn',
  'paused',
  'provider-limit',
  'rate-limited',
  'budget',
  'offline',
  'no-key',
  'key-refused',
  'out-of-credit',
  'provider-down',
  /** The user's own bucket does not answer. */
  'bucket',
  'price',
  /** It costs more now than the user agreed to. */
  'dearer',
  'disk',
  'held',
  'library',
] as const
export type WaitKind = (typeof waitKinds)[number]

/** What a waiting job can need the user's yes to. */
export const yesKinds = ['held', 'dearer', 'price', 'budget'] as const satisfies readonly WaitKind[]
export type YesKind = (typeof yesKinds)[number]

/** What this one needs a yes to; null when it waits for something else. */
export function neededYes(job: {
  readonly held: boolean
  readonly wait: { readonly kind: WaitKind } | null
}): YesKind | null {
  if (job.held) return 'held'
  return yesKinds.find((kind) => kind === job.wait?.kind) ?? null
}

/** Where the money of a job stands. */
export const billings = ['none', 'estimated', 'reserved', 'charged', 'released', 'refunded', 'maybe'] as const
export type Billing = (typeof billings)[number]
