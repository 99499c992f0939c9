import { expect } from 'vitest'
import { credits } from '../../shared/money'
import { recipeWith, type ApiframeBench, type UniallBench } from './platform-bench'
import { cutAfterAccept } from './scenario-lost'
import { validate } from '../../shared/validate/validate'
import { ended, freshLink, hour } from './scenario-checks'

export async function tooFewCredits(bench: ApiframeBench): Promise<void> {
  const { server, submit } = bench
  server.setPrice({ pricingMode: 'flat', credits: 2_000_000 })
  expect(await submit(recipeWith('i'))).toEqual({
    kind: 'rejected',
    problem: {
      kind: 'out-of-credit',
      message: 'Insufficient credits',
      needed: credits(2_000_000),
      available: credits(1_000_000),
    },
  })
}

export async function detailsByField({ submit, server }: ApiframeBench): Promise<void> {
  const change = { durationS: 5, resolution: '4k', negativePrompt: 'x'.repeat(2001) } as const
  const wrong = await submit(recipeWith('i', [], change))
  expect(wrong).toMatchObject({
    kind: 'rejected',
    problem: { kind: 'invalid', message: 'Validation failed' },
  })
  const { fields } = wrong.kind === 'rejected' ? wrong.problem : {}
  expect(Object.keys(fields ?? {}).toSorted()).toEqual(['durationS', 'negativePrompt', 'resolution'])
  expect(fields?.['negativePrompt']).toMatch(/2000/)
  expect(server.bill.accepted().get('i')).toBeUndefined()
}

export async function failedJob(bench: ApiframeBench): Promise<void> {
  const failed = { kind: 'failed', word: 'FAILED', message: 'Generation failed', blocked: false } as const
  expect(await ended(bench, { end: 'failed' })).toEqual({ ...failed, billed: 'no' })
  // Refunded by the documents, with a cost all the same.
  bench.server.jobs.script('billed', { end: 'failed', billedAnyway: true })
  const id = await bench.started(recipeWith('billed'), 'billed')
  bench.server.clock.advance(hour)
  expect(await bench.poll(id)).toEqual({ ...failed, billed: 'unknown' })
}

export async function sameIntentTwice(bench: ApiframeBench): Promise<void> {
  const first = await bench.submit(recipeWith('i'), 'the-key')
  bench.server.clock.advance(11 * hour)
  const second = await bench.submit(recipeWith('i'), 'the-key')
  expect(first).toMatchObject({ kind: 'accepted', word: 'QUEUED' })
  expect(second).toEqual({ ...first, word: 'COMPLETED' })
  const other = await bench.submit(recipeWith('i', [], { durationS: 4 }), 'the-key')
  expect(other).toMatchObject({ kind: 'unclear', why: expect.stringContaining('409') })
  expect([...bench.server.bill.accepted().values()]).toEqual([1])
}

export async function progressAsTold(bench: ApiframeBench | UniallBench): Promise<void> {
  bench.server.jobs.script('i', { progress: [null, 'missing', 50, 20, 100, 150, -1] })
  const id = await bench.started(recipeWith('i'))
  const told: unknown[] = []
  for (let count = 0; count < 7; count += 1) {
    const reading = await bench.poll(id)
    told.push(reading.kind === 'running' ? reading.progress : reading)
  }
  expect(told).toEqual([null, null, 0.5, 0.2, 1, null, null])
}

export async function foundByItsInput(bench: ApiframeBench): Promise<void> {
  const id = await cutAfterAccept(bench, 'certain')
  const again = await bench.submit(recipeWith('i'))
  expect(again).toMatchObject({ kind: 'accepted', remoteId: id })
  expect([bench.server.bill.posts().get('i'), bench.server.bill.accepted().get('i')]).toEqual([2, 1])
}

export async function cancelledThere(bench: ApiframeBench): Promise<void> {
  expect(bench.provider.cancelRequest).toBeNull()
  expect(await ended(bench, { end: 'cancelled' })).toEqual({
    kind: 'cancelled',
    word: 'CANCELLED',
    billed: 'no',
  })
}

export async function purgedLater(bench: ApiframeBench): Promise<void> {
  await freshLink(bench)
  bench.server.clock.advance(25 * hour)
  const [job] = bench.server.jobs.list('studio').filter(({ foreign }) => !foreign)
  expect(await bench.poll(job?.id ?? '')).toMatchObject({ kind: 'completed', expired: true })
}

export async function tooLong({ submit, server, provider }: ApiframeBench): Promise<void> {
  const recipe = recipeWith('i', [], { prompt: 'x'.repeat(4001) })
  const [objection, ...more] = validate(recipe, provider)
  expect([objection?.field, objection?.weight, more]).toEqual(['prompt', 'blocks', []])
  expect(objection?.fix?.recipe.prompt).toHaveLength(4000)
  expect(await submit(recipe)).toMatchObject({
    problem: { kind: 'invalid', fields: { prompt: expect.stringMatching(/4000/) } },
  })
  expect(server.bill.owed()).toBe(0)
}
