import { expect, test } from 'vitest'
import type { Provider } from '../../../shared/provider'
import { providerIn, providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { slots, withPicture, without, withoutSource } from '../../../shared/validate/slots'
import { idOf, sampleRecipe } from '../../support/samples'

const a = 'a'.repeat(64)
const b = 'b'.repeat(64)
const { animatic, krea, apiframe, uniall, bytespike, inferencesh } = providers
const docs = providerIn('uniall', 'docs')
const source = (use: 'extend' | 'edit') => ({ source: { clip: idOf(1), use } })
const three = { ref1: a, ref2: b, ref3: a }

test.each<readonly [string, Provider, Partial<Recipe>]>([
  ['text', bytespike, {}],
  ['a first frame', bytespike, { slots: { first: a } }],
  ['first and last', uniall, { slots: { first: a, last: b } }],
  ['three references', krea, { slots: three }],
  ['references with frames', animatic, { slots: { first: a, ref2: b } }],
  ['a clip to extend', inferencesh, source('extend')],
  ['a clip to extend in the docs', docs, source('extend')],
  ['a clip to edit', uniall, source('edit')],
])('%s on $id: nothing is wrong', (_what, provider, change) => {
  expect(slots(sampleRecipe(change), provider)).toEqual([])
})

type Told = readonly [
  Provider,
  Partial<Recipe>,
  'slots' | 'source',
  'blocks' | 'asks',
  RegExp,
  Partial<Recipe>,
]

test.each<Told>([
  [
    animatic,
    { slots: { last: b } },
    'slots',
    'blocks',
    /^A last frame needs a first frame\.$/,
    { slots: { first: b } },
  ],
  [krea, { slots: { last: b } }, 'slots', 'asks', /a last frame without a first/, { slots: { first: b } }],
  [
    krea,
    { slots: { first: a, ref1: b } },
    'slots',
    'asks',
    /references together with frames/,
    { slots: { first: a } },
  ],
  [
    apiframe,
    { slots: { last: a, ref1: b } },
    'slots',
    'asks',
    /together with frames/,
    { slots: { last: a } },
  ],
  [
    uniall,
    { slots: { ref2: b } },
    'slots',
    'asks',
    /UniAll does not say how it takes references/,
    { slots: {} },
  ],
  [inferencesh, { slots: { ref1: b } }, 'slots', 'asks', /never passes them on/, { slots: {} }],
  [docs, { slots: { ref1: b } }, 'slots', 'blocks', /UniAll cannot take references\./, { slots: {} }],
  [
    bytespike,
    { slots: { first: a, last: b } },
    'slots',
    'blocks',
    /cannot take a last frame/,
    { slots: { first: a } },
  ],
  [krea, source('extend'), 'source', 'blocks', /Krea cannot extend a clip/, { source: null }],
  [inferencesh, source('edit'), 'source', 'blocks', /cannot edit a clip/, source('extend')],
  [docs, source('edit'), 'source', 'blocks', /cannot edit a clip/, source('extend')],
  [uniall, { ...source('edit'), slots: { first: a } }, 'slots', 'blocks', /without pictures/, { slots: {} }],
])('%#: told once, with what mends it', (provider, change, field, weight, reason, fix) => {
  const recipe = sampleRecipe(change)
  const [objection, ...more] = slots(recipe, provider)
  expect(more).toEqual([])
  expect(objection).toMatchObject({ field, weight, reason: expect.stringMatching(reason) })
  expect(objection?.fix?.recipe).toEqual({ ...recipe, ...fix })
})

test('too many references are told beside what is in doubt about the mode', () => {
  const told = slots(sampleRecipe({ slots: three }), uniall)
  expect(told.map(({ weight }) => weight)).toEqual(['asks', 'blocks'])
  expect(told[1]).toMatchObject({
    reason: 'UniAll takes 1 reference; there are 3.',
    fix: { label: 'Keep the first', recipe: { slots: { ref1: a } } },
  })
})

test('an address goes with its picture', () => {
  const links = { first: 'https://a/1', last: 'https://a/2', source: 'https://a/3' }
  const recipe = sampleRecipe({ slots: { first: a, last: b }, links, ...source('edit') })
  expect(without(recipe, ['last'])).toMatchObject({
    slots: { first: a },
    links: { first: 'https://a/1', source: 'https://a/3' },
  })
  expect(withPicture(recipe, 'first', b)).toEqual({
    ...recipe,
    slots: { first: b, last: b },
    links: { last: 'https://a/2', source: 'https://a/3' },
  })
  expect(withoutSource(recipe)).toEqual({
    ...recipe,
    source: null,
    links: { first: 'https://a/1', last: 'https://a/2' },
  })
})
