import { describe, expect, onTestFinished, test } from 'vitest'
import { failure, htmlPage, json, malformedJson } from './answer'
import { apiframePracticeKey, createApiframeServer } from './apiframe/apiframe'
import { http2Session, keptAlive, send, send2, type Sent } from './client'
import { createClock } from './clock'
import { createKreaServer, kreaPracticeKey, type KreaOptions } from './krea/krea'

const path = '/generate/video/google/veo-3.1-fast'
const headers = { authorization: `Bearer ${kreaPracticeKey}` }
const submit = { method: 'POST', headers, body: { prompt: 'x intent:i' } }

async function krea(options: KreaOptions = {}) {
  const server = await createKreaServer(options)
  onTestFinished(() => server.close())
  const at = (to: string, sent: Sent = {}) => send(`${server.origin}${to}`, { headers, ...sent })
  return {
    server,
    at,
    jobs: () => server.bill.accepted().get('i') ?? 0,
    posts: () => server.bill.posts().get('i') ?? 0,
  }
}

async function krea2() {
  const all = await krea({ http2: true })
  const { secure } = all.server
  if (!secure) throw new Error('no second door')
  return { ...all, secure, session: await http2Session(secure) }
}

describe('HTTP/1', () => {
  test.each([false, true])('the connection is cut without an answer, job made: %s', async (acted) => {
    const { server, at, jobs } = await krea()
    server.faults.add({ kind: 'cut', acted }, { route: 'submit' })
    await expect(at(path, submit)).rejects.toThrow('socket hang up')
    expect(jobs()).toBe(acted ? 1 : 0)
    expect(server.record.requests.at(-1)?.status).toBeNull()
    expect((await at(path, submit)).status).toBe(200)
  })

  test('the connection is cut in the answer', async () => {
    const { server, at, jobs } = await krea()
    server.faults.add({ kind: 'cut-in-answer' })
    await expect(at(path, submit)).rejects.toThrow('aborted')
    expect(jobs()).toBe(1)
  })

  test.each([false, true])('a kept-alive connection is closed on reuse only, job made: %s', async (acted) => {
    const { server, at, jobs } = await krea()
    server.faults.add({ kind: 'stale-socket', acted }, { route: 'submit' })
    const agent = keptAlive()
    expect((await at('/jobs', { agent })).status).toBe(200)
    await expect(at(path, { ...submit, agent })).rejects.toThrow('socket hang up')
    expect(jobs()).toBe(acted ? 1 : 0)
    expect((await at(path, { ...submit, agent })).status).toBe(200)
    expect(server.record.requests.map(({ socketUse }) => socketUse)).toEqual([1, 2, 1])
  })

  test('HTTP/2 faults leave it alone', async () => {
    const { server, at } = await krea()
    server.faults.add({ kind: 'refused-stream', acted: true })
    server.faults.add({ kind: 'goaway', acted: true })
    expect((await at(path, submit)).status).toBe(200)
    expect(server.faults.left()).toBe(2)
    server.faults.clear()
    expect(server.faults.left()).toBe(0)
  })

  test.each([false, true])(
    'an answer is held back until it is let go, job made meanwhile: %s',
    async (acted) => {
      const { server, at, jobs } = await krea()
      const { promise, resolve } = Promise.withResolvers<void>()
      server.faults.add({ kind: 'hold', acted, until: promise }, { route: 'submit' })
      const held = at(path, submit)
      while (server.faults.left() > 0) await at('/jobs')
      expect(jobs()).toBe(acted ? 1 : 0)
      resolve()
      expect((await held).status).toBe(200)
      expect(jobs()).toBe(1)
    },
  )

  test('the TLS door speaks HTTP/1 too', async () => {
    const { secure } = await krea2()
    const { request } = await import('node:https')
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
    const sent = request(`${secure.origin}/jobs`, { ca: secure.ca, headers, agent: false })
    sent.once('response', (answer) => resolve(answer.resume().statusCode)).once('error', reject)
    sent.end()
    expect(await promise).toBe(200)
  })
})

