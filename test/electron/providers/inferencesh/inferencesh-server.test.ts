import { describe, expect, test } from 'vitest'
import { Redacted } from '../../../../electron/keys/redacted'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import { Unreachable } from '../../../../electron/providers/provider'
import { usd } from '../../../../shared/money'
import type { Recipe } from '../../../../shared/recipe-schema'
import type { InferenceshOptions } from '../../../platforms/inferencesh/inferencesh'
import { inferenceshBlocked, type InferenceshPlan } from '../../../platforms/inferencesh/inferencesh-view'
import { inferenceshBench, inferenceshFiles, inferenceshRecipe } from '../../../support/inferencesh-bench'
import { idOf } from '../../../support/samples'

const hour = 3_600_000

const modes: readonly (readonly [string, Recipe])[] = [
  ['text', inferenceshRecipe('i')],
  ['a first frame', inferenceshRecipe('i', ['first'], { resolution: '4k', audio: true })],
  [
    'a first and a last frame',
    inferenceshRecipe('i', ['first', 'last'], { durationS: 6, resolution: '1080p' }),
  ],
  ['references', inferenceshRecipe('i', ['ref1'])],
  ['an extension', inferenceshRecipe('i', [], { source: { clip: idOf(1), use: 'extend' }, durationS: 4 })],
]

describe.each([
  [null, 'apps-run'],
  ['page', 'page'],
] as const)('dialect %s', (dialect, submitPath) => {
  test.each(modes)('%s: handed over, submitted, polled and listed', async (_mode, recipe) => {
    const { server, started, poll, list, linkOf, provider } = await inferenceshBench({ submitPath }, dialect)
    const { body, id, word } = await started(recipe)
    expect(word).toBe('received')
    const [listed, ...others] = (await list()).jobs
    expect(listed).toMatchObject({ remoteId: id, createdAt: server.clock.now(), prompt: recipe.prompt })
    expect(listed && provider.matches(body, listed)).toBe('certain')
    expect(others.length).toBeGreaterThan(0)
    for (const other of others) expect(provider.matches(body, other)).toBe('no')

    const words: string[] = []
    let reading = await poll(id)
    while (reading.kind === 'running') {
      if (words.at(-1) !== reading.word) words.push(reading.word)
      server.clock.advance(1000)
      reading = await poll(id)
    }
    expect(words).toEqual(['received', 'queued', 'dispatched', 'preparing', 'running', 'uploading'])
    expect(reading).toEqual({
      kind: 'completed',
      word: 'completed',
      url: linkOf(id),
      expired: false,
      charged: null,
    })
    expect((await list()).jobs.find(({ remoteId }) => remoteId === id)?.reading).toEqual(reading)
    const wanted = [recipe.slots.first, recipe.slots.last, recipe.slots.ref1]
      .concat(recipe.source ? inferenceshFiles.source.id : [])
      .filter((sha256) => sha256 !== undefined)
    expect(new Set(server.record.pictures.map(({ sha256 }) => sha256))).toEqual(new Set(wanted))
    expect([server.bill.posts().get('i'), server.bill.accepted().get('i')]).toEqual([1, 1])
    expect(server.record.violations).toEqual([])
  })

  test('the other address is the wrong dialect, and nothing is taken', async () => {
    const { server, submit } = await inferenceshBench(
      { submitPath: submitPath === 'page' ? 'apps-run' : 'page' },
      dialect,
    )
    expect((await submit(inferenceshRecipe('i'))).reading).toMatchObject({
      kind: 'rejected',
      problem: { kind: 'wrong-dialect' },
    })
    expect(server.bill.accepted().get('i')).toBeUndefined()
  })
})

const variants: readonly (readonly [string, InferenceshOptions, InferenceshPlan])[] = [
  ['v1', { envelope: 'v1' }, {}],
  ['bare', { envelope: 'bare' }, {}],
  ['words', {}, { statusForm: 'word' }],
  ['integers alone', {}, { statusText: 'missing' }],
  ['the older integers', {}, { statusText: 'missing', statusTable: 'old' }],
  ['uploading for ever', {}, { staysUploading: true }],
  ['uploading for ever, as an integer', {}, { staysUploading: true, statusText: 'missing' }],
  ...(['videos', 'video', 'url'] as const).flatMap((outputPlace) =>
    (['string', 'uri', 'url', 'path'] as const).map(
      (outputForm) => [`output.${outputPlace} as ${outputForm}`, {}, { outputPlace, outputForm }] as const,
    ),
  ),
  ['output_meta', {}, { outputMeta: 'given' }],
]
test.each(variants)('a clip comes with %s', async (_name, options, plan) => {
  const { server, started, poll, linkOf } = await inferenceshBench(options)
  server.jobs.script('i', plan)
  const { id } = await started(inferenceshRecipe('i', ['first']))
  expect((await poll(id)).kind).toBe('running')
  server.clock.advance(hour)
  expect(await poll(id)).toMatchObject({ kind: 'completed', url: linkOf(id) })
})

