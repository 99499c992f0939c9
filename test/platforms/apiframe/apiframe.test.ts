import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../../support/folder'
import { apiframePracticeKey, createApiframeServer, type ApiframeOptions } from './apiframe'
import type { ApiframePlan } from './apiframe-view'
import { secondsOf } from '../asked-clip'
import { readBill } from '../bill'
import { form, send, type Sent } from '../client'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))
const auth = { 'x-api-key': apiframePracticeKey }
const path = '/v2/videos/generate'
const model = 'veo-3.1-fast'
const acceptedShape = z.strictObject({ jobId: z.uuid(), status: z.string() })
const jobShape = z.strictObject({
  id: z.uuid(),
  status: z.string(),
  model: z.literal(model),
  progress: z.number().nullable().optional(),
  result: z.unknown().optional(),
  error: z.string().nullable(),
  creditCost: z.int().nullable(),
  webhookStatus: z.null(),
  createdAt: z.iso.datetime(),
  completedAt: z.iso.datetime().nullable(),
  input: z.looseObject({}).nullish(),
  expired: z.literal(true).optional(),
})
const listShape = z.strictObject({
  jobs: z.array(jobShape),
  nextCursor: z.string().nullable(),
  hasMore: z.boolean(),
})
const videoUrlShape = z.strictObject({ videoUrl: z.url() })

async function apiframe(options: ApiframeOptions = {}) {
  const server = await createApiframeServer(options)
  onTestFinished(() => server.close())
  const at = (to: string, sent: Sent = {}) =>
    send(`${server.origin}${to}`, { ...sent, headers: { ...auth, ...sent.headers } })
  const submit = (body: unknown, key?: string) =>
    at(path, { method: 'POST', body, headers: key === undefined ? {} : { 'idempotency-key': key } })
  const started = async (veoParams: unknown = {}, key?: string) => {
    const answer = await submit({ model, prompt: 'x', veoParams }, key)
    expect(answer.status).toBe(202)
    return acceptedShape.parse(JSON.parse(answer.text)).jobId
  }
  const poll = async (id: string) => jobShape.parse(JSON.parse((await at(`/v2/jobs/${id}`)).text))
  const list = async (query = '') => listShape.parse(JSON.parse((await at(`/v2/jobs${query}`)).text))
  const upload = async (name: string, type: string, fields = {}) => {
    const { headers, body } = await form({ name, type, bytes: fixture(name) }, fields)
    return at('/v2/uploads', { method: 'POST', headers, bytes: body })
  }
  return { server, at, submit, started, poll, list, upload }
}

const uploadShape = z.looseObject({ url: z.url(), expiresAt: z.iso.datetime() })