describe('HTTP/2', () => {
  test('serves the same platform', async () => {
    const { server, session } = await krea2()
    expect((await send2(session, path, submit)).status).toBe(200)
    expect((await send2(session, '/jobs')).status).toBe(401)
    expect(server.record.requests.map(({ http, socketUse }) => [http, socketUse])).toEqual([
      [2, 1],
      [2, 2],
    ])
  })

  test.each([false, true])('REFUSED_STREAM, job made: %s; the session lives on', async (acted) => {
    const { server, session, jobs } = await krea2()
    server.faults.add({ kind: 'refused-stream', acted })
    await expect(send2(session, path, submit)).rejects.toThrow('NGHTTP2_REFUSED_STREAM')
    expect(jobs()).toBe(acted ? 1 : 0)
    expect((await send2(session, path, submit)).status).toBe(200)
  })

  test.each([false, true])('GOAWAY that disowns the stream, job made: %s', async (acted) => {
    const { server, session, jobs, secure } = await krea2()
    await send2(session, '/jobs', { headers })
    const { promise, resolve } = Promise.withResolvers<readonly [number, number | undefined]>()
    session.once('goaway', (code, lastStream) => resolve([code, lastStream]))
    server.faults.add({ kind: 'goaway', acted })
    await expect(send2(session, path, submit)).rejects.toThrow('NGHTTP2_REFUSED_STREAM')
    expect(await promise).toEqual([0, 1])
    expect(jobs()).toBe(acted ? 1 : 0)
    expect((await send2(await http2Session(secure), path, submit)).status).toBe(200)
  })

  test('GOAWAY on the first stream of a session disowns it too', async () => {
    const { server, session, jobs } = await krea2()
    server.faults.add({ kind: 'goaway', acted: false })
    await expect(send2(session, path, submit)).rejects.toThrow('NGHTTP2_REFUSED_STREAM')
    expect(jobs()).toBe(0)
  })

  test('the connection is cut, with or without half an answer', async () => {
    const { server, session, jobs, secure } = await krea2()
    server.faults.add({ kind: 'cut', acted: true })
    await expect(send2(session, path, submit)).rejects.toThrow()
    expect(jobs()).toBe(1)
    server.faults.add({ kind: 'cut-in-answer' })
    const half = await send2(await http2Session(secure), path, submit)
    expect(half.bytes.length).toBe(Math.ceil(half.promised / 2))
    expect(jobs()).toBe(2)
  })
})

describe('wrong answers', () => {
  test.each([
    ['2xx without an id', json(200, { status: 'queued' }), true],
    ['malformed JSON', malformedJson(200), true],
    ['an HTML page', htmlPage(502), false],
    ['500', failure(500, 'Internal error'), true],
    ['429', failure(429, 'Too many', 12), false],
    ['401', failure(401, 'Invalid'), false],
    ['402', failure(402, 'You have run out of credits'), false],
    ['the model is gone', failure(404, 'google/veo-3.1-fast is no longer available'), false],
  ])('%s', async (_what, answer, acted) => {
    const { server, at, jobs, posts } = await krea()
    server.faults.add({ kind: 'answer', acted, answer }, { route: 'submit' })
    const got = await at(path, submit)
    expect(got.status).toBe(answer.status)
    expect(got.text).toBe('json' in answer.body ? JSON.stringify(answer.body.json) : answer.body.text)
    expect(got.headers['retry-after']).toBe(answer.headers?.['retry-after'])
    expect(jobs()).toBe(acted ? 1 : 0)
    expect(posts()).toBe(1)
  })

  test('befall the route, the intent and the number of requests they were armed for', async () => {
    const { server, at } = await krea()
    const job = JSON.parse((await at(path, submit)).text)
    const other = JSON.parse((await at(path, { ...submit, body: { prompt: 'intent:other' } })).text)
    server.faults.add(
      { kind: 'answer', acted: false, answer: failure(503, 'x') },
      { route: 'job', intent: 'i', times: 3 },
    )
    const statuses: number[] = []
    for (const id of [other.job_id, job.job_id, job.job_id, other.job_id, job.job_id, job.job_id]) {
      statuses.push((await at(`/jobs/${id}`)).status)
    }
    expect(statuses).toEqual([200, 503, 503, 200, 503, 200])
  })

  test('a fault on an idempotent submit: the same key finds the job again', async () => {
    const server = await createApiframeServer()
    onTestFinished(() => server.close())
    server.faults.add({ kind: 'answer', acted: true, answer: failure(503, 'Queue down') })
    const again = { 'x-api-key': apiframePracticeKey, 'idempotency-key': 'k' }
    const sent = { method: 'POST', headers: again, body: { model: 'veo-3.1-fast', prompt: 'x' } }
    expect((await send(`${server.origin}/v2/videos/generate`, sent)).status).toBe(503)
    expect((await send(`${server.origin}/v2/videos/generate`, sent)).status).toBe(202)
    expect([server.bill.posts().get('k'), server.bill.accepted().get('k')]).toEqual([2, 1])
  })
})

describe('the clock', () => {
  test('the Date header follows it, skewed or left out', async () => {
    const { server, at } = await krea()
    const date = async () => (await at('/jobs')).headers.date
    expect(await date()).toBe('Sat, 21 Nov 2026 12:00:00 GMT')
    server.clock.advance(1000)
    server.setDateSkew(-3_600_000)
    expect(await date()).toBe('Sat, 21 Nov 2026 11:00:01 GMT')
    server.setDateSkew(null)
    expect(await date()).toBeUndefined()
  })

  test('may tick by itself', () => {
    let base = 5
    const clock = createClock(() => base)
    clock.advance(10)
    base = 6
    expect(clock.now()).toBe(16)
  })
})

test('a rate limit answers 429 with the seconds to wait, by the platform clock', async () => {
  const { server, at, jobs, posts } = await krea({ requestsPerMinute: 2 })
  await at('/jobs')
  server.clock.advance(20_000)
  await at('/jobs')
  const refused = await at(path, submit)
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '40' } })
  expect([posts(), jobs()]).toEqual([1, 0])
  server.clock.advance(40_000)
  expect((await at(path, submit)).status).toBe(200)
})
