import { expect, test } from 'vitest'
import type { Provider } from '../../../shared/provider'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { nothingKnown, type Known } from '../../../shared/validate/objection'
import { shape } from '../../../shared/validate/shape'
import { idOf, sampleRecipe } from '../../support/samples'

const { animatic, krea, apiframe, uniall, bytespike, inferencesh } = providers
const a = 'a'.repeat(64)
const extension = { source: { clip: idOf(1), use: 'extend' } } as const
const edit = { source: { clip: idOf(1), use: 'edit' } } as const
const picture = (width: number, height: number): Known => ({
  ...nothingKnown,
  still: () => ({ type: 'png', width, height, bytes: 1 }),
})

test.each<readonly [string, Provider, Partial<Recipe>]>([
  ['the shortest', animatic, { durationS: 1 }],
  ['the longest', animatic, { durationS: 8 }],
  ['5 s where that is the longest', bytespike, { durationS: 5, aspectRatio: '1:1' }],
  ['4K', krea, { resolution: '4k' }],
  ['references for 8 s', krea, { durationS: 8, slots: { ref1: a } }],
  ['an extension, whose length is the model’s own', uniall, { ...extension, durationS: 5 }],
])('%s: nothing is wrong', (_what, provider, change) => {
  expect(shape(sampleRecipe(change), provider, nothingKnown)).toEqual([])
})

type Refused = readonly [
  what: string,
  provider: Provider,
  change: Partial<Recipe>,
  field: string,
  weight: 'blocks' | 'asks',
  reason: RegExp,
  fix: Partial<Recipe>,
]

test.each<Refused>([
  ['9 s', animatic, { durationS: 9 }, 'durationS', 'blocks', /Animatic cannot make 9 s\./, { durationS: 8 }],
  [
    '5 s: the longer one, which can be cut',
    krea,
    { durationS: 5 },
    'durationS',
    'blocks',
    /5 s/,
    { durationS: 6 },
  ],
  ['8 s', bytespike, { durationS: 8 }, 'durationS', 'blocks', /ByteSpike cannot make 8 s/, { durationS: 5 }],
  ['an edit of 5 s', uniall, { ...edit, durationS: 5 }, 'durationS', 'blocks', /5 s/, { durationS: 6 }],
  [
    'references for 4 s',
    krea,
    { durationS: 4, slots: { ref1: a } },
    'durationS',
    'asks',
    /Krea does not say whether it takes references at other lengths than 8 s/,
    { durationS: 8 },
  ],
  ['4K', apiframe, { resolution: '4k' }, 'resolution', 'blocks', /cannot make 4K/, { resolution: '1080p' }],
  ['1080p', bytespike, { resolution: '1080p' }, 'resolution', 'blocks', /1080p/, { resolution: '720p' }],
  ['1:1', krea, { aspectRatio: '1:1' }, 'aspectRatio', 'blocks', /cannot make 1:1/, { aspectRatio: '16:9' }],
  [
    '1:1, claimed',
    apiframe,
    { aspectRatio: '1:1' },
    'aspectRatio',
    'asks',
    /1:1, which its page claims/,
    { aspectRatio: '16:9' },
  ],
])('%s: told, with what mends it', (_what, provider, change, field, weight, reason, fix) => {
  const recipe = sampleRecipe(change)
  const [objection, ...more] = shape(recipe, provider, nothingKnown)
  expect(more).toEqual([])
  expect(objection).toMatchObject({ field, weight, reason: expect.stringMatching(reason) })
  expect(objection?.fix?.recipe).toEqual({ ...recipe, ...fix })
})

test('references at a length that no clip has are blocked, not asked about', () => {
  const recipe = sampleRecipe({ durationS: 5, slots: { ref1: a } })
  expect(shape(recipe, krea, nothingKnown)).toMatchObject([
    { weight: 'blocks', reason: 'Krea cannot make 5 s.', fix: { recipe: { durationS: 8 } } },
  ])
})

test('where the first frame decides the shape, another choice is asked about', () => {
  const landscape = sampleRecipe({ slots: { first: a } })
  const [objection, ...more] = shape(landscape, inferencesh, picture(1080, 1920))
  expect([objection?.field, objection?.weight, more]).toEqual(['aspectRatio', 'asks', []])
  expect(objection?.reason).toMatch(/takes the shape from the first frame: this clip would be 9:16/)
  expect(objection?.fix?.recipe).toEqual({ ...landscape, aspectRatio: '9:16' })
  expect(shape(landscape, inferencesh, picture(1920, 1080))).toEqual([])
  expect(shape({ ...landscape, aspectRatio: '9:16' }, inferencesh, nothingKnown)).toEqual([])
  // Elsewhere the choice overrules it.
  expect(shape(landscape, krea, picture(1080, 1920))).toEqual([])
})
