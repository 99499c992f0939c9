import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { credits } from '../../../../shared/money'
import { apiframePracticeKey, createApiframeServer } from '../../../platforms/apiframe/apiframe'
import { createKreaServer, kreaPracticeKey } from '../../../platforms/krea/krea'
import { addressScene } from '../../../support/address-scene'
import { codeOf, failureOf } from '../../../support/failure'
import { png } from '../../../support/pictures'
import { always, rawHost } from '../../../support/raw-host'
import { sha256Of } from '../../../support/samples'
import { until } from '../../../support/until'
import { sayYes } from '../../../support/say-yes'

const keyA = kreaPracticeKey
const keyB = 'krea-of-the-gateway-9876543210'

/** Krea at its place A with a key, and a gateway B that knows another. */
async function scene() {
  const a = await createKreaServer({ runMs: () => 3_600_000 })
  const b = await createKreaServer({ keys: [{ key: keyB, account: 'b' }], runMs: () => 10_000 })
  for (const server of [a, b]) onTestFinished(() => server.close())
  const parts = await addressScene([a, b], new Map([['krea', { origin: a.origin, dialect: null }]]))
  parts.desk.saveKey('krea', keyA, false)
  const wait = (id: string) => parts.commands.list().find((job) => job.id === id)?.wait?.kind
  return { ...parts, a, b, wait }
}

test('moved while a job runs: it goes on at the old place with its key; new ones wait for a key of the new', async () => {
  const { a, b, desk, make, pass, state, row, saw, wait, clips } = await scene()
  const old = await make('old', 'krea')
  await pass(() => expect(state(old)).toBe('running'))
  const moved = await desk.setAddress('krea', b.origin)
  expect([moved.address, moved.key]).toEqual([{ origin: b.origin, isDefault: false }, { kind: 'none' }])
  const fresh = await make('fresh', 'krea')
  await pass(() => expect(wait(fresh)).toBe('no-key'))
  const before = a.record.requests.length
  await pass(() => expect(a.record.requests.length).toBeGreaterThan(before + 2))
  expect([state(old), saw(b, keyA)]).toEqual(['running', false])

  desk.saveKey('krea', keyB, false)
  await pass(() => expect(state(fresh)).toBe('done'), 5000)
  expect(row(fresh).intent?.keyPrint).not.toBe(row(old).intent?.keyPrint)
  await pass(() => expect(state(old)).toBe('done'), 600_000)
  expect(clips.get(old)).toBeDefined()
  expect([saw(a, keyB), saw(b, keyA), saw(a, keyA), saw(b, keyB)]).toEqual([false, false, true, true])
  expect([a.bill.accepted().get('old'), b.bill.accepted().get('fresh')]).toEqual([1, 1])
})

test('the same key saved for the new place as well: a running job goes on at the old one', async () => {
  const same = await createKreaServer()
  onTestFinished(() => same.close())
  const { a, desk, make, pass, state } = await scene()
  const old = await make('old', 'krea')
  await pass(() => expect(state(old)).toBe('running'))
  await desk.setAddress('krea', same.origin)
  desk.saveKey('krea', keyA, false)
  const before = [a.record.requests.length, same.record.requests.length]
  await pass(() => expect(a.record.requests.length).toBeGreaterThan((before[0] ?? 0) + 2), 10_000)
  expect([state(old), same.record.requests.length]).toEqual(['running', before[1]])
})

