import { describe, expect, test } from 'vitest'
import { app, dataOf, inferencesh } from './inferencesh-client'
import type { InferenceshOptions } from './inferencesh'

describe('money', () => {
  test('the balance is in microcents and falls with each task', async () => {
    const { server, at, submit } = await inferencesh({ balance: 5_000_000 })
    await submit({ prompt: 'x', duration: 4 })
    const balance = async () => dataOf((await at('/billing/balance')).text)
    expect(await balance()).toEqual({ balance: 460_000_000 })
    server.jobs.script('', { end: 'failed' })
    await submit({ prompt: 'x' })
    server.clock.advance(60_000)
    expect(await balance()).toEqual({ balance: 460_000_000 })
  })

  test('a key without the scope is told 403, and its other questions are answered', async () => {
    const { at } = await inferencesh({ billingScope: 'missing', maxUnfinished: 4 })
    const answer = await at('/billing/balance')
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'https://api.inference.sh/errors/forbidden' })
    expect(dataOf((await at('/entitlements/usage')).text)).toEqual({ concurrency: { usage: 3, limit: 4 } })
  })

  const estimated = async (options: InferenceshOptions, input: unknown, id?: string) => {
    const { at } = await inferencesh(options)
    const told = JSON.parse((await at(`/apps/${app}`)).text).data
    const path = `/store/apps/${id ?? told.id}/estimate`
    return at(path, { method: 'POST', body: { input } })
  }

  test('the estimate is the price, for the id that the app tells', async () => {
    const input = { prompt: 'x', duration: 6, resolution: '4k', generate_audio: true }
    const answer = await estimated({}, input)
    expect(dataOf(answer.text)).toEqual({ confidence: 'exact', microcents: 210_000_000 })
    expect((await estimated({}, { ...input, resolution: '4K' })).status).toBe(400)
    expect((await estimated({}, input, app.replace('/', '-'))).status).toBe(404)
    const { at } = await inferencesh()
    expect((await at('/apps/google/veo-3-1')).status).toBe(404)
  })

  test('knobs: a range, unknown, none, other rates', async () => {
    const input = { prompt: 'x' }
    expect(dataOf((await estimated({ estimate: 'range' }, input)).text)).toMatchObject({
      confidence: 'range',
      min: 40_000_000,
      max: 80_000_000,
    })
    expect(dataOf((await estimated({ estimate: 'unknown' }, input)).text)).toMatchObject({
      confidence: 'unknown',
    })
    expect((await estimated({ estimate: 'missing' }, input)).status).toBe(404)
    const cheap = { silent: 100_000, audio: 150_000 }
    const rates = { '720p': cheap, '1080p': cheap, '4k': cheap }
    const answer = await estimated({ rates }, { ...input, generate_audio: true })
    expect(dataOf(answer.text)).toMatchObject({ microcents: 120_000_000 })
  })
})

describe('rate limits', () => {
  test('are told on submit, poll and upload, and never bind by default', async () => {
    const { server, at, submit, started } = await inferencesh()
    const { headers } = await submit({ prompt: 'x' })
    const reset = String(server.clock.now() / 1000 + 60)
    expect(headers).toMatchObject({ 'x-ratelimit-remaining': '99', 'x-ratelimit-reset': reset })
    const id = await started({ prompt: 'x' })
    expect((await at(`/tasks/${id}`)).headers['x-ratelimit-remaining']).toBe('999')
    for (let i = 0; i < 60; i += 1) {
      const refused = await at('/files', { method: 'POST', body: {} })
      expect(refused.status).toBe(400)
      if (i > 50) expect(refused.headers['x-ratelimit-remaining']).toBe('1')
    }
  })

  test('bind under their knob until the minute is over', async () => {
    const rateLimits = { run: 2, read: 1000, upload: 50 }
    const { server, submit } = await inferencesh({ rateLimits, rateReset: 'seconds' })
    await submit({ prompt: 'x' })
    expect((await submit({ prompt: 'x' })).headers['x-ratelimit-remaining']).toBe('0')
    server.clock.advance(15_000)
    const refused = await submit({ prompt: 'x' })
    expect(refused.status).toBe(429)
    expect(refused.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '45' })
    expect(JSON.parse(refused.text)).toMatchObject({ type: 'https://api.inference.sh/errors/rate_limited' })
    server.clock.advance(45_000)
    expect((await submit({ prompt: 'x' })).status).toBe(200)
  })
})
