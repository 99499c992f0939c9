import { expect, onTestFinished, test } from 'vitest'
import { createKreaServer, kreaPracticeKey } from '../../../platforms/krea/krea'
import { addressScene } from '../../../support/address-scene'
import { codeOf, failureOf } from '../../../support/failure'

const good = kreaPracticeKey
const next = 'krea-of-next-month-9876543210'
const wrong = 'krea-mistyped-0123456789abcdef'

/** Krea takes two keys of one account; the first is stored and tested. */
async function scene() {
  const keys = [good, next].map((key) => ({ key, account: 'a' }))
  const server = await createKreaServer({ keys, runMs: () => 60_000 })
  onTestFinished(() => server.close())
  const parts = await addressScene([server], new Map([['krea', { origin: server.origin, dialect: null }]]))
  const { desk, connections, vault } = parts
  desk.saveKey('krea', good, false)
  await desk.testKey('krea')
  const print = () => connections.current('krea')?.print
  const state = () => vault.state('krea', server.origin)
  return { ...parts, server, print, key: state, first: print() }
}

test.each([false, true])(
  'a new key that is refused gives way to the one before (session: %s)',
  async (forSession) => {
    const { desk, print, first, make, pass, state, row, key } = await scene()
    desk.saveKey('krea', wrong, forSession)
    expect(print()).not.toBe(first)
    expect(await failureOf(() => desk.testKey('krea'))).toMatchObject({
      code: 'bad-request',
      message: 'This key was refused; the one before is still used.',
    })
    expect([print(), key()]).toEqual([
      first,
      expect.objectContaining({ last4: good.slice(-4), refused: false }),
    ])
    const id = await make('after', 'krea')
    await pass(() => expect(state(id)).toBe('running'))
    expect(row(id).intent?.keyPrint).toBe(first)
    expect(await desk.testKey('krea')).toMatchObject({ provider: 'krea' })
  },
)

test('jobs keep their keys: one runs on, and one that came in between goes with the key before', async () => {
  const { desk, make, pass, state, row, first, server } = await scene()
  const old = await make('old', 'krea')
  await pass(() => expect(state(old)).toBe('running'))
  desk.saveKey('krea', wrong, false)
  const between = await make('between', 'krea')
  await pass(() => expect(state(between)).toBe('waiting'))
  expect(server.bill.accepted().has('between')).toBe(false)
  await failureOf(() => desk.testKey('krea'))
  await pass(() => expect([state(old), state(between)]).toEqual(['done', 'done']), 5000)
  expect([row(old).intent?.keyPrint, row(between).intent?.keyPrint]).toEqual([first, first])
  expect(server.bill.accepted().get('between')).toBe(1)
})

test('a new key that works is the key, and is not given up when it is refused much later', async () => {
  const { desk, print, first } = await scene()
  desk.saveKey('krea', next, false)
  await desk.testKey('krea')
  const second = print()
  expect(second).not.toBe(first)
  desk.saveKey('krea', wrong, false)
  await failureOf(() => desk.testKey('krea'))
  expect(print()).toBe(second)
})

test('nothing to go back to: the first key, the same key again, and one before that is refused itself', async () => {
  const { desk, print, first, connections, server } = await scene()
  desk.removeKey('krea')
  desk.saveKey('krea', wrong, false)
  expect(await codeOf(() => desk.testKey('krea'))).toBe('key-refused')
  const bad = print()
  desk.saveKey('krea', wrong, false)
  expect(await codeOf(() => desk.testKey('krea'))).toBe('key-refused')
  desk.saveKey('krea', `${wrong}2`, false)
  expect(await codeOf(() => desk.testKey('krea'))).toBe('key-refused')
  expect([first, bad]).not.toContain(print())
  desk.saveKey('krea', good, false)
  expect([print(), connections.isRefused(first ?? '')]).toEqual([first, false])
  expect(server.record.requests.length).toBeGreaterThan(0)
})

test('not reachable: the new key stays', async () => {
  const { desk, print, first, server } = await scene()
  await server.close()
  desk.saveKey('krea', next, false)
  expect(await codeOf(() => desk.testKey('krea'))).toBe('provider-down')
  expect(print()).not.toBe(first)
})
