import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folder'
import { secondsOf } from '../asked-clip'
import { readBill } from '../bill'
import { send } from '../client'
import { createPlatformState } from '../jobs'
import { createKreaServer, kreaPracticeKey } from './krea'
import { auth, jobShape, krea, path, uploaded, urlsShape } from './krea-client'
import type { KreaPlan } from './krea-view'

describe('a submit', () => {
  test('first and last frame: accepted, pictures fetched, billed by the price list, on disk before the answer', async () => {
    const billFile = join(temporaryFolder(), 'bill.json')
    const { server, at, submit, poll } = await krea({ billFile })
    const first = await uploaded(at)
    const last = await uploaded(at, 'b.png')
    const body = {
      prompt: 'Dawn intent:one',
      start_image: first.image_url,
      end_image: last.image_url,
      duration: 4,
    }
    const answer = await submit({ ...body, resolution: '4K', generate_audio: true })
    expect(answer.status).toBe(200)
    const job = JSON.parse(answer.text)
    expect(job).toMatchObject({ status: 'backlogged', completed_at: null, result: null })
    expect(Object.keys(job).toSorted()).toEqual(['completed_at', 'created_at', 'job_id', 'result', 'status'])
    expect(server.record.pictures.map(({ url }) => url)).toEqual([first.image_url, last.image_url])
    expect(server.record.violations).toEqual([])
    const [post, accepted] = readBill(billFile)
    expect(post).toMatchObject({ event: 'post', intent: 'one', amount: 0 })
    expect(accepted).toMatchObject({
      event: 'accepted',
      intent: 'one',
      amount: 1_260_000,
      unit: 'microdollar',
    })

    const seen: string[] = []
    for (let i = 0; i < 7; i += 1) {
      seen.push((await poll(job.job_id)).status)
      server.clock.advance(10_000)
    }
    expect(seen).toEqual([
      'backlogged',
      'queued',
      'scheduled',
      'processing',
      'sampling',
      'intermediate-complete',
      'completed',
    ])
    const [url = ''] = urlsShape.parse((await poll(job.job_id)).result?.urls)
    expect(await secondsOf((await send(url)).bytes)).toBeCloseTo(4, 3)
    expect(server.bill.owed()).toBe(1_260_000)
  })

  test('costs what page 002 says, all 18 prices', async () => {
    const { server, submit } = await krea()
    for (const resolution of ['720p', '1080p', '4K']) {
      for (const generate_audio of [false, true]) {
        for (const duration of [4, 6, 8]) await submit({ prompt: 'x', resolution, generate_audio, duration })
      }
    }
    const amounts = server.bill
      .lines()
      .flatMap((line) => (line.event === 'accepted' ? [line.amount / 1000] : []))
    expect(amounts).toEqual([
      336, 504, 672, 420, 630, 840, 420, 630, 840, 504, 756, 1008, 1050, 1575, 2100, 1260, 1890, 2520,
    ])
  })

  test.each([
    ['an unknown key', { prompt: 'x', seed: 1 }],
    ['an expired alias', { prompt: 'x', startImage: 'https://example.com/a.png' }],
    ['an undocumented video field', { prompt: 'x', start_video: null }],
    ['4k', { prompt: 'x', resolution: '4k' }],
    ['a duration as text', { prompt: 'x', duration: '8' }],
    ['5 seconds', { prompt: 'x', duration: 5 }],
    ['another ratio', { prompt: 'x', aspect_ratio: '1:1' }],
    ['no prompt', { duration: 4 }],
    ['a data URI', { prompt: 'x', start_image: 'data:image/png;base64,AAAA' }],
    ['a list', []],
  ])('is refused with %s', async (_what, body) => {
    const { server, submit } = await krea()
    const answer = await submit(body)
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) })
    expect(server.bill.accepted().size).toBe(0)
  })

  test.each([
    ['no key', {}],
    ["another platform's header", { 'x-api-key': kreaPracticeKey }],
    ['no scheme', { authorization: kreaPracticeKey }],
    ['a wrong key', { authorization: 'Bearer nonsense' }],
  ])('is answered 401 with %s', async (_what, headers) => {
    const { server } = await krea()
    const answer = await send(`${server.origin}${path}`, { method: 'POST', headers, body: { prompt: 'x' } })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) })
  })

  test('needs its content type and valid JSON', async () => {
    const { at } = await krea()
    expect((await at(path, { method: 'POST', body: '{"prompt":"x"}' })).status).toBe(415)
    const headers = { 'content-type': 'application/json' }
    expect((await at(path, { method: 'POST', headers, body: '{"prompt":' })).status).toBe(400)
  })

  test('is answered 402 without money and 429 with too many jobs', async () => {
    const poor = await krea({ balance: 700_000 })
    expect((await poor.submit({ prompt: 'x' })).status).toBe(200)
    expect((await poor.submit({ prompt: 'x' })).status).toBe(402)
    const busy = await krea({ maxUnfinished: 1 })
    await busy.submit({ prompt: 'x' })
    expect((await busy.submit({ prompt: 'x' })).status).toBe(429)
    busy.server.clock.advance(60_000)
    expect((await busy.submit({ prompt: 'x' })).status).toBe(200)
  })

  test('knobs: combinations, empty prompt, video fields', async () => {
    const body = { prompt: '', end_image: null, reference_images: ['http://127.0.0.1:1/a.png'], duration: 4 }
    const taking = await krea({ videoFields: 'taken' })
    expect((await taking.submit({ ...body, start_video: null })).status).toBe(200)
    expect((await (await krea({ combinations: 'refused' })).submit(body)).status).toBe(400)
    expect((await (await krea({ emptyPrompt: 'refused' })).submit({ prompt: '' })).status).toBe(400)
  })

  test('counts every post and every job of an intent', async () => {
    const { server, submit } = await krea()
    await submit({ prompt: 'twice intent:t' })
    await submit({ prompt: 'twice intent:t' })
    await submit({ prompt: 'never intent:n', nonsense: true })
    expect([...server.bill.posts()]).toEqual([
      ['t', 2],
      ['n', 1],
    ])
    expect([...server.bill.accepted()]).toEqual([['t', 2]])
  })
})

