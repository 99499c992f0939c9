import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { Send } from '../../../../electron/providers/provider'
import { AppError } from '../../../../shared/error'
import { engineScene, type EngineScene, type Session } from '../../../support/engine-scene'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform, type SubmitFate } from '../../../support/engine-platform'

const hours12 = 12 * 3_600_000

test('row, bytes, key and money are on disk, then the line of the log, then the request', async () => {
  const scene = await engineScene()
  const order: string[] = []
  const onDisk = () => {
    const db = new DatabaseSync(scene.dbPath(), { readOnly: true })
    const row = db.prepare('select state, attempts, intent, remote_id from jobs').get()
    const money = db.prepare('select state, usd_micros from ledger').get()
    db.close()
    const intent = row?.['intent'] ? JSON.parse(String(row['intent'])) : null
    return { row, money, intent }
  }
  scene.world.onAppend = (line) => {
    order.push(line.kind)
    if (line.kind === 'intent') {
      const { row, money, intent } = onDisk()
      expect(row).toMatchObject({ state: 'submitting', attempts: 1 })
      expect(money).toEqual({ state: 'reserved', usd_micros: 1_000_000 })
      expect(intent).toMatchObject({ id: line.intent, keyPrint: 'k1', body: '{"prompt":"fox"}' })
    }
    // The remote id is in the log before anything else is done with it.
    if (line.kind === 'accepted') expect(onDisk().row).toMatchObject({ state: 'submitting', remote_id: null })
  }
  scene.krea.hooks.onSubmit = (intent) => {
    order.push('request')
    expect(readFileSync(scene.logPath(), 'utf8')).toContain(intent)
  }
  const { create, row, engine } = scene.start()
  const { readSubmit } = scene.krea.provider
  Object.assign(scene.krea.provider, {
    readSubmit: (answer: Parameters<typeof readSubmit>[0]) => {
      order.push('read')
      // The raw answer is kept before anybody tries to understand it.
      expect(engine.table.unfinished().map(({ id }) => engine.table.lastAnswer(id))).toEqual([answer.text])
      return readSubmit(answer)
    },
  })
  const id = await create()
  expect(order).toEqual(['intent', 'request', 'read', 'accepted'])
  expect(scene.krea.jobs[0]?.body).toBe(row(id).intent?.body)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
  expect(scene.logged).toEqual([])
})

type Case = readonly [SubmitFate['answer'], string, string, string]

const first: readonly Case[] = [
  ['accepted', 'running', 'reserved', 'ok'],
  ['key-refused', 'waiting', 'released', 'ok'],
  ['out-of-credit', 'waiting', 'released', 'out-of-credit'],
  ['rate-limited', 'waiting', 'released', 'limited'],
  ['blocked', 'refused', 'released', 'ok'],
  ['invalid', 'failed', 'released', 'ok'],
  ['unclear', 'unknown', 'maybe', 'ok'],
  ['cut', 'unknown', 'maybe', 'ok'],
]

test.each(first)(
  'a first submit that is answered %s leaves the job %s',
  async (answer, state, money, health) => {
    const scene = await engineScene()
    scene.krea.fates.push({ takes: answer === 'accepted', answer, retryAfterMs: 60_000 })
    const { create, engine, row } = scene.start()
    const id = await create()
    expect([row(id).state, engine.ledger.of(id).state, engine.health.of('krea').kind]).toEqual([
      state,
      money,
      health,
    ])
    expect(scene.krea.count('POST submit')).toBe(1)
    const isProof = ['key-refused', 'out-of-credit', 'rate-limited', 'blocked', 'invalid'].includes(answer)
    expect(scene.log().intents[0]?.isRejected).toBe(isProof)
    if (answer === 'key-refused') expect(scene.refused).toEqual(new Set(['k1']))
  },
)

