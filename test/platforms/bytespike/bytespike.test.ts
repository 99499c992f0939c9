import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folder'
import { secondsOf } from '../asked-clip'
import { readBill } from '../bill'
import { bytespikePracticeKey, createBytespikeServer } from './bytespike'
import {
  auth,
  bytespike,
  dataUri,
  fixture,
  hostedPicture,
  linkOf,
  refusal,
  small,
  submitPath,
  taskShape,
} from './bytespike-client'
import type { BytespikePlan } from './bytespike-view'
import { send } from '../client'
import { createPlatformState } from '../jobs'

const sha256 = (name: string) => createHash('sha256').update(fixture(name)).digest('hex')

describe('a submit in the dialect of the page', () => {
  test("the page's own example: its answer, its words, its price, on disk before the answer", async () => {
    const billFile = join(temporaryFolder(), 'bill.json')
    const { server, submit, poll } = await bytespike({ billFile })
    const answer = await submit({
      model: 'veo-3.1-fast',
      prompt: 'Slow zoom into a bowl of ramen, steam rising.',
      duration_seconds: 4,
      resolution: '720p',
    })
    expect(answer.status).toBe(200)
    const task_id: unknown = expect.stringMatching(/^task_/)
    expect(JSON.parse(answer.text)).toEqual({ task_id, status: 'queued', estimated_credits: 0.18 })
    const { task_id: id } = taskShape.parse(JSON.parse(answer.text))
    expect(readBill(billFile)).toMatchObject([
      { event: 'post', idempotencyKey: null },
      { event: 'accepted', jobId: id, amount: 180_000, unit: 'microdollar' },
    ])
    expect(await poll(id)).toEqual({ task_id: id, status: 'queued' })
    server.clock.advance(3000)
    expect(await poll(id)).toEqual({ task_id: id, status: 'running' })
    server.clock.advance(27_000)
    const done = await poll(id)
    const video_url: unknown = expect.any(String)
    expect(done).toEqual({
      task_id: id,
      status: 'completed',
      result: { video_url, duration_seconds: 4, resolution: '720p' },
      credits: 0.18,
    })
    expect(await secondsOf((await send(linkOf(done))).bytes)).toBeCloseTo(4, 3)
    expect(server.record.violations).toEqual([])
  })

  test('costs 0.045 a second, everything documented is taken', async () => {
    const { server, submit } = await bytespike()
    const ratios = ['16:9', '9:16', '1:1', '16:9', '9:16']
    for (const [index, aspect_ratio] of ratios.entries()) {
      await submit({ ...small, duration_seconds: index + 1, aspect_ratio, seed: index })
    }
    const amounts = server.bill.lines().flatMap(({ event, amount }) => (event === 'accepted' ? [amount] : []))
    expect(amounts).toEqual([45_000, 90_000, 135_000, 180_000, 225_000])
  })

  test.each([
    ['no duration', { duration_seconds: undefined }, 'duration_seconds'],
    ['6 seconds', { duration_seconds: 6 }, 'duration_seconds'],
    ['0 seconds', { duration_seconds: 0 }, 'duration_seconds'],
    ['half a second', { duration_seconds: 1.5 }, 'duration_seconds'],
    ['a duration as text', { duration_seconds: '4' }, 'duration_seconds'],
    ['1080p', { resolution: '1080p' }, 'resolution'],
    ['720P', { resolution: '720P' }, 'resolution'],
    ['another ratio', { aspect_ratio: '4:3' }, 'aspect_ratio'],
    ['a broken seed', { seed: 0.5 }, 'seed'],
    ['no prompt', { prompt: undefined }, 'prompt'],
    ['an audio switch', { generate_audio: false }, 'generate_audio'],
    ['a last frame', { last_frame: 'https://example.com/b.png' }, 'last_frame'],
    ['an own task id', { out_task_id: 'mine' }, 'out_task_id'],
    ["dialect B's params", { params: { prompt: 'x', duration_seconds: 4 } }, 'params'],
    ['a picture that is no address', { image_init: 'a.png' }, 'image_init'],
    ['null for no picture', { image_init: null }, 'image_init'],
    ['a data URI of another kind', { image_init: 'data:image/gif;base64,R0lG' }, 'image_init'],
    ['a data URI that is not base64', { image_init: 'data:image/png;base64,@@' }, 'image_init'],
  ])('is refused with %s, the field named', async (_what, part, field) => {
    const { server, submit } = await bytespike()
    const { status, message, code } = refusal(await submit({ ...small, ...part }))
    expect({ status, code }).toEqual({ status: 400, code: 'invalid_param' })
    expect(message).toContain(field)
    expect(server.bill.accepted().size).toBe(0)
  })

  test('is refused with another model, in a body that is none, of a group without the model', async () => {
    const { at, submit } = await bytespike()
    expect(refusal(await submit({ ...small, model: 'veo3.1-fast' })).code).toBe('model_not_found')
    expect(refusal(await submit({ ...small, model: undefined })).code).toBe('invalid_param')
    expect(refusal(await submit([])).code).toBe('invalid_param')
    expect(refusal(await at(submitPath, { method: 'POST' })).status).toBe(400)
    expect(refusal(await at(submitPath, { method: 'POST', body: '{}' })).status).toBe(415)
    const headers = { 'content-type': 'application/json' }
    expect(refusal(await at(submitPath, { method: 'POST', headers, body: '{' })).status).toBe(400)
    const outside = await bytespike({ modelInGroup: false })
    const refused = { status: 403, code: 'model_not_in_group' }
    expect(refusal(await outside.submit(small))).toMatchObject(refused)
  })

  test('a prompt that is not safe is 451 and free', async () => {
    const { server, submit } = await bytespike()
    expect(refusal(await submit({ ...small, prompt: 'a #unsafe thing intent:u' })).status).toBe(451)
    expect([...server.bill.posts()]).toEqual([['u', 1]])
    expect(server.bill.accepted().size).toBe(0)
  })

  test('a body of 1 MiB is taken, one byte more is 413', async () => {
    const { server, submit } = await bytespike()
    const bare = JSON.stringify({ ...small, prompt: '' }).length
    const prompt = 'x'.repeat(1_048_576 - bare)
    expect((await submit({ ...small, prompt })).status).toBe(200)
    expect(refusal(await submit({ ...small, prompt: `${prompt}x` })).status).toBe(413)
    expect(server.bill.owed()).toBe(180_000)
  })

  test('is answered 402 without money or over the cap, 429 with too many tasks', async () => {
    const poor = await bytespike({ balance: 300_000 })
    await poor.submit(small)
    expect(refusal(await poor.submit(small))).toMatchObject({ status: 402, code: 'insufficient_balance' })
    const capped = await bytespike({ spendCap: 300_000 })
    await capped.submit(small)
    expect(refusal(await capped.submit(small))).toMatchObject({ status: 402, code: 'quota_exceeded' })
    capped.server.clock.advance(5 * 60 * 60 * 1000)
    expect((await capped.submit(small)).status).toBe(200)
    const busy = await bytespike({ maxUnfinished: 1 })
    await busy.submit(small)
    const full = await busy.submit(small)
    expect(refusal(full)).toMatchObject({ status: 429, code: 'concurrency_limit' })
    expect(JSON.parse(full.text).error.type).toBe('rate_limit_error')
    expect(full.headers['retry-after']).toBeUndefined()
  })
})

