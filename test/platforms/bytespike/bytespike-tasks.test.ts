import { describe, expect, test } from 'vitest'
import type { BytespikeOptions } from './bytespike'
import { bytespike, linkOf, refusal, small, smallB, submitPath, taskShape } from './bytespike-client'
import type { BytespikePlan } from './bytespike-view'
import { send } from '../client'

describe('dialect A beside the others', () => {
  test.each([
    ['the query of B', '/v1/tasks/query', 'POST', { task_id: 'task_x' }],
    ["C's submit", '/v1/videos/generations', 'POST', small],
    ['a list', '/v1/tasks', 'GET', undefined],
    ['the balance that one page denies', '/v1/balance', 'GET', undefined],
  ])('has no route for %s', async (_what, path, method, body) => {
    const { at } = await bytespike()
    expect(refusal(await at(path, { method, body }))).toMatchObject({ status: 404, code: 'route_not_found' })
  })

  test('a query names one task by task_id', async () => {
    const { query } = await bytespike()
    const unknown = refusal(await query({ task_id: 'task_nobody' }))
    expect(unknown).toMatchObject({ status: 404, code: 'not_found' })
    const wrong: Readonly<Record<string, string>>[] = [
      {},
      { id: 'task_x' },
      { task_id: 'task_x', verbose: '1' },
      { out_task_id: 'x' },
    ]
    for (const ref of wrong) expect(refusal(await query(ref)).status).toBe(400)
  })

  test('out_task_id is taken and idempotent when the knob says so', async () => {
    const { server, started } = await bytespike({ outTaskIdInA: 'taken' })
    const id = await started({ ...small, out_task_id: 'mine' })
    expect(await started({ ...small, out_task_id: 'mine' })).toBe(id)
    expect(server.bill.accepted().get('mine')).toBe(1)
  })

  test('the times of the sibling pages', async () => {
    const { server, submit, poll } = await bytespike({ times: 'shown' })
    const answer = JSON.parse((await submit(small)).text)
    expect(answer.submitted_at).toBe('2026-11-21T12:00:00.000Z')
    server.clock.advance(30_000)
    expect(await poll(answer.task_id)).toMatchObject({ completed_at: '2026-11-21T12:00:30.000Z' })
  })
})