test('what never left this computer goes again by itself, with a new intent', async () => {
  const scene = await engineScene()
  scene.krea.fates.push({ takes: false, answer: 'unsent' })
  const { create, row } = scene.start()
  const id = await create()
  expect(row(id)).toMatchObject({ state: 'running', attempts: 2 })
  const [one, two] = scene.log().intents
  expect([one?.isRejected, two?.remoteId]).toEqual([true, 'r1'])
  expect(one?.intent).not.toBe(two?.intent)
  expect(scene.krea.accepted).toHaveLength(1)
})

const repeated: readonly (readonly [SubmitFate['answer'], string])[] = [
  ['accepted', 'running'],
  ['rate-limited', 'unknown'],
  ['key-refused', 'unknown'],
  ['out-of-credit', 'unknown'],
  ['blocked', 'unknown'],
  ['invalid', 'unknown'],
  ['unclear', 'unknown'],
  ['cut', 'unknown'],
  ['unsent', 'unknown'],
]

test.each(repeated)(
  'a repeated submit that is answered %s leaves the job %s: only a yes proves anything',
  async (answer, state) => {
    const clock = createTestClock()
    const krea = createPlatform(clock, { idempotentMs: hours12 })
    const scene = await engineScene({ clock, krea })
    krea.fates.push(
      { takes: false, answer: 'cut' },
      { takes: answer === 'accepted', answer, retryAfterMs: 3_000_000 },
    )
    const { create, row, engine } = scene.start()
    const id = await create()
    expect(row(id).state).toBe('unknown')
    await clock.advance(2000)
    expect(krea.count('POST submit')).toBe(2)
    expect([row(id).state, engine.ledger.of(id).state]).toEqual([
      state,
      state === 'running' ? 'reserved' : 'maybe',
    ])
    const posts = krea.requests.filter((request) => request.startsWith('POST submit'))
    expect(new Set(posts).size).toBe(1)
    expect(scene.log().intents).toMatchObject([{ isRejected: false }])
  },
)

test('a picture that is gone ends the job before anything is sent', async () => {
  const scene = await engineScene()
  const { create, row, engine } = scene.start()
  const id = await create({ slots: { first: 'ab'.repeat(32) } })
  expect(row(id)).toMatchObject({ state: 'failed', error: { code: 'not-found' }, intent: null })
  expect([scene.krea.requests, scene.log().intents, engine.ledger.lines()]).toEqual([[], [], []])
})

test.each([
  ['key-refused', 'key-refused'],
  ['rate-limited', 'rate-limited'],
] as const)('a hand-over that is answered %s goes back to the queue', async (code, wait) => {
  const scene = await engineScene()
  Object.assign(scene.krea.provider, {
    body: () => {
      throw new AppError(code, 'said the upload')
    },
  })
  const { create, commands, clock } = { ...scene.start(), clock: scene.clock }
  await create()
  await clock.advance(10)
  expect(commands.list()[0]).toMatchObject({ state: 'waiting', wait: { kind: wait } })
  expect(scene.krea.accepted).toEqual([])
})

test('when the log cannot be written nothing is sent', async () => {
  const scene = await engineScene()
  scene.world.onAppend = () => {
    throw new AppError('disk-full', 'The disk is full.')
  }
  const { create } = scene.start()
  await create()
  await scene.clock.advance(60_000)
  expect(scene.krea.count('POST submit')).toBe(0)
})

test.each(['intent', 'rejected'] as const)(
  'a disk that is full at the line “%s” keeps the job waiting; it goes when there is room',
  async (kind) => {
    const scene = await engineScene()
    if (kind === 'rejected')
      scene.krea.fates.push({ takes: false, answer: 'rate-limited', retryAfterMs: 1000 })
    scene.world.onAppend = (line) => {
      if (line.kind === kind) throw new AppError('disk-full', 'The disk is full.')
    }
    const { create, state, engine } = scene.start()
    const id = await create()
    await scene.clock.advance(500)
    expect([state(id), engine.ledger.of(id).state]).toEqual(['waiting', 'released'])
    scene.world.onAppend = () => undefined
    await scene.clock.advance(120_000)
    expect([state(id), scene.krea.accepted.length]).toEqual(['running', 1])
  },
)