describe('the first frame', () => {
  test('is fetched from its public address', async () => {
    const { server, submit } = await bytespike()
    const image_init = await hostedPicture(server)
    await submit({ ...small, image_init })
    expect(server.record.pictures).toMatchObject([{ url: image_init, sha256: sha256('a.png') }])
    expect(server.record.violations).toEqual([])
  })

  test.each([
    ['a.png', 'image/png'],
    ['portrait.jpg', 'image/jpeg'],
    ['square.webp', 'image/webp'],
  ])('%s is decoded from a data URI', async (name, type) => {
    const { server, started, poll } = await bytespike()
    const id = await started({ ...small, image_init: dataUri(name, type) })
    expect(server.record.pictures).toMatchObject([{ jobId: id, type, sha256: sha256(name) }])
    server.clock.advance(30_000)
    expect((await poll(id)).status).toBe('completed')
  })

  test.each([
    ['other bytes than declared', dataUri('portrait.jpg', 'image/png')],
    ['bytes that are no picture', 'data:image/png;base64,AAAA'],
    ['an address where nothing is', 'http://127.0.0.1:1/a.png'],
  ])('%s make the task fail, free of charge', async (_what, image_init) => {
    const { server, started, poll } = await bytespike()
    const id = await started({ ...small, image_init })
    expect(await poll(id)).toMatchObject({ status: 'failed', error_code: 'invalid_image' })
    expect(server.record.violations).toHaveLength(1)
    expect(server.bill.owed()).toBe(0)
  })

  test('a data URI is 400 when the knob says so', async () => {
    const { submit } = await bytespike({ dataUris: 'refused' })
    const answer = await submit({ ...small, image_init: dataUri('a.png', 'image/png') })
    expect(refusal(answer)).toMatchObject({ status: 400, code: 'invalid_param' })
  })
})

