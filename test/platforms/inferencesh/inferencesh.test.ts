import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folder'
import { secondsOf } from '../asked-clip'
import { readBill } from '../bill'
import { send } from '../client'
import { createInferenceshServer, inferenceshPracticeKey } from './inferencesh'
import { app, auth, dataOf, inferencesh, taskShape } from './inferencesh-client'
import type { InferenceshPlan } from './inferencesh-view'
import { createPlatformState } from '../jobs'

describe('a submit', () => {
  test('first and last frame: accepted, pictures fetched, billed by the page, on disk before the answer', async () => {
    const billFile = join(temporaryFolder(), 'bill.json')
    const { server, submit, poll, uploaded } = await inferencesh({ billFile })
    const first = await uploaded()
    const last = await uploaded('portrait.jpg', 'image/jpeg')
    const input = { prompt: 'Dawn intent:one', image: first.uri, last_frame: last.uri, duration: 4 }
    const answer = await submit({ ...input, resolution: '4k', generate_audio: true })
    expect(answer.status).toBe(200)
    const task = taskShape.parse(dataOf(answer.text))
    expect(task).toMatchObject({ status: 1, status_text: 'received', output: null })
    expect(task).not.toHaveProperty('error')
    expect(server.record.pictures.map(({ url }) => url).toSorted()).toEqual([first.uri, last.uri].toSorted())
    expect(server.record.violations).toEqual([])
    const [post, accepted] = readBill(billFile)
    expect(post).toMatchObject({ event: 'post', intent: 'one', amount: 0, platform: 'inferencesh' })
    expect(accepted).toMatchObject({
      event: 'accepted',
      intent: 'one',
      amount: 1_400_000,
      unit: 'microdollar',
    })

    const seen: number[] = []
    for (let i = 0; i < 20; i += 1) {
      const { status } = await poll(task.id)
      if (seen.at(-1) !== status) seen.push(status)
      server.clock.advance(3000)
    }
    expect(seen).toEqual([1, 2, 3, 4, 7, 9])
    const done = await poll(task.id)
    expect(done).toMatchObject({ status: 10, status_text: 'completed', input: { resolution: '4k' } })
    const [url = ''] = done.output?.videos ?? []
    expect(await secondsOf((await send(url)).bytes)).toBeCloseTo(4, 3)
    expect(server.bill.owed()).toBe(1_400_000)
  })

  test('costs what page 004 says, and each of several videos, which is recorded', async () => {
    const { server, submit, started, poll } = await inferencesh()
    for (const resolution of ['720p', '1080p', '4k']) {
      for (const generate_audio of [false, true]) {
        for (const duration of [4, 6, 8]) await submit({ prompt: 'x', resolution, generate_audio, duration })
      }
    }
    expect(server.record.violations).toEqual([])
    const id = await started({ prompt: 'x', num_videos: 3 })
    const cents = server.bill
      .lines()
      .flatMap((line) => (line.event === 'accepted' ? [line.amount / 10_000] : []))
    const low = [40, 60, 80, 100, 150, 200]
    expect(cents).toEqual([...low, ...low, 120, 180, 240, 140, 210, 280, 240])
    expect(server.record.violations).toMatchObject([{ rule: 'several-videos-asked' }])
    server.clock.advance(60_000)
    expect((await poll(id)).output?.videos).toHaveLength(3)
  })

  test.each([
    ['an unknown key', { prompt: 'x', seed: 1 }],
    ['4K', { prompt: 'x', resolution: '4K' }],
    ['1:1', { prompt: 'x', aspect_ratio: '1:1' }],
    ['a duration as text', { prompt: 'x', duration: '8' }],
    ['half a second', { prompt: 'x', duration: 4.5 }],
    ['9 seconds', { prompt: 'x', duration: 9 }],
    ['no prompt', { duration: 4 }],
    ['five videos', { prompt: 'x', num_videos: 5 }],
    ['another person setting', { prompt: 'x', person_generation: 'dont_allow' }],
    ['a data URI', { prompt: 'x', image: 'data:image/png;base64,AAAA' }],
    ['a path', { prompt: 'x', image: './a.png' }],
    ['a last frame alone', { prompt: 'x', last_frame: 'https://example.com/a.png' }],
    ['a video with a frame', { prompt: 'x', video: 'https://e.com/a.mp4', image: 'https://e.com/a.png' }],
    ['a list', []],
  ])('is refused with %s', async (_what, input) => {
    const { server, submit } = await inferencesh()
    const answer = await submit(input)
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(answer.text)).toEqual({
      type: 'https://api.inference.sh/errors/invalid_request',
      title: 'Bad Request',
      status: 400,
      detail: expect.any(String),
    })
    expect(server.bill.accepted().size).toBe(0)
  })

  test('knows its own keys and its own app only', async () => {
    const { at } = await inferencesh()
    const run = async (body: unknown) => (await at('/apps/run', { method: 'POST', body })).status
    const input = { prompt: 'x' }
    expect(await run({ app, input, wait: false })).toBe(200)
    expect(await run({ app, input, priority: 1 })).toBe(400)
    expect(await run({ app, ...input })).toBe(400)
    expect(await run({ app: 'google/veo-3-1', input })).toBe(404)
    expect(await run('{"app":')).toBe(415)
    expect((await at('/v1/apps/google/veo-3-1-fast/run', { method: 'POST', body: input })).status).toBe(404)
    const headers = { 'content-type': 'application/json' }
    expect((await at('/apps/run', { method: 'POST', headers, body: '{"app":' })).status).toBe(400)
  })

  test("the page's own curl example, under its knob", async () => {
    const { server, at, submit, poll } = await inferencesh({ submitPath: 'page' })
    const prompt =
      'A timelapse of clouds rolling over mountain peaks, dramatic lighting shifts from golden to deep purple as the sun sets'
    const body = { prompt, resolution: '1080p', generate_audio: true }
    const path = '/v1/apps/google/veo-3-1-fast/run'
    const { id } = taskShape.parse(dataOf((await at(path, { method: 'POST', body })).text))
    expect(await poll(id)).toMatchObject({ input: body })
    expect([...server.bill.accepted()]).toEqual([[prompt, 1]])
    expect(server.bill.owed()).toBe(2_000_000)
    expect((await at(path, { method: 'POST', body: { app, input: body } })).status).toBe(400)
    expect((await submit(body)).status).toBe(404)
  })

  test.each([5, 7])('%i seconds fit the schema, and Google refuses them free of charge', async (duration) => {
    const { server, started, poll } = await inferencesh()
    const id = await started({ prompt: 'x', duration })
    expect((await poll(id)).status).toBe(1)
    server.clock.advance(60_000)
    const task = await poll(id)
    expect(task).toMatchObject({ status: 11, output: null })
    expect(task.error).toContain('supported durations are [4,6,8]')
    expect(server.bill.owed()).toBe(0)
  })

  test('is answered 402 without money; with too many tasks it stays queued', async () => {
    const poor = await inferencesh({ balance: 800_000 })
    expect((await poor.submit({ prompt: 'x' })).status).toBe(200)
    expect((await poor.submit({ prompt: 'x' })).status).toBe(402)
    const busy = await inferencesh({ maxUnfinished: 1 })
    await busy.submit({ prompt: 'x' })
    busy.server.clock.advance(40_000)
    const id = await busy.started({ prompt: 'y' })
    busy.server.clock.advance(19_999)
    expect((await busy.poll(id)).status).toBe(2)
    busy.server.clock.advance(1)
    expect((await busy.poll(id)).status).toBe(1)
    busy.server.clock.advance(60_000)
    expect((await busy.poll(id)).status).toBe(10)
  })

  test('counts every post and every task of an intent', async () => {
    const { server, submit } = await inferencesh()
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
  test.each([
    ['no key', {}],
    ["another platform's header", { 'x-api-key': inferenceshPracticeKey }],
    ['no scheme', { authorization: inferenceshPracticeKey }],
    ['a key of another form', { authorization: 'Bearer sk-practice' }],
    ['a wrong key', { authorization: 'Bearer inf_nonsense' }],
  ])('%s is answered 401', async (_what, headers) => {
    const given = [inferenceshPracticeKey, 'sk-practice']
    const { server } = await inferencesh({ keys: given.map((key) => ({ key, account: 'studio' })) })
    const body = { app, input: { prompt: 'x' } }
    const answer = await send(`${server.origin}/apps/run`, { method: 'POST', headers, body })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'https://api.inference.sh/errors/unauthorized' })
  })

  test('a key on the storage, in an address or in a body is recorded', async () => {
    const { server, at, submit, uploaded } = await inferencesh()
    const { uri } = await uploaded()
    await send(uri, { headers: auth })
    await at(`/tasks/${inferenceshPracticeKey}`)
    await submit({ prompt: `my key is ${inferenceshPracticeKey}` })
    await at('/billing/balance', { headers: { 'x-debug': inferenceshPracticeKey } })
    expect(server.record.violations.map(({ rule }) => rule)).toEqual([
      'key-on-result-host',
      'key-in-url',
      'key-in-body',
      'key-in-other-header',
    ])
  })

  test("another account's key sees no task, a key taken back sees nothing", async () => {
    const keys = [
      { key: inferenceshPracticeKey, account: 'studio' },
      { key: 'inf_other', account: 'elsewhere' },
    ]
    const { server, at, started } = await inferencesh({ keys })
    const id = await started({ prompt: 'x' })
    const other = { headers: { authorization: 'Bearer inf_other' } }
    for (const path of [`/tasks/${id}`, `/tasks/${id}/status`])
      expect((await at(path, other)).status).toBe(404)
    expect((await at(`/tasks/${id}/cancel`, { ...other, method: 'POST' })).status).toBe(404)
    server.keys.delete(inferenceshPracticeKey)
    expect((await at(`/tasks/${id}`)).status).toBe(401)
    server.keys.set('inf_fresh', 'studio')
    expect((await at(`/tasks/${id}`, { headers: { authorization: 'Bearer inf_fresh' } })).status).toBe(200)
  })
})

test('tasks, uploads and the bill survive a restart with the same state, and only then', async () => {
  const billFile = join(temporaryFolder(), 'bill.json')
  const state = createPlatformState<InferenceshPlan>()
  const before = await createInferenceshServer({ state, billFile })
  const body = { app, input: { prompt: 'x' } }
  const answer = await send(`${before.origin}/apps/run`, { method: 'POST', headers: auth, body })
  const { id } = taskShape.parse(dataOf(answer.text))
  await before.close()
  const after = await inferencesh({ state, billFile })
  expect((await after.poll(id)).status).toBe(1)
  expect(after.server.bill.owed()).toBe(800_000)
  const amnesiac = await inferencesh()
  expect((await amnesiac.at(`/tasks/${id}`)).status).toBe(404)
})
