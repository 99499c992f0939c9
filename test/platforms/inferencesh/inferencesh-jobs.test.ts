import { describe, expect, test } from 'vitest'
import { send } from '../client'
import { app, dataOf, inferencesh } from './inferencesh-client'
import { inferenceshBlocked, type InferenceshPlan } from './inferencesh-view'

const scripted = async (plan: InferenceshPlan) => {
  const all = await inferencesh()
  all.server.jobs.script('', plan)
  const id = await all.started({ prompt: 'x' })
  const told = async () => JSON.parse((await all.at(`/tasks/${id}`)).text).data
  return { ...all, id, told }
}

describe('the task list', () => {
  test('always holds tasks of colleagues, newest first, with their input', async () => {
    const { started, list } = await inferencesh({ foreignJobs: { atStart: 0, perSubmit: 0 } })
    const id = await started({ prompt: 'x', duration: 4 })
    const { items, ...rest } = await list()
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ id, input: { prompt: 'x', duration: 4 } })
    expect(items[0]?.input).toEqual({ prompt: 'x', duration: 4 })
    expect(rest).toEqual({
      next_cursor: null,
      prev_cursor: null,
      has_next: false,
      has_previous: false,
      items_per_page: 20,
      total_items: 2,
    })
  })

  test('pages without loss, tasks of the same millisecond included', async () => {
    const { submit, list } = await inferencesh()
    for (let i = 0; i < 5; i += 1) await submit({ prompt: `x ${i}` })
    const whole = await list({ limit: 100 })
    const pages: string[] = []
    let page = await list({ limit: 3 })
    for (;;) {
      pages.push(...page.items.map(({ id }) => id))
      if (!page.has_next) break
      page = await list({ limit: 3, cursor: page.next_cursor })
      expect(page.has_previous).toBe(true)
    }
    expect(whole.items).toHaveLength(13)
    expect(pages).toEqual(whole.items.map(({ id }) => id))
  })

  test('refuses what is not documented', async () => {
    const { at } = await inferencesh()
    for (const body of [{ limit: 0 }, { limit: '5' }, { cursor: '?' }, { page: 2 }, { filters: ['x'] }]) {
      expect((await at('/tasks/list', { method: 'POST', body })).status).toBe(400)
    }
    expect((await at('/tasks/list')).status).toBe(404)
  })

  test('knob: the input with its defaults, or none', async () => {
    const filled = await inferencesh({ inputShown: 'filled' })
    const id = await filled.started({ prompt: 'x' })
    expect(await filled.poll(id)).toMatchObject({ input: { resolution: '720p', num_videos: 1 } })
    const missing = await inferencesh({ inputShown: 'missing' })
    expect(await missing.poll(await missing.started({ prompt: 'x' }))).not.toHaveProperty('input')
  })
})