const ends: readonly (readonly [string, InferenceshPlan, object])[] = [
  ['failed', { end: 'failed' }, { kind: 'failed', blocked: false, billed: 'unknown' }],
  ['the filter said no', inferenceshBlocked, { kind: 'failed', blocked: true }],
  ['failed, told as completed', { end: 'failed', failedAs: 'completed' }, { kind: 'failed' }],
  [
    'failed by the older integers',
    { end: 'failed', statusText: 'missing', statusTable: 'old' },
    { kind: 'failed' },
  ],
  ['no link', { withoutUrl: true }, { kind: 'completed', url: null }],
]
test.each(ends)('%s', async (_name, plan, reading) => {
  const { server, started, poll } = await inferenceshBench()
  server.jobs.script('i', plan)
  const { id } = await started(inferenceshRecipe('i'))
  server.clock.advance(hour)
  expect(await poll(id)).toMatchObject(reading)
})

test.each(['sdk', 'old'] as const)('a cancelled task, by the integers %s', async (statusTable) => {
  const { server, started, poll, line, provider } = await inferenceshBench()
  server.jobs.script('i', { statusText: 'missing', statusTable })
  const { id } = await started(inferenceshRecipe('i'))
  const cancel = provider.cancelRequest?.(id)
  expect((await line.send(cancel ?? provider.pollRequest(id))).status).toBe(200)
  expect((await poll(id)).kind).toBe('running')
  server.clock.advance(hour)
  expect(await poll(id)).toMatchObject({ kind: 'cancelled', billed: 'unknown' })
})

test.each([
  ['sent', 'certain'],
  ['filled', 'certain'],
  ['missing', 'possible'],
] as const)(
  'a submit whose answer was lost is found in a list that shows %s',
  async (inputShown, verdict) => {
    const { server, provider, line, handOver, list } = await inferenceshBench({ inputShown })
    const recipe = inferenceshRecipe('i', ['first'])
    const body = provider.body(recipe, await handOver(recipe), 'i')
    server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
    const cut = await line.submit(provider.submitRequest(body, 'i')).catch((error: unknown) => error)
    expect(cut).toBeInstanceOf(Unreachable)
    const [ours, ...others] = (await list()).jobs
    expect(ours && provider.matches(body, ours)).toBe(verdict)
    expect(others.some((other) => provider.matches(body, other) === 'certain')).toBe(false)
    expect([server.bill.posts().get('i'), server.bill.accepted().get('i')]).toEqual([1, 1])
  },
)

test('reads its list page by page, newest first', async () => {
  const { list, started, server } = await inferenceshBench({ foreignJobs: { atStart: 3, perSubmit: 1 } })
  const ids: string[] = []
  for (const intent of ['a', 'b', 'c']) ids.unshift((await started(inferenceshRecipe(intent))).id)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await list(cursor, 2)
    seen.push(...page.jobs.map(({ remoteId }) => remoteId))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(9)
  expect(seen.filter((id) => ids.includes(id))).toEqual(ids)
  expect(server.record.violations).toEqual([])
})

test('what is quoted is what is charged, extensions too', async () => {
  const { server, provider, line, started } = await inferenceshBench()
  for (const [, recipe] of modes) {
    const quote = await provider.quote(recipe, line.send)
    const { id } = await started(recipe)
    const charge = server.jobs.find('studio', id)?.charge ?? 0
    expect(charge).toBeGreaterThan(0)
    expect(quote).toEqual({ certainty: 'listed', amount: { unit: 'usd', micros: charge } })
  }
})

test.each([
  ['range', { certainty: 'approximate', amount: usd(2.8) }],
  ['unknown', { certainty: 'listed', amount: usd(2.8) }],
  ['missing', { certainty: 'listed', amount: usd(2.8) }],
] as const)('the estimate of 8 s in 4K with sound is %s', async (estimate, quote) => {
  const { provider, line, http } = await inferenceshBench({ estimate })
  const recipe = inferenceshRecipe('i', [], { resolution: '4k', audio: true })
  expect(await provider.quote(recipe, line.send)).toEqual(quote)
  const withoutKey = http.line({ ...provider, key: null })
  const other = createInferencesh({ settings: () => ({ origin: provider.origin, dialect: null }) })
  expect(await other.quote(recipe, withoutKey.send)).toEqual({ certainty: 'listed', amount: usd(2.8) })
})

test.each([
  ['granted', usd(12)],
  ['missing', null],
] as const)('a key whose billing scope is %s', async (billingScope, balance) => {
  const { provider, line, http } = await inferenceshBench({ billingScope, balance: 12_000_000 })
  expect(await provider.testKey(line.send)).toEqual({ kind: 'ok', balance })
  const { send } = http.line({ ...provider, key: new Redacted('inf_wrong') })
  expect(await provider.testKey(send)).toMatchObject({ problem: { kind: 'key-refused' } })
})

test.each([
  [5, 'durationS'],
  [9, 'durationS'],
] as const)('%i s are refused at once or in the run, and never charged', async (durationS, field) => {
  const { server, submit, poll } = await inferenceshBench()
  const { reading } = await submit(inferenceshRecipe('i', [], { durationS }))
  if (reading.kind === 'rejected') {
    expect(Object.keys(reading.problem.fields ?? {})).toEqual([field])
    return
  }
  server.clock.advance(hour)
  expect(await poll(reading.kind === 'accepted' ? reading.remoteId : '')).toMatchObject({ kind: 'failed' })
})

test('a task of nobody is missing', async () => {
  const { poll } = await inferenceshBench()
  expect(await poll('00000000-0000-4000-8000-000000000000')).toEqual({ kind: 'missing' })
})