describe('dialect B', () => {
  const dialect = 'B'

  test('from submit to clip, by either id', async () => {
    const { server, submit, query } = await bytespike({ dialect })
    const answer = await submit({ ...smallB, out_task_id: 'mine' })
    const task_id: unknown = expect.stringMatching(/^task_/)
    expect(JSON.parse(answer.text)).toEqual({
      task_id,
      out_task_id: 'mine',
      status: 'pending',
      estimated_credits: 0.18,
      estimated_seconds: 30,
    })
    server.clock.advance(3000)
    const running = JSON.parse((await query({ out_task_id: 'mine' })).text)
    expect(running).toEqual({ task_id, out_task_id: 'mine', status: 'running' })
    server.clock.advance(27_000)
    const url: unknown = expect.any(String)
    const done = JSON.parse((await query({ task_id: running.task_id })).text)
    expect(done).toEqual({
      task_id,
      out_task_id: 'mine',
      status: 'completed',
      output: [{ type: 'video', url, duration_seconds: 4 }],
      credits_used: 0.18,
    })
    const [post, accepted] = server.bill.lines()
    expect(post).toMatchObject({ event: 'post', idempotencyKey: 'mine', intent: 'mine' })
    expect(accepted).toMatchObject({ event: 'accepted', idempotencyKey: 'mine' })
  })

  test('the same out_task_id is the same task, for something else it is refused', async () => {
    const { server, submit, started } = await bytespike({ dialect })
    const id = await started({ ...smallB, out_task_id: 'mine' })
    server.clock.advance(30_000)
    const spelled = { out_task_id: 'mine', params: { duration_seconds: 4, prompt: 'x' }, model: small.model }
    const again = await submit(spelled)
    expect(again.status).toBe(200)
    expect(JSON.parse(again.text)).toMatchObject({ task_id: id, status: 'completed' })
    const other = { ...smallB, params: { ...smallB.params, seed: 1 }, out_task_id: 'mine' }
    const refused = { status: 409, code: 'duplicate_out_task_id' }
    expect(refusal(await submit(other))).toMatchObject(refused)
    expect(server.bill.posts().get('mine')).toBe(3)
    expect(server.bill.accepted().get('mine')).toBe(1)
    const filed = await bytespike({ dialect, duplicateStatus: 400 })
    await filed.submit({ ...smallB, out_task_id: 'mine' })
    expect(refusal(await filed.submit(other))).toMatchObject({ ...refused, status: 400 })
  })

  test('a refused submit uses no id up; ids belong to an account', async () => {
    const keys = [
      { key: 'sk-byts-one', account: 'one' },
      { key: 'sk-byts-two', account: 'two' },
    ]
    const { server, at } = await bytespike({ dialect, keys })
    const by = (key: string, path: string, body: unknown) =>
      at(path, { method: 'POST', body, headers: { 'x-api-key': key } })
    const unsafe = { ...smallB, params: { ...smallB.params, prompt: '#unsafe' } }
    expect((await by('sk-byts-one', submitPath, { ...unsafe, out_task_id: 'k' })).status).toBe(451)
    expect((await by('sk-byts-one', submitPath, { ...smallB, out_task_id: 'k' })).status).toBe(200)
    const ref = { out_task_id: 'k' }
    expect(refusal(await by('sk-byts-two', '/v1/tasks/query', ref)).code).toBe('not_found')
    expect((await by('sk-byts-two', submitPath, { ...smallB, out_task_id: 'k' })).status).toBe(200)
    expect(server.bill.accepted().get('k')).toBe(2)
  })

  test.each([
    ['flat fields', small],
    ['flat fields beside params', { ...smallB, prompt: 'x' }],
    ['an unknown parameter', { ...smallB, params: { ...smallB.params, generate_audio: true } }],
    ['no duration', { ...smallB, params: { prompt: 'x' } }],
    ['an empty own id', { ...smallB, out_task_id: '' }],
  ])('is refused with %s, params named', async (_what, body) => {
    const { submit } = await bytespike({ dialect })
    const { status, code, message } = refusal(await submit(body))
    expect({ status, code }).toEqual({ status: 400, code: 'invalid_param' })
    expect(message).toContain('params')
  })

  test('a query names one task by exactly one id', async () => {
    const { query } = await bytespike({ dialect })
    const refs: Readonly<Record<string, string>>[] = [{}, { task_id: 'a', out_task_id: 'b' }]
    for (const ref of refs) expect(refusal(await query(ref)).status).toBe(400)
    expect(refusal(await query({ out_task_id: 'nobody' })).code).toBe('not_found')
  })

  test('an asked webhook is recorded', async () => {
    const { server, submit } = await bytespike({ dialect })
    await submit({ ...smallB, callback_url: 'https://example.com/hook' })
    expect(server.record.violations).toMatchObject([{ rule: 'webhook-asked' }])
  })

  test.each([
    ['route_not_found', 404, /"route_not_found"/],
    ['not_found', 404, /"not_found"/],
    ['text', 404, /^404 page not found$/],
    [405, 405, /"route_not_found"/],
  ] as const)("A's query has no route: %s", async (missingRoute, status, text) => {
    const { at } = await bytespike({ dialect, missingRoute })
    const answer = await at('/v1/tasks/query?task_id=task_x')
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(text)
  })
})

test('dialect C: its own address, model, seconds, price and result, and nothing of A', async () => {
  const { server, at, submit } = await bytespike({ dialect: 'C' })
  expect(refusal(await submit(small))).toMatchObject({ status: 404, code: 'route_not_found' })
  const generate = (body: unknown) => at('/v1/videos/generations', { method: 'POST', body })
  const body = { model: 'veo3.1-fast', prompt: 'x', duration_seconds: 5, size: '1280x720' }
  expect(refusal(await generate({ ...body, model: 'veo-3.1-fast' })).code).toBe('model_not_found')
  expect(refusal(await generate({ ...body, duration_seconds: 4 })).code).toBe('invalid_param')
  const { task_id } = JSON.parse((await generate(body)).text)
  expect(server.bill.owed()).toBe(1_000_000)
  server.clock.advance(30_000)
  const done = JSON.parse((await at(`/v1/videos/tasks/${task_id}`)).text)
  expect(done).toEqual({ task_id, status: 'completed', result_url: expect.any(String) })
})

describe('cancel', () => {
  test('is free while queued, and the same answer again and again', async () => {
    const { server, started, cancel } = await bytespike()
    const id = await started()
    expect(await cancel(id)).toEqual({ task_id: id, status: 'cancelled' })
    expect(await cancel(id)).toEqual({ task_id: id, status: 'cancelled' })
    expect(server.bill.owed()).toBe(0)
  })

  test.each([
    ['free', 0, undefined],
    ['billed', 180_000, 0.18],
  ] as const)('of a running task is %s by the knob', async (runningCancel, owed, credits) => {
    const { server, started, cancel, poll } = await bytespike({ runningCancel })
    const queued = await started()
    await cancel(queued)
    const id = await started()
    server.clock.advance(3000)
    await cancel(id)
    const told = await poll(id)
    expect(told.status).toBe('cancelled')
    expect(told['credits']).toBe(credits)
    expect(server.bill.owed()).toBe(owed)
  })

  test('comes too late, is ignored, finds nothing, goes by own id', async () => {
    const { server, at, started, cancel, poll } = await bytespike({ dialect: 'B' })
    const late = await started()
    server.clock.advance(30_000)
    expect((await cancel(late)).status).toBe('completed')
    server.jobs.script('', { ignoresCancel: true })
    const stubborn = await started()
    expect((await cancel(stubborn)).status).toBe('pending')
    server.clock.advance(30_000)
    expect((await poll(stubborn)).status).toBe('completed')
    expect(refusal(await at('/v1/tasks/cancel/task_x', { method: 'POST' })).code).toBe('not_found')
    await started({ ...smallB, out_task_id: 'mine' })
    const own = (body: unknown) => at('/v1/tasks/cancel', { method: 'POST', body })
    expect(JSON.parse((await own({ out_task_id: 'mine' })).text).status).toBe('cancelled')
    expect(refusal(await own({ task_id: late })).status).toBe(400)
  })
})

