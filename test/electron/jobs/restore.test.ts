import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { happenings, type ChaosRun } from '../../support/engine-chaos'
import { createTestClock } from '../../support/engine-clock'
import { createPlatform } from '../../support/engine-platform'
import { engineScene } from '../../support/engine-scene'
import { seed } from '../../support/seed'
import { until } from '../../support/until'
import { sayYes } from '../../support/say-yes'

const steps = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(happenings)), n: fc.nat(999) }), {
  minLength: 15,
  maxLength: 45,
})
type Steps = readonly { readonly what: string; readonly n: number }[]

const hours12 = 12 * 3_600_000

/** Plays the steps; then the user allows everything, and days pass. */
async function play(order: Steps, idempotentMs: number | null): Promise<ChaosRun> {
  const clock = createTestClock()
  const krea = createPlatform(clock, { idempotentMs, intervalMs: 30_000 })
  const scene = await engineScene({ clock, krea })
  const run: ChaosRun = { scene, session: scene.start(), snapshots: [], made: 0 }
  for (const { what, n } of order) await happenings[what]?.(run, n)
  krea.fates.length = 0
  await happenings['crash']?.(run, 0)
  for (const { remoteId } of krea.jobs.slice(0, 2)) krea.finish(remoteId)
  for (let n = 0; n < 3; n += 1) {
    await happenings['show']?.(run, 0)
    await happenings['allow']?.(run, 0)
    await clock.advance(900_000)
    await until(() =>
      expect(run.session.engine.table.unfinished().map(({ state }) => state)).not.toContain('downloading'),
    )
  }
  return run
}

function judge({ scene, session }: ChaosRun): void {
  for (const [job, taken] of scene.krea.takenByJob()) {
    expect([job, taken.length]).toEqual([job, 1])
    // Nothing that was paid for is forgotten or believed unsent.
    expect(['running', 'downloading', 'done', 'failed', 'unknown', 'given-up', 'undelivered']).toContain(
      session.state(job),
    )
    expect(['charged', 'reserved', 'maybe', 'refunded']).toContain(session.engine.ledger.of(job).state)
  }
  session.crash()
}

test.each([null, hours12])(
  'whatever happens, and whichever older engine.db comes back, no job is submitted twice (idempotent for %s ms)',
  async (idempotentMs) => {
    await fc.assert(
      fc.asyncProperty(steps, async (order) => judge(await play(order, idempotentMs))),
      { seed, numRuns: 25, interruptAfterTimeLimit: 5000 },
    )
  },
  60_000,
)

test('the runs submit, lose answers, restore and end', async () => {
  const seen = new Set<string>()
  for (const order of fc.sample(steps, { seed: seed + 1, numRuns: 8 })) {
    const { scene, session } = await play(order, null)
    for (const job of scene.told) seen.add(job.state)
    session.crash()
  }
  for (const state of ['waiting', 'running', 'unknown', 'done']) expect(seen).toContain(state)
})

test.each([true, false])(
  'a file from the moment of a first submit that was refused knows nothing of the second, and repeats neither (told: %s)',
  async (isRestored) => {
    const clock = createTestClock()
    const krea = createPlatform(clock, { idempotentMs: hours12 })
    const scene = await engineScene({ clock, krea })
    const first = scene.start()
    let older = ''
    krea.hooks.onSubmit = () => {
      older = scene.snapshot(first.db, 'older')
      krea.hooks.onSubmit = () => undefined
    }
    krea.fates.push(
      { takes: false, answer: 'rate-limited', retryAfterMs: 2000 },
      { takes: true, answer: 'cut' },
    )
    const id = await first.create()
    await clock.advance(2100)
    expect([first.state(id), krea.accepted.length]).toEqual(['unknown', 1])
    for (const job of krea.jobs) job.hidden = true
    first.crash()
    scene.restore(older)
    const second = scene.start({ isRestored })
    sayYes(second.commands, id)
    second.engine.setPaused(false)
    await clock.advance(1_800_000)
    expect(krea.accepted).toHaveLength(1)
    // The second one's bytes are not in the log: nothing proves which listed job it is, so the user is asked.
    expect(second.state(id)).toBe('unknown')
  },
)
