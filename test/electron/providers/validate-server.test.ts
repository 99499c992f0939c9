import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { MediaUrls } from '../../../electron/providers/provider'
import { maxPromptLength, recipeMode, slotNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import type { Known, Objection } from '../../../shared/validate/objection'
import { validate } from '../../../shared/validate/validate'
import { recipesNear, recipesWithSource } from '../../support/any-recipe'
import {
  apiframeBench,
  bytespikeBench,
  hostedAt,
  inferenceshBench,
  kreaBench,
  sourceClip,
  stillOf,
  uniallBench,
  type PlatformBench,
} from '../../support/platform-bench'
import { seed } from '../../support/seed'

/** A bucket is there: without one UniAll takes no picture of ours, which is about the way and not about the recipe. */
const known: Known = { still: () => undefined, clip: () => undefined, hasBucket: true }
const alone = { foreignJobs: { atStart: 1, perSubmit: 0 }, runMs: () => 60_000 } as const
const combinations = 'refused'

/** Each platform as strict as its server can be. */
const lanes: readonly (readonly [string, () => Promise<PlatformBench>])[] = [
  ['Krea', () => kreaBench({ ...alone, combinations, emptyPrompt: 'refused' })],
  ['Apiframe', () => apiframeBench({ ...alone, combinations, balance: 1e9 })],
  ['UniAll', () => uniallBench({ ...alone, combinations })],
  [
    'UniAll, docs',
    () => uniallBench({ ...alone, combinations, dialect: 'docs', durationWithVideo: 'refused' }),
  ],
  ['ByteSpike A', () => bytespikeBench({ ...alone, balance: 1e12, maxUnfinished: null })],
  ['ByteSpike B', () => bytespikeBench({ ...alone, balance: 1e12, maxUnfinished: null, dialect: 'B' })],
  ['inference.sh', () => inferenceshBench(alone)],
  ['inference.sh, page', () => inferenceshBench({ ...alone, submitPath: 'page' })],
]

/** Firm objections to recipes that the server takes all the same, each with its reason. */
const exceptions: readonly {
  readonly name: string
  readonly reason: string
  readonly on: readonly string[]
  readonly covers: (objection: Objection, recipe: Recipe) => boolean
}[] = [
  {
    name: 'blanks for a prompt',
    reason: 'A server counts characters and would make anything of them, for money.',
    on: lanes.map(([name]) => name),
    covers: ({ field }, { prompt }) => field === 'prompt' && prompt !== '' && prompt.trim() === '',
  },
  {
    name: 'an empty prompt',
    reason: 'The app schema and docs.uniall.ai set no least length; what comes of it nobody says.',
    on: ['UniAll, docs', 'inference.sh', 'inference.sh, page'],
    covers: ({ field }, { prompt }) => field === 'prompt' && prompt === '',
  },
  {
    name: 'a setting that the platform has not',
    reason: 'Its body has no place for it: it would be paid for and left out in silence.',
    on: lanes.map(([name]) => name),
    covers: ({ field, reason }) =>
      ['negativePrompt', 'seed', 'audio', 'noPeople'].includes(field) && !reason.includes('characters'),
  },
  {
    name: 'pictures beside a clip',
    reason:
      'The mode is that of the clip: UniAll’s body leaves the pictures out, inference.sh takes references.',
    on: ['UniAll', 'UniAll, docs', 'inference.sh', 'inference.sh, page'],
    covers: ({ field }, { source }) => field === 'slots' && source !== null,
  },
  {
    name: 'references together with frames',
    reason:
      'The app schema takes them; Google behind it does not (§6.1), and its server has no knob for that.',
    on: ['inference.sh', 'inference.sh, page'],
    covers: ({ field }, recipe) => field === 'slots' && recipeMode(recipe) === 'sequence',
  },
]
const met = new Set<string>()

/** Addresses of everything a recipe can hold, on a public host, and as the platform's own way gives them. */
async function addresses(bench: PlatformBench) {
  const hosted = hostedAt(bench.server.host, stillOf('tiny.png'))
  const all = Object.fromEntries(slotNames.map((slot) => [slot, hosted]))
  const open: MediaUrls = { ...all, source: hostedAt(bench.server.host, sourceClip()) }
  const full = Object.fromEntries(slotNames.map((slot) => [slot, '']))
  const own = await bench.handOver({ ...bench.recipe('i'), slots: full })
  return { open, own: { ...open, ...own } }
}

/** The same picture under an address of so many characters. */
const longer = (url = '', length: number) => `${url}?x=`.padEnd(length, 'x')

/** What becomes of the recipe: taken, or why not. A job that fails for its input was refused, only later. */
async function fate(
  { provider, line, server }: PlatformBench,
  recipe: Recipe,
  urls: MediaUrls,
  intent: string,
): Promise<{ readonly kind: 'taken' | 'refused' | 'no body'; readonly why: string }> {
  let body: string
  try {
    body = provider.body(recipe, urls, intent)
  } catch (error) {
    return { kind: 'no body', why: String(error) }
  }
  const reading = provider.readSubmit(await line.send(provider.submitRequest(body, intent)))
  if (reading.kind === 'rejected') return { kind: 'refused', why: reading.problem.message }
  if (reading.kind === 'unclear') throw new Error(reading.why)
  const plan = server.jobs.find('studio', reading.remoteId)?.plan
  return plan?.end === 'failed'
    ? { kind: 'refused', why: plan.failure?.message ?? '' }
    : { kind: 'taken', why: '' }
}

test.each(lanes)(
  '%s: its server takes what passes, and refuses what is blocked',
  { timeout: 30_000 },
  async (lane, open) => {
    const bench = await open()
    const { provider, server } = bench
    const media = await addresses(bench)
    const counts = { taken: 0, refused: 0, 'no body': 0 }
    let runs = 0
    const asked = fc.record({
      recipe: fc.oneof(
        { weight: 5, arbitrary: recipesNear(provider) },
        { weight: 1, arbitrary: recipesWithSource(provider) },
      ),
      way: fc.constantFrom('open' as const, 'own' as const),
      /** Characters of an address that the user pasted for a slot. */
      pasted: fc.option(fc.constantFrom(900, 1100, 3900), { freq: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ recipe: { slots, ...values }, way, pasted }) => {
        const links = pasted === null ? {} : { first: longer(media.open.first, pasted) }
        const recipe = { ...values, slots, links }
        const objections = validate(recipe, provider, known)
        runs += 1
        const { kind, why } = await fate(bench, recipe, { ...media[way], ...links }, `run-${runs}`)
        counts[kind] += 1
        if (objections.length === 0) expect([kind, why]).toEqual(['taken', ''])
        if (kind !== 'taken') expect([why, objections]).not.toEqual([why, []])
        const firm = objections
          .filter(({ weight }) => weight === 'blocks')
          .filter(
            (objection) =>
              !exceptions.some(({ name, on, covers }) => {
                const isCovered = on.includes(lane) && covers(objection, recipe)
                if (isCovered && kind === 'taken') met.add(`${lane}: ${name}`)
                return isCovered
              }),
          )
        if (firm.length > 0) expect([kind, firm]).not.toEqual(['taken', firm])
      }),
      { seed, numRuns: 220 },
    )
    // Both directions were gone often.
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(15)
    expect(server.record.violations).toEqual([])
  },
)

test('no platform’s limit of a prompt is above what a recipe can hold: there is nothing longer to refuse', async () => {
  for (const [, open] of lanes) {
    const { capabilities } = (await open()).provider
    expect(capabilities.maxPrompt).toBeLessThanOrEqual(maxPromptLength)
  }
})

test('UniAll without a bucket takes no picture of ours, though its server takes any address', async () => {
  const { provider, recipe } = await uniallBench()
  const asked = recipe('i', ['first'])
  const [objection, ...more] = validate(asked, provider, { ...known, hasBucket: false })
  expect([objection?.weight, objection?.opens, more]).toEqual(['blocks', 'bucket', []])
  const links = { first: 'https://example.com/first.png' }
  expect(validate({ ...asked, links }, provider, { ...known, hasBucket: false })).toEqual([])
})

afterAll(() => {
  const all = exceptions.flatMap(({ name, on }) => on.map((lane) => `${lane}: ${name}`))
  expect([...met].toSorted()).toEqual(all.toSorted())
})