describe('scripts', () => {
  const ended = async (plan: BytespikePlan, options: BytespikeOptions = {}) => {
    const all = await bytespike(options)
    all.server.jobs.script('', plan)
    const id = await all.started()
    all.server.clock.advance(30_000)
    return { ...all, id, task: await all.poll(id) }
  }

  test.each([
    ['result', { result: expect.objectContaining({ video_url: expect.any(String) }), credits: 0.18 }],
    ['output', { output: [expect.objectContaining({ type: 'video' })], credits_used: 0.18 }],
    ['result_url', { result_url: expect.any(String) }],
  ] as const)('result shape %s', async (resultShape, shape) => {
    const { task } = await ended({ resultShape })
    expect(task).toEqual({ task_id: task.task_id, status: 'completed', ...shape })
  })

  test.each([
    ['error_message', { error_message: 'Blocked', error_code: 'blocked' }],
    ['error-object', { error: { code: 'blocked', message: 'Blocked' } }],
    ['error-text', { error: 'Blocked' }],
  ] as const)('failed, free, and says why in %s', async (failurePlace, words) => {
    const failure = { code: 'blocked', message: 'Blocked' }
    const { server, task } = await ended({ end: 'failed', failure, failurePlace })
    expect(task).toEqual({ task_id: task.task_id, status: 'failed', ...words })
    expect(server.bill.owed()).toBe(0)
  })

  test.each([
    ['result', { result: { duration_seconds: 4, resolution: '720p' } }],
    ['output', { output: [] }],
    ['result_url', { result_url: null }],
  ] as const)('completed without an address in %s', async (resultShape, shape) => {
    expect((await ended({ withoutUrl: true, resultShape })).task).toMatchObject(shape)
  })

  test('billed although failed, an odd word, lost', async () => {
    const billed = await ended({ end: 'failed', billedAnyway: true })
    expect(billed.task['credits']).toBe(0.18)
    expect(billed.server.bill.owed()).toBe(180_000)
    const odd = await ended({ stages: [{ status: 'reticulating', lastsMs: Infinity }] })
    expect(odd.task.status).toBe('reticulating')
    const lost = await bytespike()
    lost.server.jobs.script('', { lost: true })
    expect(refusal(await lost.query({ task_id: await lost.started() })).status).toBe(404)
  })

  test('a result link dies after 24 h with storage XML; the next query has a fresh one', async () => {
    const { server, poll, id, task } = await ended({})
    const url = linkOf(task)
    server.clock.advance(24 * 60 * 60 * 1000 - 1)
    expect((await send(url)).status).toBe(200)
    server.clock.advance(1)
    const dead = await send(url)
    expect(dead).toMatchObject({ status: 403, headers: { 'content-type': 'application/xml' } })
    expect(dead.text).toContain('<Code>AccessDenied</Code>')
    expect((await send(linkOf(await poll(id)))).status).toBe(200)
    const gone = await ended({}, { resultTtlMs: 1000 })
    gone.server.clock.advance(1000)
    expect((await send(linkOf(await gone.poll(gone.id)))).status).toBe(403)
  })

  test('a fault befalls the submit and the queries of one intent', async () => {
    const { server, submit, started, query } = await bytespike()
    server.faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: 'one' })
    await expect(submit({ ...small, prompt: 'intent:one' })).rejects.toThrow()
    expect(server.bill.accepted().get('one')).toBe(1)
    const answer = { status: 503, body: { text: 'busy', contentType: 'text/plain' } }
    const task_id = await started({ ...small, prompt: 'intent:two' })
    server.faults.add({ kind: 'answer', acted: false, answer }, { route: 'job', intent: 'two' })
    expect((await query({ task_id })).status).toBe(503)
    expect(taskShape.parse(JSON.parse((await query({ task_id })).text)).task_id).toBe(task_id)
  })
})