describe('a submit', () => {
  test('first and last frame: from upload to clip, billed in credits, on disk', async () => {
    const billFile = join(temporaryFolder(), 'bill.json')
    const { server, upload, started, poll, at } = await apiframe({ billFile })
    const first = uploadShape.parse(JSON.parse((await upload('a.png', 'image/png')).text))
    const last = uploadShape.parse(JSON.parse((await upload('portrait.jpg', 'image/png')).text))
    const id = await started({ image: first.url, last_frame: last.url, duration: 6, generate_audio: false })
    expect(readBill(billFile)).toMatchObject([
      { event: 'post' },
      { event: 'accepted', amount: 4, unit: 'credit' },
    ])
    expect(server.record.pictures.map(({ type }) => type)).toEqual(['image/png', 'image/jpeg'])
    expect(await poll(id)).toMatchObject({
      status: 'QUEUED',
      progress: null,
      creditCost: null,
      completedAt: null,
    })
    server.clock.advance(6000)
    expect(await poll(id)).toMatchObject({ status: 'PROCESSING', progress: 0 })
    server.clock.advance(54_000)
    const done = await poll(id)
    expect(done).toMatchObject({ status: 'COMPLETED', progress: 100, creditCost: 4, error: null })
    expect(await secondsOf((await send(videoUrlShape.parse(done.result).videoUrl)).bytes)).toBeCloseTo(6, 3)
    expect(JSON.parse((await at('/v2/me')).text).team.credits).toBe(1_000_000 - 4)
    expect(server.record.violations).toEqual([])
  })

  test.each([
    ['an unknown key above', { webhook_url: 'https://example.com' }, 'webhook_url'],
    ['an unknown key below', { veoParams: { person: 'allow' } }, 'veoParams.person'],
    ['a duration as text', { veoParams: { duration: '8' } }, 'veoParams.duration'],
    ['5 seconds', { veoParams: { duration: 5 } }, 'veoParams.duration'],
    ['4K', { veoParams: { resolution: '4K' } }, 'veoParams.resolution'],
    ['1080P', { veoParams: { resolution: '1080P' } }, 'veoParams.resolution'],
    ['a picture that is no address', { veoParams: { image: 'a.png' } }, 'veoParams.image'],
    ['null for no picture', { veoParams: { last_frame: null } }, 'veoParams.last_frame'],
    ['a ratio in words', { veoParams: { aspect_ratio: 'wide' } }, 'veoParams.aspect_ratio'],
    ['a broken seed', { veoParams: { seed: 1.5 } }, 'veoParams.seed'],
    [
      'a long negative prompt',
      { veoParams: { negative_prompt: 'x'.repeat(2001) } },
      'veoParams.negative_prompt',
    ],
    [
      '4 references',
      { veoParams: { reference_images: Array(4).fill('https://a.b/c.png') } },
      'veoParams.reference_images',
    ],
    ['an empty prompt', { prompt: '' }, 'prompt'],
    ['4,001 characters', { prompt: 'x'.repeat(4001) }, 'prompt'],
    ['another model', { model: 'veo-3.1' }, 'model'],
    ['no events', { webhookEvents: [] }, 'webhookEvents'],
  ])('is refused with %s, the field named', async (_what, part, field) => {
    const { server, submit } = await apiframe()
    const answer = await submit({ model, prompt: 'x', ...part })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toEqual({
      error: expect.any(String),
      details: { [field]: [expect.any(String)] },
    })
    expect(server.bill.accepted().size).toBe(0)
  })

  test.each([
    ['no key', {}],
    ['a bearer token', { authorization: `Bearer ${apiframePracticeKey}` }],
    ['a wrong key', { 'x-api-key': 'afk_nonsense' }],
  ])('is answered 401 with %s', async (_what, headers) => {
    const { server } = await apiframe()
    const answer = await send(`${server.origin}${path}`, {
      method: 'POST',
      headers,
      body: { model, prompt: 'x' },
    })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toEqual({
      error: expect.stringMatching(/^(API key is required|Invalid API key)$/),
    })
    expect(answer.headers['x-request-id']).toEqual(expect.any(String))
  })

  test('is answered 402 with what is needed and what is there', async () => {
    const { submit } = await apiframe({ balance: 7 })
    const answer = await submit({ model, prompt: 'x' })
    expect(answer.status).toBe(402)
    const body = { error: 'Insufficient credits', creditsRequired: 8, creditsAvailable: 7 }
    expect(JSON.parse(answer.text)).toEqual(body)
  })

  test('is answered 429 with Retry-After when too many jobs run', async () => {
    const { submit, started } = await apiframe({ maxUnfinished: 1 })
    await started()
    const answer = await submit({ model, prompt: 'x' })
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })
  })

  test('combinations are taken, or refused by the upstream rules when the knob says so', async () => {
    const body = { model, prompt: 'x', veoParams: { last_frame: 'http://127.0.0.1:1/b.png' } }
    expect((await (await apiframe()).submit(body)).status).toBe(202)
    expect((await (await apiframe({ combinations: 'refused' })).submit(body)).status).toBe(400)
  })
})

