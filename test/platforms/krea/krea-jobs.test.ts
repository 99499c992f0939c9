import { describe, expect, test } from 'vitest'
import { send } from '../client'
import { krea, urlsShape } from './krea-client'
import type { KreaPlan } from './krea-view'

describe('the job list', () => {
  test('always holds jobs of colleagues, newest first', async () => {
    const { started, list } = await krea({ foreignJobs: { atStart: 0, perSubmit: 0 } })
    const id = await started({ prompt: 'x' })
    const { items, next_cursor } = await list()
    expect(items).toHaveLength(2)
    expect(items[0]?.job_id).toBe(id)
    expect(next_cursor).toBeNull()
  })

  test('pages by time without loss, jobs of the same millisecond included', async () => {
    const { submit, list } = await krea()
    for (let i = 0; i < 5; i += 1) await submit({ prompt: `x ${i}` })
    const whole = await list()
    const pages: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      pages.push(...page.items.map((item) => item.job_id))
      cursor = page.next_cursor
    }
    expect(whole.items).toHaveLength(13)
    expect(pages).toEqual(whole.items.map((item) => item.job_id))
  })

  test('filters by status and type, refuses what is not documented', async () => {
    const { server, at, started, list } = await krea()
    const id = await started({ prompt: 'x' })
    expect((await list('?status=completed')).items).toEqual([])
    server.clock.advance(60_000)
    const done = await list('?status=completed&types=video')
    expect(done.items.map((item) => item.job_id)).toContain(id)
    expect((await list('?types=image')).items.map((item) => item.job_id)).not.toContain(id)
    for (const query of ['limit=0', 'limit=1001', 'status=COMPLETED', 'cursor=5', 'page=2']) {
      expect((await at(`/jobs?${query}`)).status).toBe(400)
    }
  })

  test('the cursor may have its older name', async () => {
    const { at } = await krea({ cursorName: 'nextCursor' })
    expect(JSON.parse((await at('/jobs?limit=2')).text)).toMatchObject({ nextCursor: expect.any(String) })
  })
})

describe('scripts', () => {
  const scripted = async (plan: KreaPlan) => {
    const all = await krea()
    all.server.jobs.script('', plan)
    return { ...all, id: await all.started({ prompt: 'x' }) }
  }

  test('failed and cancelled jobs are refunded, unless the script says billed', async () => {
    const blocked = { code: 'content_blocked', message: 'The prompt was blocked' }
    const free = await scripted({ end: 'failed', failure: blocked })
    free.server.clock.advance(60_000)
    expect(await free.poll(free.id)).toMatchObject({ status: 'failed', error: blocked, result: null })
    expect(free.server.bill.owed()).toBe(0)
    const billed = await scripted({
      end: 'failed',
      billedAnyway: true,
      errorPlace: 'result',
      errorForm: 'string',
    })
    billed.server.clock.advance(60_000)
    expect(JSON.parse((await billed.at(`/jobs/${billed.id}`)).text).result).toEqual({
      error: 'Generation failed',
    })
    expect(billed.server.bill.owed()).toBe(672_000)
  })

  test('cancel: obeyed, ignored, too late', async () => {
    const obeyed = await scripted({})
    expect(await obeyed.at(`/jobs/${obeyed.id}`, { method: 'DELETE' })).toMatchObject({
      status: 200,
      text: '',
    })
    expect((await obeyed.poll(obeyed.id)).status).toBe('cancelled')
    expect(obeyed.server.bill.owed()).toBe(0)
    expect((await obeyed.at(`/jobs/${obeyed.id}`, { method: 'DELETE' })).status).toBe(404)
    const ignored = await scripted({ ignoresCancel: true })
    await ignored.at(`/jobs/${ignored.id}`, { method: 'DELETE' })
    ignored.server.clock.advance(60_000)
    expect((await ignored.poll(ignored.id)).status).toBe('completed')
  })

  test('unknown word, never ending, hidden, lost, completed without an address', async () => {
    const odd = await scripted({ stages: [{ status: 'reticulating', lastsMs: Infinity }] })
    odd.server.clock.advance(1e10)
    expect((await odd.poll(odd.id)).status).toBe('reticulating')
    const hidden = await scripted({ hiddenForMs: 5000 })
    expect((await hidden.at(`/jobs/${hidden.id}`)).status).toBe(404)
    hidden.server.clock.advance(5000)
    expect((await hidden.at(`/jobs/${hidden.id}`)).status).toBe(200)
    const lost = await scripted({ lost: true })
    expect((await lost.at(`/jobs/${lost.id}`)).status).toBe(404)
    expect(lost.server.bill.owed()).toBe(672_000)
    const bare = await scripted({ withoutUrl: true, runMs: 1 })
    bare.server.clock.advance(1)
    expect(await bare.poll(bare.id)).toMatchObject({ status: 'completed', result: { urls: [] } })
  })

  test.each([
    ['typed', (urls: unknown) => expect(urls).toEqual([{ type: 'video', url: expect.any(String) }])],
    ['map', (urls: unknown) => expect(urls).toEqual({ video: expect.any(String) })],
    ['still-first', (urls: unknown) => expect(urls).toHaveLength(2)],
  ] as const)('result shape %s', async (resultShape, check) => {
    const { server, poll, id } = await scripted({ resultShape })
    server.clock.advance(60_000)
    check((await poll(id)).result?.urls)
  })

  test('the still of intermediate-complete is a decoy', async () => {
    const { server, poll, id } = await scripted({})
    server.clock.advance(55_000)
    const [decoy = ''] = urlsShape.parse((await poll(id)).result?.urls)
    await send(decoy)
    expect(server.record.violations).toMatchObject([{ rule: 'decoy-fetched' }])
  })

  test('a link that expired is replaced at the next poll, a result that was purged is gone', async () => {
    const { server, poll, started } = await krea({ linkTtlMs: 60_000, resultTtlMs: 3_600_000 })
    const id = await started({ prompt: 'x' })
    server.clock.advance(60_000)
    const [first = ''] = urlsShape.parse((await poll(id)).result?.urls)
    expect((await send(first)).status).toBe(200)
    server.clock.advance(60_000)
    expect((await send(first)).status).toBe(404)
    const [second = ''] = urlsShape.parse((await poll(id)).result?.urls)
    expect((await send(second)).status).toBe(200)
    server.clock.advance(3_600_000)
    const [third = ''] = urlsShape.parse((await poll(id)).result?.urls)
    expect((await send(third)).status).toBe(404)
  })
})
