import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folder'
import { secondsOf } from '../asked-clip'
import { readBill } from '../bill'
import { send } from '../client'
import { createPlatformState } from '../jobs'
import { createUniallServer, uniallPracticeKey, uniallSubmitPaths } from './uniall'
import { acceptedShape, auth, errorShape, jobShape, text, uniall } from './uniall-client'
import type { UniallPlan } from './uniall-view'

const path = uniallSubmitPaths.generation_mode
const url = 'http://127.0.0.1:1/a.png'
const video = 'http://127.0.0.1:1/a.mp4'

describe('a submit', () => {
  test("the page's own example is taken word for word, walks through its statuses and gives the clip", async () => {
    const { server, submit, poll } = await uniall()
    const example = {
      model: 'veo3.1-fast-video-4k',
      generation_mode: 'text_to_video',
      prompt: 'A cinematic product reveal with soft studio lighting and smooth camera movement.',
      duration: 8,
      resolution: '4k',
      aspect_ratio: '16:9',
      generate_audio: false,
    }
    const answer = await submit(example)
    expect(answer.status).toBe(200)
    const { id, task_id } = acceptedShape.parse(JSON.parse(answer.text))
    expect(task_id).toBe(id)
    expect(await poll(id)).toMatchObject({
      status: 'queued',
      prompt: example.prompt,
      model: example.model,
      video_url: null,
      error: null,
    })
    server.clock.advance(30_000)
    expect(await poll(id)).toMatchObject({ status: 'in_progress', duration: 30, result: null })
    server.clock.advance(60_000)
    const done = await poll(id)
    expect(done).toMatchObject({ status: 'completed', duration: 60, progress: 100 })
    expect(done.result).toEqual({ outputs: [done.video_url], video_url: done.video_url })
    expect(await secondsOf((await send(done.video_url ?? '')).bytes)).toBeCloseTo(8, 3)
    expect(server.bill.owed()).toBe(1_632_000)
    expect(server.record.violations).toEqual([])
  })

  test('first and last frame: pictures fetched, on the bill on disk before the answer', async () => {
    const billFile = join(temporaryFolder(), 'bill.json')
    const { server, started, hosted } = await uniall({ billFile })
    const first_image_url = hosted('a.png', 'image/png')
    const last_image_url = hosted('b.png', 'image/png')
    const body = { ...text, generation_mode: 'first_last_frame', prompt: 'Dawn intent:one' }
    await started({ ...body, first_image_url, last_image_url, duration: 6 })
    expect(server.record.pictures.map((picture) => picture.url)).toEqual([first_image_url, last_image_url])
    const [post, accepted] = readBill(billFile)
    expect(post).toMatchObject({ event: 'post', intent: 'one', amount: 0 })
    const unit = 'microdollar'
    expect(accepted).toMatchObject({ event: 'accepted', intent: 'one', amount: 1_224_000, unit })
  })

  test('costs what the page says at 4K, and something less below', async () => {
    const { server, submit } = await uniall()
    for (const generate_audio of [false, true]) {
      for (const duration of [4, 6, 8]) await submit({ ...text, generate_audio, duration })
    }
    await submit({ ...text, resolution: '1080p' })
    await submit({ ...text, resolution: '720p' })
    const amounts = server.bill
      .lines()
      .flatMap((line) => (line.event === 'accepted' ? [line.amount / 1000] : []))
    expect(amounts).toEqual([816, 1224, 1632, 952, 1428, 1904, 816, 544])
  })

  test.each([
    ['reference_image_to_video', { image_url: url }],
    ['first_last_frame', { first_image_url: url, last_image_url: url }],
    ['reference_media_to_video', { image_url: url }],
    ['reference_media_to_video', { video_url: video }],
    ['reference_media_to_video', { image_url: url, video_url: video }],
    ['video_to_video', { video_url: video }],
  ])('%s takes %o and no other media', async (generation_mode, media) => {
    const { submit } = await uniall()
    const body = { ...text, ...media, generation_mode }
    expect((await submit(body)).status).toBe(200)
    expect((await submit({ ...text, generation_mode })).status).toBe(400)
    for (const extra of ['image_url', 'first_image_url', 'last_image_url', 'video_url']) {
      const fits = generation_mode === 'reference_media_to_video' && /^(image|video)/.test(extra)
      if (extra in body || fits) continue
      expect((await submit({ ...body, [extra]: url })).status).toBe(400)
    }
    for (const missing of Object.keys(media)) {
      const others = Object.keys(media).length > 1 && generation_mode === 'reference_media_to_video'
      expect((await submit({ ...body, [missing]: undefined })).status).toBe(others ? 200 : 400)
    }
  })

  test.each([
    ['an unknown key', { seed: 1 }],
    ['a webhook', { webhook_url: 'https://example.com' }],
    ['a field of the other dialect', { image: url }],
    ['a picture in text mode', { image_url: url }],
    ['an unknown mode', { generation_mode: 'image_to_video', image_url: url }],
    ['no mode', { generation_mode: undefined }],
    ['another model', { model: 'veo3.1-fast-video-720p' }],
    ['4K', { resolution: '4K' }],
    ['a duration as text', { duration: '8' }],
    ['5 seconds', { duration: 5 }],
    ['another ratio', { aspect_ratio: '1:1' }],
    ['no prompt', { prompt: undefined }],
    ['an empty prompt', { prompt: '' }],
    ['sound as text', { generate_audio: 'true' }],
    ['a data URI', { generation_mode: 'reference_image_to_video', image_url: 'data:image/png;base64,AAAA' }],
    ['a file address', { generation_mode: 'video_to_video', video_url: 'file:///tmp/a.mp4' }],
  ])('is refused with %s', async (_what, change) => {
    const { server, submit } = await uniall()
    const answer = await submit({ ...text, ...change })
    expect(answer.status).toBe(400)
    expect(errorShape.parse(JSON.parse(answer.text)).error.type).toBe('invalid_request_error')
    expect(server.bill.accepted().size).toBe(0)
  })

  test('leaving out what has no known default costs the most', async () => {
    const { server, submit } = await uniall()
    const { model, generation_mode, prompt } = text
    expect((await submit({ model, generation_mode, prompt })).status).toBe(200)
    expect(server.bill.owed()).toBe(1_904_000)
  })

  test.each([
    ['no key', {}],
    ["another platform's header", { 'x-api-key': uniallPracticeKey }],
    ['no scheme', { authorization: uniallPracticeKey }],
    ['a wrong key', { authorization: 'Bearer sk-nonsense' }],
  ])('is answered 401 with %s', async (_what, headers) => {
    const { server } = await uniall()
    const answer = await send(`${server.origin}${path}`, { method: 'POST', headers, body: text })
    expect(answer.status).toBe(401)
    expect(errorShape.parse(JSON.parse(answer.text)).error.code).toBe('invalid_api_key')
    expect((await send(`${server.origin}/v1/models`, { headers })).status).toBe(401)
  })

  test('needs its content type and valid JSON', async () => {
    const { at } = await uniall()
    expect((await at(path, { method: 'POST', body: JSON.stringify(text) })).status).toBe(415)
    const headers = { 'content-type': 'application/json' }
    expect((await at(path, { method: 'POST', headers, body: '{"prompt":' })).status).toBe(400)
  })

  test('is answered 402 without money and 429 with too many jobs', async () => {
    const poor = await uniall({ balance: 2_000_000 })
    expect((await poor.submit(text)).status).toBe(200)
    const refused = await poor.submit(text)
    expect(refused.status).toBe(402)
    expect(errorShape.parse(JSON.parse(refused.text)).error.code).toBe('insufficient_quota')
    const busy = await uniall({ maxUnfinished: 1 })
    await busy.submit(text)
    expect((await busy.submit(text)).status).toBe(429)
    busy.server.clock.advance(60_000)
    expect((await busy.submit(text)).status).toBe(200)
  })

  test('knob: combinations', async () => {
    const { submit } = await uniall({ combinations: 'refused' })
    const body = { ...text, generation_mode: 'reference_media_to_video', image_url: url, duration: 4 }
    expect((await submit(body)).status).toBe(400)
    expect((await submit({ ...body, duration: 8 })).status).toBe(200)
  })

  test('counts every post and every job of an intent', async () => {
    const { server, submit } = await uniall()
    await submit({ ...text, prompt: 'twice intent:t' })
    await submit({ ...text, prompt: 'twice intent:t' })
    await submit({ ...text, prompt: 'never intent:n', nonsense: true })
    expect([...server.bill.posts()]).toEqual([
      ['t', 2],
      ['n', 1],
    ])
    expect([...server.bill.accepted()]).toEqual([['t', 2]])
  })
})