describe('Idempotency-Key', () => {
  const body = { model, prompt: 'x' }

  test('same key and body give the same job and one charge, with its present status', async () => {
    const { server, submit, started } = await apiframe()
    const id = await started({}, 'k')
    server.clock.advance(60_000)
    const again = await submit({ model, prompt: 'x', veoParams: {} }, 'k')
    expect(JSON.parse(again.text)).toEqual({ jobId: id, status: 'COMPLETED' })
    expect(server.bill.posts().get('k')).toBe(2)
    expect(server.bill.accepted().get('k')).toBe(1)
  })

  test('another body is 409, after 24 h the key is new', async () => {
    const { server, submit } = await apiframe()
    await submit(body, 'k')
    const conflict = await submit({ ...body, prompt: 'y' }, 'k')
    expect(conflict.status).toBe(409)
    expect(JSON.parse(conflict.text)).toEqual({ error: expect.any(String) })
    server.clock.advance(24 * 60 * 60 * 1000)
    expect((await submit({ ...body, prompt: 'y' }, 'k')).status).toBe(202)
    expect(server.bill.accepted().get('k')).toBe(2)
  })

  test('the same value in other bytes is another body, unless the knob says otherwise', async () => {
    const spelled = { prompt: 'x', model }
    const strict = await apiframe()
    await strict.submit(body, 'k')
    expect((await strict.submit(spelled, 'k')).status).toBe(409)
    const lenient = await apiframe({ sameBody: 'json' })
    await lenient.submit(body, 'k')
    expect((await lenient.submit(spelled, 'k')).status).toBe(202)
  })

  test('a refused submit uses no key up; keys are bound to the account and 255 characters long at most', async () => {
    const keys = [
      { key: apiframePracticeKey, account: 'studio' },
      { key: 'afk_other', account: 'elsewhere' },
    ]
    const { server, at, submit } = await apiframe({ keys })
    expect((await submit({ model, prompt: '' }, 'k')).status).toBe(400)
    expect((await submit(body, 'k')).status).toBe(202)
    const headers = { 'x-api-key': 'afk_other', 'idempotency-key': 'k' }
    expect((await at(path, { method: 'POST', body, headers })).status).toBe(202)
    expect(server.bill.accepted().get('k')).toBe(2)
    expect((await submit(body, 'k'.repeat(256))).status).toBe(400)
  })
})

describe('reading', () => {
  test('a job id must be a uuid that is known', async () => {
    const { at } = await apiframe()
    expect((await at('/v2/jobs/7')).status).toBe(400)
    expect((await at('/v2/jobs/3c90c3cc-0d44-4b50-8888-8dd25736052a')).status).toBe(404)
    expect((await at('/v2/jobs/3c90c3cc-0d44-4b50-8888-8dd25736052a', { method: 'DELETE' })).status).toBe(404)
  })

  test('the list: foreign jobs, the input as sent, pages, filters', async () => {
    const { server, started, list } = await apiframe()
    const veoParams = { seed: 5, duration: 4 }
    const id = await started(veoParams)
    const twin = server.addForeign('studio', { model, prompt: 'x', veoParams })
    const { jobs } = await list()
    expect(jobs).toHaveLength(6)
    expect(jobs.slice(0, 2).map((job) => job.id)).toEqual([twin.id, id])
    expect(jobs[1]?.input).toEqual({ model, prompt: 'x', veoParams })
    const first = await list('?limit=4')
    const second = await list(`?limit=4&cursor=${first.nextCursor}`)
    expect([first.hasMore, second.hasMore, second.nextCursor]).toEqual([true, false, null])
    expect([...first.jobs, ...second.jobs]).toEqual(jobs)
    expect((await list(`?search=${id}&scope=user&model=${model}&status=QUEUED`)).jobs).toHaveLength(1)
    expect((await list('?status=COMPLETED')).jobs).toEqual([])
  })

  test('the list refuses what is not documented', async () => {
    const { at } = await apiframe()
    for (const query of [
      'limit=101',
      'limit=0',
      'status=queued',
      'search=x',
      'page=2',
      'cursor=!',
      'scope=all',
    ]) {
      expect((await at(`/v2/jobs?${query}`)).status).toBe(400)
    }
    expect(JSON.parse((await at('/v2/jobs?include_models=true')).text).models).toEqual([model])
  })

  test.each(['null', 'missing'] as const)('the input may be %s', async (inputShown) => {
    const { started, poll } = await apiframe({ inputShown })
    expect((await poll(await started())).input).toBe(inputShown === 'null' ? null : undefined)
  })

  test('prices are told without a key, and live', async () => {
    const { server, submit } = await apiframe()
    const models = async () => JSON.parse((await send(`${server.origin}/v2/models?modality=video`)).text)
    const { models: listed } = await models()
    expect(listed).toMatchObject([{ id: model, pricingMode: 'per-output', costMin: 3, costMax: 8 }])
    server.setPrice({ pricingMode: 'per-second', silent: 2.5, audio: 4 })
    expect((await models()).models).toMatchObject([{ pricingMode: 'per-second', costMin: 2.5, costMax: 4 }])
    await submit({ model, prompt: 'x', veoParams: { generate_audio: false, duration: 6 } })
    server.setPrice({ pricingMode: 'flat', credits: 9 })
    await submit({ model, prompt: 'x' })
    expect(server.bill.owed()).toBe(15 + 9)
    const list = await apiframe({ modelsShape: 'list' })
    expect(JSON.parse((await list.at('/v2/models')).text)).toHaveLength(1)
  })
})