describe('scripts', () => {
  test('the light status has three keys and changes with the task', async () => {
    const { server, at, id, poll } = await scripted({})
    const light = async () => dataOf((await at(`/tasks/${id}/status`)).text)
    const { created_at } = await poll(id)
    expect(await light()).toEqual({ id, status: 1, updated_at: created_at })
    server.clock.advance(30_000)
    const running = new Date(Date.parse(created_at) + 21_000).toISOString()
    expect(await light()).toEqual({ id, status: 7, updated_at: running })
  })

  test('blocked by the content filter in the words of the app, free unless the script says billed', async () => {
    const free = await scripted(inferenceshBlocked)
    free.server.clock.advance(60_000)
    const task = await free.poll(free.id)
    expect(task).toMatchObject({ status: 11, status_text: 'failed', output: null })
    expect(task.error).toMatch(/^Video generation failed: .*content filtering \(1 filtered\): /)
    expect(free.server.bill.owed()).toBe(0)
    const billed = await scripted({ end: 'failed', billedAnyway: true })
    billed.server.clock.advance(60_000)
    expect((await billed.poll(billed.id)).status).toBe(11)
    expect(billed.server.bill.owed()).toBe(800_000)
  })

  test('cancel: 8, then 12; ignored; too late; the clip was faster', async () => {
    const obeyed = await scripted({})
    const cancel = `/tasks/${obeyed.id}/cancel`
    const answer = await obeyed.at(cancel, { method: 'POST' })
    expect(dataOf(answer.text)).toEqual({ id: obeyed.id, status: 8, cancelled: true })
    obeyed.server.clock.advance(4999)
    expect(await obeyed.poll(obeyed.id)).toMatchObject({ status: 8, status_text: 'cancelling' })
    await obeyed.at(cancel, { method: 'POST' })
    obeyed.server.clock.advance(1)
    expect(await obeyed.poll(obeyed.id)).toMatchObject({ status: 12, output: null })
    expect(obeyed.server.bill.owed()).toBe(0)
    expect((await obeyed.at(cancel, { method: 'POST' })).status).toBe(400)
    const ignored = await scripted({ ignoresCancel: true })
    await ignored.at(`/tasks/${ignored.id}/cancel`, { method: 'POST' })
    ignored.server.clock.advance(60_000)
    expect((await ignored.poll(ignored.id)).status).toBe(10)
    const faster = await scripted({ runMs: 4000 })
    await faster.at(`/tasks/${faster.id}/cancel`, { method: 'POST' })
    faster.server.clock.advance(5000)
    expect((await faster.poll(faster.id)).status).toBe(10)
    expect(faster.server.bill.owed()).toBe(800_000)
  })

  test('unknown word, unknown number, never ending, hidden, lost, completed without an address', async () => {
    const odd = await scripted({ stages: [{ status: 'reticulating', lastsMs: Infinity }] })
    odd.server.clock.advance(1e10)
    expect(await odd.poll(odd.id)).toMatchObject({ status: 0, status_text: 'reticulating' })
    const number = await scripted({ stages: [{ status: '13', lastsMs: 1 }] })
    expect(await number.told()).toMatchObject({ status: 13 })
    const hidden = await scripted({ hiddenForMs: 5000 })
    expect((await hidden.at(`/tasks/${hidden.id}`)).status).toBe(404)
    hidden.server.clock.advance(5000)
    expect((await hidden.at(`/tasks/${hidden.id}`)).status).toBe(200)
    const lost = await scripted({ lost: true })
    expect((await lost.at(`/tasks/${lost.id}`)).status).toBe(404)
    expect(lost.server.bill.owed()).toBe(800_000)
    const bare = await scripted({ withoutUrl: true, runMs: 1 })
    bare.server.clock.advance(1)
    expect(await bare.poll(bare.id)).toMatchObject({ status: 10, output: { videos: [] } })
  })

  test.each<[string, InferenceshPlan, object]>([
    ['without words', { statusText: 'missing' }, { status: 10 }],
    ['words instead of integers', { statusForm: 'word' }, { status: 'completed' }],
    ['the old integers', { statusTable: 'old', statusText: 'missing' }, { status: 9 }],
    [
      'old failed',
      { statusTable: 'old', statusText: 'missing', end: 'failed' },
      { status: 10, output: null, error: expect.any(String) },
    ],
    [
      'a 10 with an error and no output',
      { end: 'failed', failedAs: 'completed' },
      { status: 10, status_text: 'completed', output: null, error: expect.any(String) },
    ],
    [
      'output at 9',
      { staysUploading: true },
      { status: 9, status_text: 'uploading', output: { videos: [expect.any(String)] } },
    ],
    ['{uri}', { outputForm: 'uri' }, { output: { videos: [{ uri: expect.any(String) }] } }],
    ['{url}', { outputForm: 'url' }, { output: { videos: [{ url: expect.any(String) }] } }],
    ['{path}', { outputForm: 'path' }, { output: { videos: [{ path: expect.any(String) }] } }],
    ['output.video', { outputPlace: 'video' }, { output: { video: expect.any(String) } }],
    ['output.url', { outputPlace: 'url' }, { output: { url: expect.any(String) } }],
    [
      'output_meta',
      { outputMeta: 'given' },
      { output: { output_meta: { outputs: [{ type: 'video', seconds: 8, resolution: '720p' }] } } },
    ],
  ])('shape: %s', async (_what, plan, shape) => {
    const { server, told } = await scripted(plan)
    server.clock.advance(60_000)
    const task = await told()
    expect(task).toMatchObject(shape)
    if (plan.statusText === 'missing') expect(task).not.toHaveProperty('status_text')
    server.clock.advance(1e9)
    expect(await told()).toEqual(task)
  })

  test('old: cancelled is 11', async () => {
    const { server, at, id, told } = await scripted({ statusTable: 'old', statusText: 'missing' })
    await at(`/tasks/${id}/cancel`, { method: 'POST' })
    server.clock.advance(5000)
    expect(await told()).toMatchObject({ status: 11, output: null })
  })

  test('a link that expired is replaced at the next poll, a result that was purged is gone', async () => {
    const { server, started, poll } = await inferencesh({ linkTtlMs: 60_000, resultTtlMs: 3_600_000 })
    const id = await started({ prompt: 'x' })
    server.clock.advance(60_000)
    const link = async () => (await poll(id)).output?.videos[0] ?? ''
    const first = await link()
    expect((await send(first)).status).toBe(200)
    server.clock.advance(60_000)
    expect((await send(first)).status).toBe(404)
    expect((await send(await link())).status).toBe(200)
    server.clock.advance(3_600_000)
    expect((await send(await link())).status).toBe(404)
  })
})

describe('the envelope', () => {
  test('bare, as of the second version', async () => {
    const { at } = await inferencesh({ envelope: 'bare' })
    const body = { app, input: { prompt: 'x' } }
    expect(JSON.parse((await at('/apps/run', { method: 'POST', body })).text)).toMatchObject({ status: 1 })
    expect((await at('/tasks/x')).headers['content-type']).toBe('application/problem+json')
  })

  test('of the first version, errors included', async () => {
    const { at } = await inferencesh({ envelope: 'v1' })
    expect(JSON.parse((await at('/entitlements/usage')).text)).toMatchObject({
      success: true,
      status: 200,
      data: { concurrency: expect.anything() },
    })
    expect(JSON.parse((await at('/tasks/x')).text)).toEqual({
      success: false,
      status: 404,
      error: { code: 'not_found', message: 'Task not found' },
    })
  })
})
