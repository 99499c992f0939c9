import { expect, onTestFinished, test } from 'vitest'
import { createDownloader } from '../../../electron/downloads/fetch'
import { engineScene, type Session } from '../../support/engine-scene'
import { apiframeBench, kreaBench, recipeWith, type PlatformBench } from '../../support/platform-bench'
import { until } from '../../support/until'
import { sayYes } from '../../support/say-yes'

const hour = 3_600_000
const benches = { krea: kreaBench, apiframe: apiframeBench } as const
const ids = ['krea', 'apiframe'] as const

/** The whole engine with a real adapter, real HTTP, a contract server and real downloads from its result host. */
async function platform(id: (typeof ids)[number]) {
  const bench: PlatformBench = await benches[id]()
  const { server, provider, line } = bench
  const downloader = createDownloader({ policy: { allowHttpLoopback: true }, freeBytes: async () => 1e12 })
  onTestFinished(() => downloader.close())
  const real = { [id]: { provider, send: line.send, submit: line.submit } }
  const scene = await engineScene({ real, downloader })
  const { clock } = scene
  clock.set(server.clock.now())

  /** Both clocks go on, a step at every look, until the check holds. */
  const pass = (check: () => void, step = 2000) =>
    until(async () => {
      server.clock.advance(step)
      await clock.advance(step)
      check()
    })
  const becomes = (session: Session, job: string, state: string, step?: number) =>
    pass(() => expect(session.state(job)).toBe(state), step)
  async function create(session: Session, intent = 'i') {
    const yes = ['again', 'price-unknown', 'over-cap'] as const
    const made = await session.commands.create(recipeWith(intent), id, yes)
    if (made.kind !== 'created') throw new Error('it asks')
    sayYes(session.commands, made.job.id)
    return made.job.id
  }
  const paid = (intent = 'i') => server.bill.accepted().get(intent) ?? 0
  return { ...scene, server, provider, pass, becomes, create, paid }
}

test.each(ids)(
  '1: %s: from the press to the clip, with one paid submit and no key to the result host',
  async (id) => {
    const { start, create, becomes, server, paid, clips, logged } = await platform(id)
    const session = start()
    const job = await create(session)
    await becomes(session, job, 'done')
    expect(paid()).toBe(1)
    expect(clips.get(job)?.bytes).toBeGreaterThan(1000)
    expect(session.engine.ledger.of(job).state).toBe('charged')
    expect([server.record.violations, logged]).toEqual([[], []])
  },
)

test('8: apiframe: accepted, the answer cut: found by its input or its key, and never paid twice', async () => {
  const { start, create, becomes, server, paid } = await platform('apiframe')
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const session = start()
  const job = await create(session)
  await until(() => expect(session.state(job)).toBe('unknown'))
  await becomes(session, job, 'done')
  expect(paid()).toBe(1)
})

test('8: krea: accepted, the answer cut: its list proves nothing, so it is proposed, and the user attaches it', async () => {
  const { start, create, becomes, pass, server, paid } = await platform('krea')
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const session = start()
  const job = await create(session)
  await until(() => expect(session.state(job)).toBe('unknown'))
  await pass(() => expect(session.row(job).lookUps).toBeGreaterThan(2), 60_000)
  expect(session.state(job)).toBe('unknown')
  const ours = server.jobs.all().find(({ foreign }) => !foreign)?.id ?? ''
  const candidates = await session.commands.candidates(job)
  expect(candidates.map(({ remoteId }) => remoteId)).toContain(ours)
  session.commands.resolve(job, { kind: 'attach', remoteId: ours })
  await becomes(session, job, 'done')
  expect([paid(), server.bill.posts().get('i')]).toEqual([1, 1])
})

test.each(ids)('8: %s: killed while the answer is on its way, and started again', async (id) => {
  const { start, create, server, paid, clock, pass } = await platform(id)
  const answer = Promise.withResolvers<void>()
  server.faults.add({ kind: 'hold', acted: true, until: answer.promise }, { route: 'submit' })
  const first = start()
  const job = await create(first)
  await until(() => expect(paid()).toBe(1))
  first.crash()
  answer.resolve()
  const second = start()
  expect(second.state(job)).toBe('unknown')
  second.engine.setPaused(false)
  await pass(
    () => expect(second.row(job).state === 'unknown' ? second.row(job).lookUps : 9).toBeGreaterThan(1),
    30_000,
  )
  await clock.advance(1000)
  expect(paid()).toBe(1)
  expect(second.state(job) === 'unknown').toBe(id === 'krea')
})

test.each(ids)(
  '14: %s: the link has died meanwhile; a fresh one is asked for and the clip is saved',
  async (id) => {
    const { start, create, becomes, pass, server, world, paid } = await platform(id)
    const session = start()
    const job = await create(session)
    world.freeBytes = 0
    await becomes(session, job, 'downloading')
    for (const made of server.jobs.all()) if (made.fileId !== null) server.host.expireLinks(made.fileId)
    const dead = session.row(job).result?.url
    world.freeBytes = 1e12
    await pass(() => expect(session.state(job)).toBe('done'), 10_000)
    expect(session.row(job).result?.url).not.toBe(dead)
    expect(paid()).toBe(1)
  },
)

test.each(ids)(
  '14: %s: the clip itself was thrown away: paid, told, and never taken for delivered',
  async (id) => {
    const { start, create, becomes, pass, server, world } = await platform(id)
    const session = start()
    const job = await create(session)
    world.freeBytes = 0
    await becomes(session, job, 'downloading')
    for (const made of server.jobs.all()) if (made.fileId !== null) server.host.purge(made.fileId)
    world.freeBytes = 1e12
    await pass(() => expect(['expired', 'undelivered']).toContain(session.state(job)), 30_000)
    expect(session.engine.ledger.of(job).state).toBe('charged')
    expect(session.commands.list()[0]?.error?.message).toBeTruthy()
  },
)

test.each(ids)(
  '16: %s: a queue of hours is waited for, over a restart, with questions ever more rarely',
  async (id) => {
    const { start, create, becomes, server, clock, paid } = await platform(id)
    server.jobs.script('i', { runMs: 7 * hour })
    const first = start()
    const job = await create(first)
    await becomes(first, job, 'running')
    server.clock.advance(6 * hour)
    clock.set(server.clock.now())
    first.stop()
    const second = start()
    expect(second.state(job)).toBe('running')
    await becomes(second, job, 'done', 120_000)
    expect(paid()).toBe(1)
    expect(server.record.violations).toEqual([])
  },
)

test.each(ids)(
  '17: %s: a job that the platform no longer knows is no failure, and is found when it is back',
  async (id) => {
    const { start, create, becomes, server, paid } = await platform(id)
    const first = start()
    const job = await create(first)
    await becomes(first, job, 'running')
    first.stop()
    const [made] = server.jobs.all().filter(({ foreign }) => !foreign)
    if (!made) throw new Error('not made')
    const { plan } = made
    made.plan = { ...plan, lost: true }
    const second = start()
    await becomes(second, job, 'undelivered', 60_000)
    expect(second.row(job).error?.code).toBe('not-found')
    expect(second.engine.ledger.of(job).state).toBe('maybe')
    made.plan = plan
    await becomes(second, job, 'done', 60_000)
    expect([paid(), second.engine.ledger.of(job).state]).toEqual([1, 'charged'])
  },
)