describe('scripts', () => {
  const ended = async (plan: ApiframePlan, options: ApiframeOptions = {}) => {
    const all = await apiframe(options)
    all.server.jobs.script('', plan)
    const id = await all.started()
    all.server.clock.advance(60_000)
    return { ...all, id, job: await all.poll(id) }
  }

  test.each([
    ['string', expect.any(String)],
    ['video_url', { video_url: expect.any(String) }],
    ['url', { url: expect.any(String) }],
    ['videos', { videos: [expect.any(String)] }],
    ['urls', { urls: [expect.any(String)] }],
    ['array', [expect.any(String)]],
  ] as const)('result shape %s', async (resultShape, shape) => {
    expect((await ended({ resultShape })).job.result).toEqual(shape)
  })

  test('failed, refunded or not, cancelled, completed without an address', async () => {
    const failure = { code: 'blocked', message: 'Blocked by the safety filter' }
    const free = await ended({ end: 'failed', failure })
    expect(free.job).toMatchObject({ status: 'FAILED', error: failure.message, creditCost: null })
    expect(free.server.bill.owed()).toBe(0)
    const billed = await ended({ end: 'failed', billedAnyway: true })
    expect(billed.job).toMatchObject({ status: 'FAILED', creditCost: 8 })
    expect(billed.server.bill.owed()).toBe(8)
    expect((await ended({ end: 'cancelled' })).job.status).toBe('CANCELLED')
    expect((await ended({ withoutUrl: true })).job.result).toBeUndefined()
  })

  test('progress goes backwards or is missing', async () => {
    const { poll, id, job } = await ended({ progress: [50, 20, 'missing', 30] })
    const seen = [job.progress]
    for (let i = 0; i < 4; i += 1) seen.push((await poll(id)).progress)
    expect(seen).toEqual([50, 20, undefined, 30, 30])
  })

  test('after 24 h the job says expired and its address is 404; at once on command', async () => {
    const { server, poll, id, job } = await ended({})
    const { videoUrl } = videoUrlShape.parse(job.result)
    expect((await send(videoUrl)).status).toBe(200)
    server.clock.advance(24 * 60 * 60 * 1000)
    expect((await poll(id)).expired).toBe(true)
    expect((await send(videoUrl)).status).toBe(404)
    const early = await ended({})
    const made = early.server.jobs.find('studio', early.id)
    early.server.host.purge(made?.fileId ?? '')
    expect((await early.poll(early.id)).expired).toBe(true)
  })
})

describe('uploads', () => {
  test('are told in full and gone after an hour', async () => {
    const { server, upload, started, poll } = await apiframe()
    const answer = await upload('a.png', 'application/octet-stream')
    expect(answer.status).toBe(201)
    const told = uploadShape.parse(JSON.parse(answer.text))
    expect(told).toMatchObject({ kind: 'image', contentType: 'image/png', byteSize: fixture('a.png').length })
    expect(Date.parse(told.expiresAt)).toBe(server.clock.now() + 3_600_000)
    server.clock.advance(3_600_000)
    expect((await poll(await started({ image: told.url }))).status).toBe('FAILED')
    expect(server.record.violations).toMatchObject([{ rule: 'picture-unreachable' }])
    expect(server.bill.owed()).toBe(0)
  })

  test.each([
    ['text called a picture', 'text.png', {}],
    ['HEIC', 'heic.heic', {}],
    ['an unknown field', 'a.png', { folder: 'x' }],
  ])('refuse %s', async (_what, name, fields) => {
    const { upload } = await apiframe()
    expect((await upload(name, 'image/png', fields)).status).toBe(400)
  })

  test('refuse a picture over 25 MB, but not a video', async () => {
    const { at } = await apiframe()
    const big = async (name: string) => {
      const bytes = Buffer.concat([fixture(name), Buffer.alloc(25_000_000)])
      const { headers, body } = await form({ name, type: 'application/octet-stream', bytes })
      return at('/v2/uploads', { method: 'POST', headers, bytes: body })
    }
    expect((await big('a.png')).status).toBe(400)
    expect((await big('clip.mp4')).status).toBe(201)
  })
})