test('an answer that cannot be kept word for word is no reason to lose the remote id', async () => {
  const scene = await engineScene()
  const { create, db, row } = scene.start()
  db.exec(
    "create trigger full before update of last_answer on jobs begin select raise(abort, 'disk is full'); end",
  )
  const id = await create()
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
  expect(scene.log().intents).toMatchObject([{ remoteId: 'r1' }])
  expect(scene.logged).toEqual(['keeping an answer: disk is full'])
})

test('a remote id that the database cannot take at once is taken when it can', async () => {
  const scene = await engineScene()
  const { create, db, row } = scene.start()
  db.exec(
    "create trigger full before update of remote_id on jobs when new.remote_id is not null begin select raise(abort, 'disk is full'); end",
  )
  const id = await create()
  expect(row(id)).toMatchObject({ state: 'submitting', remoteId: null })
  db.exec('drop trigger full')
  await scene.clock.advance(5000)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
})

test('an accepted job runs also when its remote id could not be written to the log', async () => {
  const scene = await engineScene()
  scene.world.onAppend = (line) => {
    if (line.kind === 'accepted') throw new AppError('disk-full', 'The disk is full.')
  }
  const { create, row } = scene.start()
  const id = await create()
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
})

/** What may come up while pictures are handed over, and where it leaves the job. */
const meanwhile: Readonly<
  Record<string, readonly [(scene: EngineScene, session: Session, id: string) => unknown, string]>
> = {
  'pause of the queue': [(_scene, { engine }) => engine.setPaused(true), 'waiting'],
  'pause of the job': [(_scene, { commands }, id) => commands.setPaused(id, true), 'waiting'],
  cancel: [(_scene, { commands }, id) => commands.cancel(id), 'cancelled'],
  'key taken away': [({ setKey }) => setKey('krea', undefined), 'waiting'],
  'key replaced': [({ setKey }) => setKey('krea', 'k2'), 'running'],
  // The next start takes it back into the queue.
  quit: [(_scene, { engine }) => void engine.drain(), 'handing-over'],
}

test.each(Object.entries(meanwhile))(
  '%s during the hand-over comes before the submit',
  async (_what, [happens, state]) => {
    const scene = await engineScene()
    const gate = Promise.withResolvers<void>()
    Object.assign(scene.krea.provider, { idempotentMs: () => hours12 })
    const session = scene.start()
    const { current } = session.connections
    // The question about the platform's time stands between hand-over and submit.
    Object.assign(session.connections, {
      current(id: 'krea' | 'apiframe') {
        const connection = current(id)
        const send: Send = async (request) => {
          await gate.promise
          return connection ? connection.send(request) : expect.fail('no key')
        }
        return connection && { ...connection, send }
      },
    })
    const id = await session.create()
    expect(session.row(id).state).toBe('handing-over')
    happens(scene, session, id)
    gate.resolve()
    await scene.clock.advance(1000)
    expect(scene.krea.count('POST submit')).toBe(state === 'running' ? 1 : 0)
    expect(session.row(id).state).toBe(state)
    expect(scene.log().intents.map(({ keyPrint }) => keyPrint)).toEqual(state === 'running' ? ['k2'] : [])
  },
)

test.each([
  ['invalid', 'said no'],
  ['key-refused', 'said no'],
  ['unclear', 'error 502'],
] as const)('SECURITY: a key that is quoted in an answer (%s) is kept nowhere', async (answer, said) => {
  const scene = await engineScene()
  scene.world.clean = (text) => text.replaceAll(said, '…')
  scene.krea.fates.push({ takes: false, answer })
  const { create, row, commands } = scene.start()
  const id = await create()
  const kept = JSON.stringify([row(id), commands.list(), commands.timeline(id), scene.told])
  expect(kept).not.toContain(said)
  expect(kept).toContain('…')
})
