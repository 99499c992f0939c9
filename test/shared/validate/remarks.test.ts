import { expect, test } from 'vitest'
import { providers } from '../../../shared/providers'
import { nothingKnown, type Known } from '../../../shared/validate/objection'
import { fits } from '../../../shared/validate/hand-over'
import { remarks } from '../../../shared/validate/remarks'
import { idOf, sampleRecipe } from '../../support/samples'

const a = 'a'.repeat(64)
const { uniall, krea, apiframe, bytespike, inferencesh, animatic } = providers
const still = (type: 'png' | 'jpeg' | 'webp' | 'avif', bytes: number, hasBucket = true): Known => ({
  ...nothingKnown,
  still: () => ({ type, bytes, width: 1920, height: 1080 }),
  hasBucket,
})

test.each([
  ['png', 75_000_000, true],
  ['png', 75_000_001, false],
  ['webp', 1, true],
  ['avif', 1, false],
  ['constructor', 1, false],
])('a %s of %i bytes fits Krea: %s', (type, bytes, isFitting) => {
  const [rules] = krea.pictures
  expect(rules && fits({ type, bytes }, rules)).toBe(isFitting)
})

test('a copy is told with its reason, and how many there are', () => {
  const one = sampleRecipe({ slots: { first: a } })
  expect(remarks(one, krea, still('avif', 1000))).toEqual([
    'One picture goes as a JPEG copy: Krea takes PNG, JPEG, WEBP up to 75 MB. The still itself stays as it is.',
  ])
  const two = sampleRecipe({ slots: { first: a, last: a } })
  expect(remarks(two, apiframe, still('png', 25_000_001))).toEqual([
    '2 pictures go as JPEG copies: Apiframe takes PNG, JPEG, WEBP up to 25 MB. The still itself stays as it is.',
  ])
  expect(remarks(two, inferencesh, still('webp', 1))[0]).toMatch(/inference\.sh takes PNG, JPEG up to 20 MB/)
  expect(remarks(one, bytespike, still('png', 690_001, false))).toEqual([
    'ByteSpike gets the picture inside the request, of which only one of its documents speaks.',
    expect.stringMatching(/inside a request of 1 MiB/),
  ])
  expect(remarks(one, bytespike, still('png', 1, false))).toHaveLength(1)
  const pasted = { ...one, links: { first: 'https://a/1' } }
  expect(remarks(pasted, bytespike, still('png', 690_001, false))).toEqual([])
  expect(remarks(one, bytespike, still('png', 690_001, true))).toEqual([])
})

test('nothing is said of what goes as it is, by its own address, or not at all', () => {
  const one = sampleRecipe({ slots: { first: a } })
  expect(remarks(one, krea, still('png', 1000))).toEqual([])
  expect(remarks({ ...one, links: { first: 'https://a/1' } }, krea, still('png', 1000))).toEqual([])
  expect(remarks(one, krea, nothingKnown)).toEqual([])
  expect(remarks(one, animatic, still('avif', 1e9))).toEqual([])
  expect(remarks(sampleRecipe(), krea, still('avif', 1000))).toEqual([])
})

test('a link goes as it is: that the platform may refuse the picture is said', () => {
  const linked = sampleRecipe({ slots: { first: a }, links: { first: 'https://a/1' } })
  const said = [expect.stringMatching(/^A link goes as it is, and Krea takes PNG, JPEG, WEBP up to 75 MB/)]
  expect(remarks(linked, krea, still('avif', 1000))).toEqual(said)
  expect(remarks(linked, krea, still('png', 80e6))).toEqual(said)
  expect(remarks(linked, krea, nothingKnown)).toEqual([])
})

test('what is only claimed, and no reason to ask, is said', () => {
  const recipe = sampleRecipe({ slots: { first: a }, links: { first: 'https://a/1' } })
  expect(remarks(recipe, uniall, nothingKnown)).toEqual([
    'UniAll describes this only for a sister model; it should work the same.',
  ])
  const edit = sampleRecipe({ source: { clip: idOf(1), use: 'edit' } })
  expect(remarks(edit, uniall, nothingKnown)).toEqual([expect.stringMatching(/up to the prompt/)])
  // This one is asked about.
  expect(remarks(sampleRecipe({ slots: { ref1: a } }), inferencesh, still('png', 1))).toEqual([])
})