describe('keys', () => {
  const bearer = { authorization: `Bearer ${bytespikePracticeKey}` }
  test.each([
    ['no key', {}, 401],
    ['a wrong key', { 'x-api-key': 'sk-byts-nonsense' }, 401],
    ['a key without its scheme', { authorization: bytespikePracticeKey }, 401],
    ['a bearer token', bearer, 200],
    ['a wrong x-api-key, which wins', { ...bearer, 'x-api-key': 'sk-byts-nonsense' }, 401],
    ['a wrong bearer, which loses', { ...auth, authorization: 'Bearer nonsense' }, 200],
  ])('with %s', async (_what, headers, status) => {
    const { server } = await bytespike()
    const answer = await send(`${server.origin}/api/v1/me/account`, { headers })
    expect(answer.status).toBe(status)
    if (status === 401) expect(refusal(answer).code).toBe('invalid_api_key')
    expect(answer.headers['x-ratelimit-limit']).toBe('1000')
    expect(server.record.violations).toEqual([])
  })

  test('a key in an address, a body, another header or on the result host is recorded', async () => {
    const { server, at, submit } = await bytespike()
    const url = await hostedPicture(server)
    await send(url, { headers: bearer })
    await at(`/v1/tasks/query?task_id=${bytespikePracticeKey}`)
    await submit({ ...small, prompt: `my key is ${bytespikePracticeKey}` })
    await at('/api/v1/me/account', { headers: { 'x-debug': bytespikePracticeKey } })
    const rules = ['key-on-result-host', 'key-in-url', 'key-in-body', 'key-in-other-header']
    expect(server.record.violations.map(({ rule }) => rule)).toEqual(rules)
  })

  test("another account's key sees no task, a key taken back sees nothing", async () => {
    const keys = [
      { key: bytespikePracticeKey, account: 'studio' },
      { key: 'sk-byts-other', account: 'elsewhere' },
    ]
    const { server, at, started } = await bytespike({ keys })
    const path = `/v1/tasks/query?task_id=${await started()}`
    expect((await at(path, { headers: { 'x-api-key': 'sk-byts-other' } })).status).toBe(404)
    server.keys.delete(bytespikePracticeKey)
    expect((await at(path)).status).toBe(401)
  })
})

test('the account and every answer tell the money in dollars', async () => {
  const { server, at, submit } = await bytespike({ balance: 5_100_000, spendCap: 1_000_000 })
  const { headers } = await submit(small)
  expect(headers).toMatchObject({
    'x-ratelimit-limit': '1',
    'x-ratelimit-remaining': '0.82',
    'x-quota-remaining-credits': '4.92',
    'x-org-quota-remaining-credits': '4.92',
  })
  expect(Number(headers['x-ratelimit-reset']) * 1000).toBeGreaterThan(server.clock.now())
  expect(JSON.parse((await at('/api/v1/me/account')).text)).toMatchObject({
    balance: {
      available_usd: 4.92,
      lifetime_topup_usd: 5.1,
      lifetime_spent_usd: 0.18,
      low_balance_threshold_usd: 5,
      low_balance_flagged: true,
    },
    allowed_models: ['veo-3.1-fast'],
  })
})

test('tasks and the bill survive a restart with the same state, and only then', async () => {
  const billFile = join(temporaryFolder(), 'bill.json')
  const state = createPlatformState<BytespikePlan>()
  const before = await createBytespikeServer({ state, billFile })
  const answer = await send(`${before.origin}${submitPath}`, { method: 'POST', headers: auth, body: small })
  const { task_id } = taskShape.parse(JSON.parse(answer.text))
  await before.close()
  const after = await bytespike({ state, billFile })
  expect((await after.poll(task_id)).status).toBe('queued')
  expect(after.server.bill.owed()).toBe(180_000)
  const amnesiac = await bytespike()
  expect(refusal(await amnesiac.query({ task_id }))).toMatchObject({ status: 404, code: 'not_found' })
})
