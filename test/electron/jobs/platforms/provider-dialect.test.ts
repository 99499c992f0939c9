import { expect, onTestFinished, test } from 'vitest'
import {
  bytespikePracticeKey,
  createBytespikeServer,
  type BytespikeOptions,
} from '../../../platforms/bytespike/bytespike'
import { createUniallServer, uniallPracticeKey } from '../../../platforms/uniall/uniall'
import { addressScene } from '../../../support/address-scene'

type Dialect = 'A' | 'B'

/** ByteSpike as it speaks, and the dialect that is set at first. */
async function scene(options: BytespikeOptions, set: Dialect) {
  const server = await createBytespikeServer({ runMs: () => 60_000, ...options })
  onTestFinished(() => server.close())
  const parts = await addressScene(
    [server],
    new Map([['bytespike', { origin: server.origin, dialect: set }]]),
  )
  parts.desk.saveKey('bytespike', bytespikePracticeKey, true)
  const submits = () => server.record.requests.filter(({ url }) => url === '/v1/tasks/submit').length
  const make = (intent: string) => parts.make(intent, 'bytespike', { durationS: 5 })
  return { ...parts, server, submits, make }
}

test.each([
  ['A', 'B'],
  ['B', 'A'],
] as const)(
  'changed from %s to %s while a job runs: it is not sent again, and its clip comes',
  async (from, to) => {
    const { make, desk, pass, state, submits, server } = await scene({ dialect: from }, from)
    const id = await make('run')
    await pass(() => expect(state(id)).toBe('running'))
    expect(desk.setDialect('bytespike', to).dialect).toBe(to)
    await pass(() => expect(state(id)).toBe('done'), 5000)
    expect([submits(), server.bill.accepted().get('run')]).toEqual([1, 1])
  },
)

test('changed while a job waits: it goes once, in the dialect of then', async () => {
  const { make, desk, engine, pass, state, row, submits, server } = await scene({ dialect: 'B' }, 'A')
  engine.setPaused(true)
  const id = await make('wait')
  desk.setDialect('bytespike', 'B')
  engine.setPaused(false)
  await pass(() => expect(state(id)).toBe('running'))
  expect(JSON.parse(row(id).intent?.body ?? '{}')).toMatchObject({ params: { duration_seconds: 5 } })
  expect([submits(), server.bill.accepted().get('wait')]).toEqual([1, 1])
})

test('changed from B to A while a job is in doubt: it is found by the id that went along, and not sent again', async () => {
  const { make, desk, pass, state, submits, server } = await scene({ dialect: 'B' }, 'B')
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const id = await make('doubt')
  await pass(() => expect(state(id)).toBe('unknown'), 10)
  desk.setDialect('bytespike', 'A')
  await pass(() => expect(state(id)).toBe('done'), 5000)
  expect([submits(), server.bill.accepted().get('doubt')]).toEqual([1, 1])
})

test('changed from A to B while a job is in doubt: nothing proves it, so that nothing is sent again', async () => {
  const { make, desk, pass, clock, state, submits, server, engine } = await scene({ dialect: 'A' }, 'A')
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const id = await make('doubt')
  await pass(() => expect(state(id)).toBe('unknown'), 10)
  desk.setDialect('bytespike', 'B')
  await clock.advance(24 * 3_600_000)
  expect([state(id), submits(), engine.ledger.of(id).state]).toEqual(['unknown', 1, 'maybe'])
})

test('the wrong dialect is refused, costs nothing, and the words say what to change', async () => {
  const { make, pass, state, row, submits, server, engine } = await scene({ dialect: 'B' }, 'A')
  const id = await make('wrong')
  await pass(() => expect(state(id)).toBe('failed'))
  expect(row(id).error?.message).toMatch(/dialect/)
  expect([submits(), server.bill.accepted().size, engine.ledger.of(id).state]).toEqual([1, 0, 'released'])
})

test.each([{ seed: 42 }, { negativePrompt: 'fog' }])(
  'changed while a job waits, to one that cannot say what was chosen (%j): nothing is sent or paid without it',
  async (chosen) => {
    const server = await createUniallServer()
    onTestFinished(() => server.close())
    const set = new Map([['uniall' as const, { origin: server.origin, dialect: 'docs' }]])
    const { desk, engine, make, pass, state, row } = await addressScene([server], set)
    desk.saveKey('uniall', uniallPracticeKey, true)
    engine.setPaused(true)
    const id = await make('seed', 'uniall', chosen)
    desk.setDialect('uniall', 'generation_mode')
    engine.setPaused(false)
    await pass(() => expect(state(id)).toBe('failed'))
    expect(row(id).error?.message).toMatch(/^UniAll (takes no seed|has no negative prompt)/)
    expect([server.bill.accepted().size, row(id).intent]).toEqual([0, null])
  },
)
