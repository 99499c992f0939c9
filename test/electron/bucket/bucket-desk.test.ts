import { expect, test } from 'vitest'
import { denied, unavailable } from '../../platforms/s3/s3-faults'
import { bucketDeskScene, bucketStore } from '../../support/bucket-world'
import { codeOf, failureOf } from '../../support/failure'
import { keyComputer } from '../../support/key-system'

const now = () => Date.UTC(2026, 10, 21, 12)
const other = { accessKeyId: 'OTHERKEYID0000000001', secretAccessKey: 'other/secret+of+it' }

async function scene() {
  const store = await bucketStore(now)
  return { store, ...bucketDeskScene(now) }
}

test('at first there is none', async () => {
  const { desk } = await scene()
  expect(desk.status()).toEqual({ settings: null, key: { kind: 'none' } })
  expect(desk.current()).toBeUndefined()
})

test('what works is saved, told, and there after the next start; the keys are never said', async () => {
  const { desk, store, told, computer, ownHosts } = await scene()
  const status = await desk.connect(store.settings, store.keys, false)
  expect(status.settings).toEqual(store.settings)
  expect(status.key).toMatchObject({
    kind: 'stored',
    last4: store.keys.secret.slice(-4),
    backend: 'GNOME Keyring',
  })
  expect(told).toEqual([status])
  expect(ownHosts).toEqual(new Set([new URL(store.server.origin).host]))
  expect(JSON.stringify([status, desk.current()])).not.toContain(store.keys.secret)
  expect(computer.content()).not.toContain(store.keys.secret)
  const again = bucketDeskScene(now, computer)
  again.saved.settings = store.settings
  expect([again.desk.status(), again.desk.current()?.print]).toEqual([status, desk.current()?.print])
  expect([store.names(), store.server.deletions()]).toEqual([[], [expect.stringMatching(/^inbetween\//)]])
})

test('for this session only: nothing is written', async () => {
  const { desk, store, computer } = await scene()
  await desk.connect(store.settings, store.keys, true)
  expect(desk.current()).toBeDefined()
  expect(computer.names()).toEqual([])
})

const refusals = [
  ['a wrong secret', { secret: 'not/it' }, {}, 'key-refused'],
  ['an unknown id', { accessKeyId: 'NOBODY00000000000000' }, {}, 'key-refused'],
  ['another region', {}, { region: 'us-east-1' }, 'bad-request'],
  ['no such bucket', {}, { bucket: 'somebody-elses' }, 'not-found'],
  ['a key of two', { accessKeyId: 'a b' }, {}, 'bad-request'],
] as const

test.each(refusals)('%s: refused, and everything is as it was', async (_what, keys, settings, code) => {
  const { desk, store, told, saved, computer } = await scene()
  await desk.connect(store.settings, store.keys, false)
  const before = [desk.status(), computer.content(), saved.settings]
  const failure = await failureOf(() =>
    desk.connect({ ...store.settings, ...settings }, { ...store.keys, ...keys }, false),
  )
  expect(failure.code).toBe(code)
  expect(`${failure.message} ${failure.details}`).not.toContain(store.keys.secret)
  expect([desk.status(), computer.content(), saved.settings]).toEqual(before)
  expect(told).toHaveLength(1)
})

test.each([
  ['PUT', denied, 'forbidden'],
  ['GET', denied, 'forbidden'],
  ['DELETE', denied, 'forbidden'],
  ['PUT', unavailable, 'provider-down'],
] as const)('a store that says no to %s is not connected', async (method, fault, code) => {
  const { desk, store, saved, ownHosts } = await scene()
  store.server.faults.add(fault, { method, times: Infinity })
  expect(await codeOf(() => desk.connect(store.settings, store.keys, false))).toBe(code)
  expect([saved.settings, desk.current(), [...ownHosts]]).toEqual([null, undefined, []])
})

test('a store that cannot be reached is not connected', async () => {
  const { desk, store, saved } = await scene()
  await store.server.close()
  expect(await codeOf(() => desk.connect(store.settings, store.keys, false))).toBe('provider-down')
  expect(saved.settings).toBeNull()
  // What closes it at the end of the test finds it closed.
  Object.assign(store.server, { close: async () => undefined })
})

test('settings are changed with the keys that are kept, at the same endpoint only', async () => {
  const { desk, store, saved } = await scene()
  const work = () => desk.connect(store.settings, null, false)
  expect(await codeOf(work)).toBe('no-key')
  await desk.connect(store.settings, store.keys, false)
  expect((await work()).key.kind).toBe('stored')
  const elsewhere = await bucketStore(now, other)
  expect(await codeOf(() => desk.connect(elsewhere.settings, null, false))).toBe('no-key')
  expect(elsewhere.server.record.requests).toEqual([])
  expect(saved.settings).toEqual(store.settings)
})

test('keys go to the endpoint they were saved for and to no other', async () => {
  const { desk, store, saved } = await scene()
  await desk.connect(store.settings, store.keys, false)
  const print = desk.current()?.print ?? ''
  const elsewhere = await bucketStore(now, other)
  expect(desk.at(elsewhere.settings, print)).toBeUndefined()
  saved.settings = elsewhere.settings
  expect([desk.current(), desk.status().key]).toEqual([undefined, { kind: 'none' }])
})

test('moved to another store: what lies in the old one can still be deleted with its own keys', async () => {
  const { desk, store } = await scene()
  await desk.connect(store.settings, store.keys, false)
  const old = desk.current()
  const name = old?.newName('png') ?? ''
  await old?.put(name, new Blob(['x']), 'image/png')
  const elsewhere = await bucketStore(now, other)
  await desk.connect(
    elsewhere.settings,
    { accessKeyId: other.accessKeyId, secret: other.secretAccessKey },
    false,
  )
  expect(desk.current()?.print).not.toBe(old?.print)
  await desk.at(store.settings, old?.print ?? '')?.remove(name)
  expect(store.names()).toEqual([])
})

test('removed: keys that are still needed stay for that alone, others go', async () => {
  const { desk, store, needed, computer, told } = await scene()
  await desk.connect(store.settings, store.keys, false)
  const print = desk.current()?.print ?? ''
  needed.isStillNeeded = (asked) => asked === print
  expect(desk.remove()).toEqual({ settings: null, key: { kind: 'none' } })
  expect(desk.at(store.settings, print)).toBeDefined()
  needed.isStillNeeded = () => false
  desk.remove()
  expect(desk.at(store.settings, print)).toBeUndefined()
  expect(told).toHaveLength(3)
  expect(JSON.parse(computer.content()).keys).toEqual([])
})

test('no two objects have the same name', async () => {
  const { desk, store } = await scene()
  await desk.connect(store.settings, store.keys, false)
  const names = new Set(Array.from({ length: 50 }, () => desk.current()?.newName('png')))
  expect(names.size).toBe(50)
  for (const name of names) expect(name).toMatch(/^inbetween\/[0-9a-f]{32}\.png$/)
})

test('a key store that refuses: nothing is connected, and it is said', async () => {
  const computer = keyComputer()
  computer.system.lock()
  const { desk, saved } = bucketDeskScene(now, computer)
  const store = await bucketStore(now)
  expect(await codeOf(() => desk.connect(store.settings, store.keys, false))).toBe('no-key-store')
  expect([saved.settings, desk.current()]).toEqual([null, undefined])
  expect((await desk.connect(store.settings, store.keys, true)).key).toMatchObject({ backend: 'session' })
})
