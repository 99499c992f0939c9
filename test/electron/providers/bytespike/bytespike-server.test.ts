import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBytespike } from '../../../../electron/providers/bytespike/bytespike'
import type { RemoteProvider } from '../../../../electron/providers/provider'
import type { Recipe } from '../../../../shared/recipe-schema'
import {
  bytespikePracticeKey,
  createBytespikeServer,
  type BytespikeOptions,
} from '../../../platforms/bytespike/bytespike'
import { lineTo } from '../../../support/lines'
import { sampleRecipe } from '../../../support/samples'

const still = 'a'.repeat(64)
const dialects = ['A', 'B'] as const
const picture = {
  id: still,
  type: 'png',
  bytes: 1,
  path: join(import.meta.dirname, '../../../fixtures/a.png'),
} as const

const nowhere = () => Promise.reject(new Error('asked'))

/** The contract server, and the adapter in its dialect or in another, over real HTTP. */
async function bench(options: BytespikeOptions = {}) {
  const server = await createBytespikeServer(options)
  onTestFinished(() => server.close())
  const inDialect = (dialect: string) =>
    createBytespike({ settings: () => ({ origin: server.origin, dialect }) })
  const spoken = inDialect(options.dialect ?? 'A')
  const line = lineTo(spoken, bytespikePracticeKey)
  const bodyOf = (change: Partial<Recipe> = {}, provider = spoken, first = '') =>
    provider.body(sampleRecipe({ prompt: 'red fox', ...change }), { first }, 'the-intent')
  const post = async (body: string) =>
    spoken.readSubmit(await line.submit(spoken.submitRequest(body, 'the-intent')))
  const started = async (body = bodyOf()) => {
    const reading = await post(body)
    if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
    return reading
  }
  const poll = async (id: string, provider: RemoteProvider = spoken) =>
    provider.readPoll(await line.send(provider.pollRequest(id)))
  const find = async (body: string) => {
    const request = spoken.find?.request(body, 'the-intent')
    return request ? spoken.find?.read(await line.send(request)) : null
  }
  return { server, spoken, inDialect, line, bodyOf, post, started, poll, find }
}

test.each(dialects)('dialect %s: submitted, polled, finished, charged as told', async (dialect) => {
  const { server, spoken, line, bodyOf, started, poll } = await bench({ dialect })
  const url = await spoken.handOver?.(picture, { send: line.send, elsewhere: nowhere }, () => 0)
  const change = { slots: { first: still }, durationS: 5, aspectRatio: '1:1', seed: 7 } as const
  const { remoteId, word, estimate } = await started(bodyOf(change, spoken, url?.url))
  expect(word).toBe(dialect === 'A' ? 'queued' : 'pending')
  expect(await poll(remoteId)).toEqual({ kind: 'running', word, progress: null })
  server.clock.advance(60_000)
  const reading = await poll(remoteId)
  if (reading.kind !== 'completed' || reading.url === null) throw new Error(JSON.stringify(reading))
  expect((await fetch(reading.url)).headers.get('content-type')).toBe('video/mp4')
  expect(reading.charged).toEqual(estimate)
  expect(reading.charged?.micros).toBe(server.bill.owed())
  expect(server.record.violations).toEqual([])
})

test.each(dialects)('dialect %s: prices are about what is charged', async (dialect) => {
  const { server, spoken, line, started } = await bench({ dialect })
  await started()
  expect(await spoken.quote(sampleRecipe(), line.send)).toMatchObject({
    amount: { micros: server.bill.owed() },
  })
})

test.each(dialects)('dialect %s: called off', async (dialect) => {
  const { spoken, line, started, poll } = await bench({ dialect })
  const { remoteId } = await started()
  const request = spoken.cancelRequest?.(remoteId)
  if (!request) throw new Error('no cancel')
  expect((await line.send(request)).status).toBe(200)
  expect(await poll(remoteId)).toEqual({
    kind: 'cancelled',
    word: 'cancelled',
    billed: 'unknown',
    charged: null,
  })
})

test('dialect B: found by our id, sent twice and charged once', async () => {
  const { server, bodyOf, started, find, post } = await bench({ dialect: 'B' })
  const body = bodyOf()
  expect(await find(body)).toEqual({ kind: 'missing' })
  const { remoteId } = await started(body)
  expect(await find(body)).toMatchObject({ kind: 'found', remoteId, word: 'pending' })
  expect(await started(body)).toMatchObject({ remoteId })
  expect(server.bill.owed()).toBe(180_000)
  expect(await post(bodyOf({ durationS: 5 }))).toMatchObject({ kind: 'unclear' })
  expect(server.bill.owed()).toBe(180_000)
})

test.each(['route_not_found', 'not_found', 'text', 405] as const)(
  'asked in the way of the other dialect first, a missing address told as %s',
  async (missingRoute) => {
    for (const dialect of dialects) {
      const { server, inDialect, started, poll } = await bench({ dialect, missingRoute })
      const { remoteId } = await started()
      const other = inDialect(dialect === 'A' ? 'B' : 'A')
      const problem = { kind: 'problem', problem: { kind: 'upstream' } }
      expect(await poll(remoteId, other)).toMatchObject(problem)
      expect(await poll(remoteId, other)).toMatchObject({ kind: 'running' })
      expect(await poll('task_unknown', other)).toEqual({ kind: 'missing' })
      expect(server.record.requests.map(({ method }) => method).slice(1)).toEqual(
        dialect === 'A' ? ['POST', 'GET', 'GET'] : ['GET', 'POST', 'POST'],
      )
    }
  },
)

test.each(dialects)(
  'a server of dialect %s, spoken to in the other, is sent nothing again',
  async (dialect) => {
    const { server, inDialect, bodyOf, line } = await bench({ dialect })
    const other = inDialect(dialect === 'A' ? 'B' : 'A')
    const answer = await line.submit(other.submitRequest(bodyOf({}, other), 'the-intent'))
    expect(other.readSubmit(answer)).toMatchObject({ kind: 'rejected', problem: { kind: 'wrong-dialect' } })
    expect(server.record.requests).toHaveLength(1)
    expect(server.bill.owed()).toBe(0)
  },
)

test.each([
  [{}, { prompt: '#unsafe' }, 'blocked'],
  [{ balance: 0 }, {}, 'out-of-credit'],
  [{ spendCap: 0 }, {}, 'out-of-credit'],
  [{ modelInGroup: false }, {}, 'forbidden'],
  [{ maxUnfinished: 0 }, {}, 'rate-limited'],
  [{}, { durationS: 8 }, 'invalid'],
])('a server with %j refuses %j as %s', async (options, change, kind) => {
  for (const dialect of dialects) {
    const { server, bodyOf, post } = await bench({ ...options, dialect })
    expect(await post(bodyOf(change))).toMatchObject({ kind: 'rejected', problem: { kind } })
    expect(server.bill.owed()).toBe(0)
  }
})

test('a key is tested with its balance', async () => {
  const { spoken, line } = await bench()
  expect(await spoken.testKey(line.send)).toEqual({
    kind: 'ok',
    balance: { unit: 'usd', micros: 1_000_000_000 },
  })
  expect(await spoken.testKey(lineTo(spoken, 'wrong').send)).toMatchObject({
    problem: { kind: 'key-refused' },
  })
})