describe('keys', () => {
  test('a key on the result host, in an address or in a body is recorded', async () => {
    const { server, at, submit } = await krea()
    const { image_url } = await uploaded(at)
    await send(image_url, { headers: auth })
    await at(`/jobs?cursor=${kreaPracticeKey}`)
    await submit({ prompt: `my key is ${kreaPracticeKey}` })
    await at('/jobs', { headers: { 'x-debug': kreaPracticeKey } })
    expect(server.record.violations.map(({ rule }) => rule)).toEqual([
      'key-on-result-host',
      'key-in-url',
      'key-in-body',
      'key-in-other-header',
    ])
  })

  test("another account's key sees neither job nor asset, a key taken back sees nothing", async () => {
    const keys = [
      { key: kreaPracticeKey, account: 'studio' },
      { key: 'other', account: 'elsewhere' },
    ]
    const { server, at, started } = await krea({ keys })
    const id = await started({ prompt: 'x' })
    expect((await at(`/jobs/${id}`, { headers: { authorization: 'Bearer other' } })).status).toBe(404)
    server.keys.delete(kreaPracticeKey)
    expect((await at(`/jobs/${id}`)).status).toBe(401)
    server.keys.set('fresh', 'studio')
    expect((await at(`/jobs/${id}`, { headers: { authorization: 'Bearer fresh' } })).status).toBe(200)
  })
})

test('jobs, uploads and the bill survive a restart with the same state, and only then', async () => {
  const billFile = join(temporaryFolder(), 'bill.json')
  const state = createPlatformState<KreaPlan>()
  const before = await createKreaServer({ state, billFile })
  const body = { prompt: 'x' }
  const answer = await send(`${before.origin}${path}`, { method: 'POST', headers: auth, body })
  const { job_id } = jobShape.parse(JSON.parse(answer.text))
  await before.close()
  const after = await krea({ state, billFile })
  expect((await after.poll(job_id)).status).toBe('backlogged')
  expect(after.server.bill.owed()).toBe(672_000)
  const amnesiac = await krea()
  expect((await amnesiac.at(`/jobs/${job_id}`)).status).toBe(404)
})
