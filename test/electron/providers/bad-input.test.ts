import { describe, expect, test } from 'vitest'
import type { MediaFile } from '../../../electron/providers/provider'
import type { RemoteProviderId } from '../../../shared/provider'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { wayOf } from '../../../shared/validate/hand-over'
import { fits } from '../../../shared/validate/hand-over'
import { remarks } from '../../../shared/validate/remarks'
import { blockers, validate } from '../../../shared/validate/validate'
import {
  apiframeBench,
  bytespikeBench,
  inferenceshBench,
  kreaBench,
  uniallBench,
  type PlatformBench,
} from '../../support/platform-bench'
import { sampleRecipe } from '../../support/samples'

const benches = {
  uniall: () => uniallBench(),
  'uniall docs': () => uniallBench({ dialect: 'docs' }),
  apiframe: () => apiframeBench(),
  krea: () => kreaBench(),
  'bytespike A': () => bytespikeBench(),
  'bytespike B': () => bytespikeBench({ dialect: 'B' }),
  inferencesh: () => inferenceshBench(),
  'inferencesh page': () => inferenceshBench({ submitPath: 'page' }),
} as const satisfies Readonly<Record<string, () => Promise<PlatformBench>>>
const names = Object.keys(benches) as readonly (keyof typeof benches)[]
const ids = ['uniall', 'apiframe', 'krea', 'bytespike', 'inferencesh'] as const

/** Sends a body of ours after a change of one value, wherever it stands in it. */
async function sentWith(bench: PlatformBench, recipe: Recipe, change: (body: string) => string) {
  const { provider, line } = bench
  const body = change(provider.body(recipe, {}, 'i'))
  return provider.readSubmit(await line.submit(provider.submitRequest(body, 'i')))
}

describe('4K is spelled as each platform wants it', () => {
  const spelled = {
    krea: '4K',
    uniall: '4k',
    'uniall docs': '4k',
    inferencesh: '4k',
    'inferencesh page': '4k',
  }
  test.each(Object.entries(spelled) as [keyof typeof spelled, string][])('%s: %s', async (name, spelling) => {
    const bench = await benches[name]()
    const recipe = bench.recipe('i', [], { resolution: '4k' })
    expect(validate(recipe, bench.provider)).toEqual([])
    const body = bench.provider.body(recipe, {}, 'i')
    expect(body).toContain(`"${spelling}"`)
    expect(await bench.post(body, 'i')).toMatchObject({ kind: 'accepted' })
    // The other spelling is refused, and the field marked.
    const other = spelling === '4K' ? '4k' : '4K'
    const refused = await sentWith(bench, recipe, (text) => text.replace(`"${spelling}"`, `"${other}"`))
    expect(refused).toMatchObject({
      kind: 'rejected',
      problem: { kind: 'invalid', fields: { resolution: expect.any(String) } },
    })
  })

  test.each(['apiframe', 'bytespike A', 'bytespike B'] as const)(
    '%s makes none: blocked with one click, and refused',
    async (name) => {
      const bench = await benches[name]()
      const recipe = bench.recipe('i', [], { resolution: '4k' })
      const [objection, ...more] = validate(recipe, bench.provider)
      expect([objection?.field, objection?.weight, more]).toEqual(['resolution', 'blocks', []])
      expect(validate(objection?.fix?.recipe ?? recipe, bench.provider)).toEqual([])
      expect(await bench.submit(recipe)).toMatchObject({
        problem: { fields: { resolution: expect.any(String) } },
      })
      expect(bench.server.bill.owed()).toBe(0)
    },
  )
})

describe('5 s', () => {
  test.each(names)('%s', async (name) => {
    const bench = await benches[name]()
    const recipe = bench.recipe('i', [], { durationS: 5 })
    const objections = validate(recipe, bench.provider)
    if (bench.provider.id === 'bytespike') {
      expect(objections).toEqual([])
      return expect(await bench.submit(recipe)).toMatchObject({ kind: 'accepted' })
    }
    expect(objections).toMatchObject([
      { field: 'durationS', weight: 'blocks', fix: { label: 'Use 6 s', recipe: { durationS: 6 } } },
    ])
    const reading = await bench.submit(recipe)
    if (bench.provider.id !== 'inferencesh') {
      return expect(reading).toMatchObject({ problem: { fields: { durationS: expect.any(String) } } })
    }
    // It fits the app's schema: Google refuses it, and the job fails for free.
    const id = reading.kind === 'accepted' ? reading.remoteId : ''
    bench.server.clock.advance(3_600_000)
    expect(await bench.poll(id)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('duration 5'),
    })
    expect(bench.server.bill.owed()).toBe(0)
  })
})

test.each(names)('4,001 characters: %s', async (name) => {
  const bench = await benches[name]()
  const recipe = bench.recipe('i', [], { prompt: 'x'.repeat(4001) })
  const objections = blockers(validate(recipe, bench.provider))
  const isRefused = name === 'apiframe'
  expect(objections.map(({ field, fix }) => [field, fix?.recipe.prompt.length])).toEqual(
    isRefused ? [['prompt', 4000]] : [],
  )
  expect((await bench.submit(recipe)).kind).toBe(isRefused ? 'rejected' : 'accepted')
})

describe('a picture of 80 MB', () => {
  const large: Pick<MediaFile, 'bytes'> & {
    readonly type: 'png'
    readonly width: number
    readonly height: number
  } = {
    type: 'png',
    bytes: 80_000_000,
    width: 9000,
    height: 5000,
  }
  const recipe = sampleRecipe({ durationS: 4, slots: { first: 'a'.repeat(64) } })
  const known = (hasBucket: boolean) => ({ still: () => large, clip: () => undefined, hasBucket })
  const said: Readonly<Record<RemoteProviderId, RegExp>> = {
    uniall: /One picture goes as a JPEG copy: UniAll takes PNG, JPEG up to 20 MB/,
    apiframe: /Apiframe takes PNG, JPEG, WEBP up to 25 MB/,
    krea: /Krea takes PNG, JPEG, WEBP up to 75 MB/,
    bytespike: /ByteSpike takes PNG, JPEG, WEBP up to 20 MB/,
    inferencesh: /inference\.sh takes PNG, JPEG up to 20 MB/,
  }
  test.each(ids)('%s: a copy is handed over, which is said and blocks nothing', (id) => {
    const provider = providers[id]
    const rules = wayOf(provider.pictures, { hasBucket: true })
    expect(rules && fits(large, rules)).toBe(false)
    expect(remarks(recipe, provider, known(true)).at(-1)).toMatch(said[id])
    expect(blockers(validate(recipe, provider, known(true)))).toEqual([])
  })
  test('ByteSpike without a bucket: inside the request', () => {
    expect(remarks(recipe, providers.bytespike, known(false))).toEqual([
      expect.stringContaining('inside the request'),
      'One picture goes as a JPEG copy: ByteSpike takes PNG, JPEG, WEBP inside a request of 1 MiB. The still itself stays as it is.',
    ])
  })
})

test.each(['A', 'B'] as const)(
  'ByteSpike %s that takes no picture inside a request says so of the slots',
  async (dialect) => {
    const bench = await bytespikeBench({ dialect, dataUris: 'refused' })
    expect(await bench.submit(bench.recipe('i', ['first']))).toMatchObject({
      kind: 'rejected',
      problem: { kind: 'invalid', fields: { slots: expect.any(String) } },
    })
    expect(bench.server.bill.owed()).toBe(0)
  },
)