describe('what is not there', () => {
  test.each([
    ['a list', 'GET', '/v1/videos'],
    ['a cancel', 'DELETE', '/v1/videos/x'],
    ['an upload', 'POST', '/v1/files'],
    ['a poll under tasks', 'GET', '/v1/tasks/x'],
    ["the other dialect's submit", 'POST', uniallSubmitPaths.docs],
  ])('%s is a 404 without a word about a task', async (_what, method, to) => {
    const { at } = await uniall()
    const answer = await at(to, { method, ...(method === 'POST' ? { body: text } : {}) })
    expect(answer.status).toBe(404)
    expect(errorShape.parse(JSON.parse(answer.text)).error.message).not.toMatch(/task/i)
  })

  test('a path that is not there may be echoed', async () => {
    const { at } = await uniall({ missingRoute: 'echo' })
    expect((await at('/v1/videos')).text).toContain('Invalid URL (GET /v1/videos)')
    expect((await at('/v1/tasks/x')).text).toContain('Invalid URL (GET /v1/tasks/x)')
  })
})

describe('keys', () => {
  test('the list of models tests a key', async () => {
    const { at } = await uniall()
    const answer = await at('/v1/models')
    expect(answer.status).toBe(200)
    const listed = { id: 'veo3.1-fast-video-4k', object: 'model', owned_by: 'uniall' }
    expect(JSON.parse(answer.text)).toMatchObject({
      object: 'list',
      data: expect.arrayContaining([expect.objectContaining(listed)]),
    })
  })

  test('a key on the result host, in an address or in a body is recorded', async () => {
    const { server, at, submit, hosted } = await uniall()
    await send(hosted('a.png', 'image/png'), { headers: auth })
    await at(`/v1/models?key=${uniallPracticeKey}`)
    await submit({ ...text, prompt: `my key is ${uniallPracticeKey}` })
    await at('/v1/models', { headers: { 'x-debug': uniallPracticeKey } })
    expect(server.record.violations.map(({ rule }) => rule)).toEqual([
      'key-on-result-host',
      'key-in-url',
      'key-in-body',
      'key-in-other-header',
    ])
  })

  test("another account's key sees no job, a key taken back sees nothing", async () => {
    const keys = [
      { key: uniallPracticeKey, account: 'studio' },
      { key: 'other', account: 'elsewhere' },
    ]
    const { server, at, started } = await uniall({ keys })
    const id = await started(text)
    const foreign = await at(`/v1/videos/${id}`, { headers: { authorization: 'Bearer other' } })
    expect(foreign.status).toBe(404)
    server.keys.delete(uniallPracticeKey)
    expect((await at(`/v1/videos/${id}`)).status).toBe(401)
    server.keys.set('fresh', 'studio')
    const fresh = await at(`/v1/videos/${id}`, { headers: { authorization: 'Bearer fresh' } })
    expect(fresh.status).toBe(200)
  })
})

test('jobs and the bill survive a restart with the same state, and only then', async () => {
  const billFile = join(temporaryFolder(), 'bill.json')
  const state = createPlatformState<UniallPlan>()
  const before = await createUniallServer({ state, billFile })
  const answer = await send(`${before.origin}${path}`, { method: 'POST', headers: auth, body: text })
  const { task_id } = acceptedShape.parse(JSON.parse(answer.text))
  await before.close()
  const after = await uniall({ state, billFile })
  expect(jobShape.parse(await after.poll(task_id)).status).toBe('queued')
  expect(after.server.bill.owed()).toBe(1_632_000)
  const amnesiac = await uniall()
  const gone = await amnesiac.at(`/v1/videos/${task_id}`)
  expect(gone.status).toBe(404)
  expect(JSON.parse(gone.text)).toMatchObject({
    error: { message: `Task ${task_id} not found`, code: 'task_not_found' },
  })
})
