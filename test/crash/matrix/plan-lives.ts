import type { Kill } from './order'
import type { Random } from './random'

/** What becomes of engine.db between two lives. */
export type Between = 'keep-copy' | 'put-copy-back' | 'damage' | 'remove'

export interface PlannedLife {
  readonly kill: Kill | null
  /** Killed so many real ms after its start. */
  readonly killAfterMs: number | null
  /** After it, however it ended. */
  readonly afterwards: readonly Between[]
}

/** Arrows of a job's life, and the small steps of saving: a kill right before each. */
const arrows = [
  'state waiting',
  'state handing-over',
  'state submitting',
  'log intent',
  'logged intent',
  'submit',
  'submit answered',
  'log accepted',
  'logged accepted',
  'state running',
  'ask',
  'ask answered',
  'state downloading',
  'download',
  'downloaded',
  'state unknown',
  'state undelivered',
  'log closed',
  'logged closed',
  'state done',
  'upload',
  'upload answered',
  'put',
  'put answered',
  'delete',
  'delete answered',
  'database begin',
  'database commit',
  'database committed',
  'statement run',
  'file link',
  'file unlink',
  'file rename',
  'file mkdir',
  'file writeSync',
  'file fsyncSync',
  'handle write',
  'handle sync',
  'handle close',
] as const

/** One to three lives that are killed; in some runs engine.db is older, damaged or gone between two of them. */
export function planLives(random: Random): readonly PlannedLife[] {
  const count = random.pick([1, 1, 2, 2, 3])
  const lives = Array.from({ length: count }, () => planLife(random))
  const at = random.next()
  const [first, ...others] = lives
  if (!first || at >= 0.22) return lives
  const last: PlannedLife = { kill: planKill(random), killAfterMs: null, afterwards: ['put-copy-back'] }
  if (at < 0.14) return [{ ...first, afterwards: ['keep-copy'] }, ...others, last]
  return [...others, { ...first, afterwards: [at < 0.18 ? 'damage' : 'remove'] }]
}

/** Whether engine.db may come to know less than it knew. */
export function losesData(lives: readonly PlannedLife[]): boolean {
  return lives.some(({ afterwards }) => afterwards.some((what) => what !== 'keep-copy'))
}

function planLife(random: Random): PlannedLife {
  if (random.chance(0.2)) return { kill: null, killAfterMs: 150 + random.below(450), afterwards: [] }
  return { kill: planKill(random), killAfterMs: null, afterwards: [] }
}

function planKill(random: Random): Kill {
  if (random.chance(0.35)) return { before: '', nth: 1 + Math.floor(10 ** (random.next() * 3)) }
  return { before: random.pick(arrows), nth: random.pick([1, 1, 1, 2, 2, 3, 5, 8]) }
}