test('moved while a picture is handed over: nothing is submitted, and the job waits for a key', async () => {
  const { a, b, desk, pass, make, wait, paths, stills, state, log } = await scene()
  const picture = png(5, 5)
  const still = sha256Of(picture)
  const path = paths.still(still, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const held = Promise.withResolvers<void>()
  a.faults.add({ kind: 'hold', acted: true, until: held.promise }, { route: 'upload' })
  const id = await make('moved', 'krea', { slots: { first: still } })
  await until(() => expect(a.record.requests.some(({ url }) => url === '/assets')).toBe(true))
  await desk.setAddress('krea', b.origin)
  held.resolve()
  await pass(() => expect([state(id), wait(id)]).toEqual(['waiting', 'no-key']))
  expect([a.bill.accepted().size, b.bill.accepted().size, log().intents]).toEqual([0, 0, []])
})

test('moved while a job is in doubt: it is looked for where it was sent', async () => {
  const { a, b, desk, make, pass, state, saw } = await scene()
  a.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const id = await make('doubt', 'krea')
  await pass(() => expect(state(id)).toBe('unknown'), 10)
  await desk.setAddress('krea', b.origin)
  desk.saveKey('krea', keyB, false)
  const before = b.record.requests.length
  await pass(() => expect(a.record.requests.some(({ url }) => url.startsWith('/jobs?'))).toBe(true), 30_000)
  expect([saw(b, keyA), a.bill.accepted().get('doubt'), b.bill.accepted().get('doubt')]).toEqual([
    false,
    1,
    undefined,
  ])
  expect(
    b.record.requests.slice(before).every(({ headers }) => !JSON.stringify(headers).includes(keyA)),
  ).toBe(true)
})

test('moved back: the key of the other place is not sent, and the key is asked for again', async () => {
  const { a, b, desk, make, pass, wait, saw } = await scene()
  await desk.setAddress('krea', b.origin)
  desk.saveKey('krea', keyB, false)
  expect((await desk.setAddress('krea', a.origin)).key).toEqual({ kind: 'none' })
  const id = await make('x', 'krea')
  await pass(() => expect(wait(id)).toBe('no-key'))
  expect([saw(a, keyB), await codeOf(() => desk.testKey('krea'))]).toEqual([false, 'no-key'])
})

test('the price is asked for without a key where there is none for the place', async () => {
  const { b, desk, recipe, saw } = await scene()
  await desk.setAddress('krea', b.origin)
  await desk.quote(recipe(), 'krea')
  expect(saw(b, keyA)).toBe(false)
})

const strangers = [
  ['a page', always(200, '<html></html>', { 'content-type': 'text/html' })],
  ['JSON of something else', always(404, '{"message":"no route"}')],
  ['a redirect', always(301, '', { location: 'https://api.krea.ai/' })],
] as const

test.each(strangers)(
  'an address that answers with %s is refused before any key, and nothing changes',
  async (_what, listener) => {
    const { a, desk, settings } = await scene()
    const host = await rawHost(listener)
    const failure = await failureOf(() => desk.setAddress('krea', host.origin))
    expect([failure.code, failure.message]).toEqual([
      'bad-request',
      expect.stringMatching(/not like Krea\. No key was sent there/),
    ])
    expect(host.requests.every(({ headers }) => headers['authorization'] === undefined)).toBe(true)
    expect(host.requests).toHaveLength(1)
    expect([settings.platform('krea').origin, desk.status('krea').key.kind]).toEqual([a.origin, 'stored'])
  },
)

test('an address where nobody answers is refused, and nothing changes', async () => {
  const { a, desk, settings } = await scene()
  const host = await rawHost(always(200, ''))
  await host.close()
  expect(await codeOf(() => desk.setAddress('krea', host.origin))).toBe('provider-down')
  expect(settings.platform('krea').origin).toBe(a.origin)
})

test.each([
  'http://api.krea.ai',
  'https://api.krea.ai/v2',
  'https://user:word@api.krea.ai',
  'https://api.krea.ai?x=1',
  'ftp://api.krea.ai',
  'krea',
  '',
  'https://',
])('%j is no address of a platform: nothing is asked', async (text) => {
  const { a, desk, settings } = await scene()
  const before = a.record.requests.length
  expect(await codeOf(() => desk.setAddress('krea', text))).toBe('bad-request')
  expect([settings.platform('krea').origin, a.record.requests.length]).toEqual([a.origin, before])
})

test('blanks around an address do no harm, and the platform’s own needs no question', async () => {
  const { b, desk, remote, settings } = await scene()
  expect((await desk.setAddress('krea', ` ${b.origin}/ `)).address.origin).toBe(b.origin)
  const own = await desk.setAddress('krea', null)
  expect(own.address).toEqual({ origin: remote.krea.defaultOrigin, isDefault: true })
  expect(settings.platform('krea').origin).toBeNull()
})

test('a balance of the old place is not shown for the new', async () => {
  const { b, desk } = await scene()
  await desk.testKey('krea')
  expect((await desk.setAddress('krea', b.origin)).balance).toBeNull()
})

test('a dialect that the platform has not is refused', async () => {
  const { desk } = await scene()
  expect(await codeOf(() => desk.setDialect('krea', 'B'))).toBe('bad-request')
  expect(await codeOf(() => desk.setDialect('bytespike', 'C'))).toBe('bad-request')
  expect([desk.status('krea').dialect, desk.setDialect('bytespike', 'B').dialect]).toEqual([null, 'B'])
})

test('moved while a job waits, to a place with other prices: it is not sent before the user says yes to that of there', async () => {
  const flat = (cost: number) => ({ price: { pricingMode: 'flat', credits: cost } as const })
  const [a, b] = [await createApiframeServer(flat(5)), await createApiframeServer(flat(9))]
  for (const server of [a, b]) onTestFinished(() => server.close())
  const at = new Map([['apiframe' as const, { origin: a.origin, dialect: null }]])
  const { desk, engine, make, pass, row, state, commands } = await addressScene([a, b], at)
  const wait = (id: string) => commands.list().find((job) => job.id === id)?.wait?.kind
  desk.saveKey('apiframe', apiframePracticeKey, true)
  desk.setLimits('apiframe', { ...engine.limits.of('apiframe'), creditMicros: 100_000 })
  engine.setPaused(true)
  const id = await make('moved', 'apiframe')
  expect(row(id).quote.amount).toEqual(credits(5))
  await desk.setAddress('apiframe', b.origin)
  desk.saveKey('apiframe', apiframePracticeKey, true)
  await pass(() => expect(row(id).quote.amount).toEqual(credits(9)))
  engine.setPaused(false)
  await pass(() => expect(wait(id)).toBe('dearer'))
  expect([a.bill.accepted().size, b.bill.accepted().size]).toEqual([0, 0])
  sayYes(commands, id)
  await pass(() => expect(state(id)).toBe('done'), 5000)
  expect([a.bill.accepted().size, b.bill.accepted().get('moved')]).toEqual([0, 1])
  expect(engine.ledger.spend().todayMicros).toBe(900_000)
})
