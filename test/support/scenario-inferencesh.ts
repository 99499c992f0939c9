import { expect } from 'vitest'
import { failure } from '../platforms/answer'
import { inferenceshBlocked } from '../platforms/inferencesh/inferencesh-view'
import { codeOf } from './failure'
import { inferenceshBench, stillOf, type InferenceshBench } from './platform-bench'
import { contentBlock, ended, hour, rejectedWith, shapes } from './scenario-checks'

const pathOf = ({ provider }: InferenceshBench) =>
  ({ submitPath: provider.dialect === 'page' ? 'page' : 'apps-run' }) as const

export async function filtered(bench: InferenceshBench): Promise<void> {
  expect(await ended(bench, inferenceshBlocked)).toMatchObject({ kind: 'failed', blocked: true })
  await contentBlock(bench)
}

/** 429 with the platform's own header in place of Retry-After, in either of its possible meanings. */
export async function ownRateHeaders(bench: InferenceshBench): Promise<void> {
  for (const rateReset of ['epoch', 'seconds'] as const) {
    const limited = await inferenceshBench({
      ...pathOf(bench),
      rateReset,
      rateLimits: { run: 1, read: 100, upload: 1 },
    })
    await limited.started(limited.recipe('first'))
    const problem = await rejectedWith(limited)
    expect(problem.kind).toBe('rate-limited')
    expect(problem.retryAfterMs).toBeGreaterThan(50_000)
    expect(problem.retryAfterMs).toBeLessThanOrEqual(61_000)
  }
}

export async function failedAsCompleted(bench: InferenceshBench): Promise<void> {
  for (const plan of [
    { failedAs: 'failed', statusText: 'given' },
    { failedAs: 'completed', statusText: 'given' },
    { failedAs: 'failed', statusText: 'missing' },
    { failedAs: 'completed', statusText: 'missing' },
  ] as const) {
    const intent = `${plan.failedAs}-${plan.statusText}`
    bench.server.jobs.script(intent, { ...plan, end: 'failed' })
    const id = await bench.started(bench.recipe(intent), intent)
    bench.server.clock.advance(hour)
    expect([intent, await bench.poll(id)]).toEqual([
      intent,
      {
        kind: 'failed',
        word: plan.failedAs,
        message: 'Video generation failed: internal error',
        blocked: false,
        billed: 'unknown',
      },
    ])
  }
}

export async function cancelling(bench: InferenceshBench): Promise<void> {
  const { server, provider, started, poll, line, recipe } = bench
  const { cancelRequest } = provider
  if (!cancelRequest) throw new Error('no cancel')
  const id = await started(recipe('i'))
  expect((await line.send(cancelRequest(id))).status).toBe(200)
  expect(await poll(id)).toMatchObject({ kind: 'running', word: 'cancelling' })
  server.clock.advance(10_000)
  expect(await poll(id)).toEqual({ kind: 'cancelled', word: 'cancelled', billed: 'unknown' })
  server.jobs.script('late', { ignoresCancel: true })
  const late = await started(recipe('late'))
  expect((await line.send(cancelRequest(late))).status).toBe(200)
  server.clock.advance(hour)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
  expect((await line.send(cancelRequest(late))).status).toBe(400)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
}

export async function outputShapes(bench: InferenceshBench): Promise<void> {
  const places = ['videos', 'video', 'url'] as const
  const forms = ['string', 'uri', 'url', 'path'] as const
  const names = places.flatMap((place) => forms.map((form) => `${place}-as-${form}`))
  await shapes(bench, names, (name) => {
    const [outputPlace, outputForm] = [
      places.find((place) => name.startsWith(`${place}-`)) ?? 'videos',
      forms.find((form) => name.endsWith(`-${form}`)) ?? 'string',
    ]
    bench.server.jobs.script(`shape-${name}`, { outputPlace, outputForm, outputMeta: 'given' })
  })
  bench.server.jobs.script('stays', { staysUploading: true })
  const id = await bench.started(bench.recipe('stays'), 'stays')
  bench.server.clock.advance(hour)
  const uploading = await bench.poll(id)
  expect(uploading).toMatchObject({
    kind: 'completed',
    word: 'uploading',
    url: expect.stringMatching(/^http/),
  })
}

/** The place is refused by the platform, the bytes by its storage. */
export async function twoSteps(bench: InferenceshBench): Promise<void> {
  const { provider, line, elsewhere, now, server } = bench
  const { handOver } = provider
  if (!handOver) throw new Error('no upload')
  const give = (file = stillOf('a.png')) => handOver(file, { send: line.send, elsewhere }, now)
  expect(await codeOf(() => give({ ...stillOf('a.png'), path: '/nowhere/a.png' }))).toBe('not-found')
  expect(server.record.requests).toEqual([])
  for (const [route, status, code] of [
    ['upload', 413, 'too-large'],
    ['upload', 429, 'rate-limited'],
    ['upload', 502, 'provider-down'],
    ['put', 403, 'provider-failed'],
    ['put', 503, 'provider-down'],
  ] as const) {
    const answer = failure(status, 'No')
    server.faults.add({ kind: 'answer', acted: false, answer }, { route })
    expect([route, status, await codeOf(() => give())]).toEqual([route, status, code])
  }
  expect(server.faults.left()).toBe(0)
  const late = await inferenceshBench({ ...pathOf(bench), uploadLinkTtlMs: 0 })
  const tooLate = () =>
    late.provider.handOver?.(stillOf('a.png'), { send: late.line.send, elsewhere: late.elsewhere }, late.now)
  expect(await codeOf(async () => tooLate())).toBe('provider-failed')
}

/** The balance needs a scope of its own: without it the key is good all the same. */
export async function withoutBillingScope(bench: InferenceshBench): Promise<void> {
  const { provider, line } = await inferenceshBench({ ...pathOf(bench), billingScope: 'missing' })
  expect(await provider.testKey(line.send)).toEqual({ kind: 'ok', balance: null })
}

const olderPlans = (['sdk', 'old'] as const).flatMap((statusTable) =>
  (['int', 'word'] as const).flatMap((statusForm) =>
    (['given', 'missing'] as const).flatMap((statusText) =>
      (['completed', 'failed', 'cancelled'] as const).map((end) => ({
        statusTable,
        statusForm,
        statusText,
        end,
      })),
    ),
  ),
)

/** The other path, and every older form of status and envelope (reference/providers.md §5.1, §5.5). */
export async function olderForms(): Promise<void> {
  for (const [has, speaks] of [
    ['page', 'apps-run'],
    ['apps-run', 'page'],
  ] as const) {
    const other = await inferenceshBench({ submitPath: has }, speaks)
    const { kind, message } = await rejectedWith(other)
    expect([kind, message]).toEqual(['wrong-dialect', expect.stringContaining('nothing was sent again')])
    expect(other.server.record.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  }
  for (const envelope of ['data', 'v1', 'bare'] as const) {
    const bench = await inferenceshBench({ envelope })
    for (const plan of olderPlans) {
      const intent = Object.values(plan).join('-')
      bench.server.jobs.script(intent, plan)
      const id = await bench.started(bench.recipe(intent), intent)
      bench.server.clock.advance(hour)
      const { kind } = await bench.poll(id)
      expect([envelope, intent, kind]).toEqual([envelope, intent, plan.end])
    }
    expect(await rejectedWith(bench, undefined, bench.recipe('i', [], { durationS: 3 }))).toMatchObject({
      kind: 'invalid',
    })
  }
}
