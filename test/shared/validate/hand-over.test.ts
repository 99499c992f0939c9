import { expect, test } from 'vitest'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { handOver, wayOf } from '../../../shared/validate/hand-over'
import { nothingKnown, type Known } from '../../../shared/validate/objection'
import { idOf, sampleClip, sampleMedia, sampleRecipe } from '../../support/samples'

const a = 'a'.repeat(64)
const { animatic, uniall, krea, apiframe, bytespike, inferencesh } = providers
const withBucket: Known = { ...nothingKnown, hasBucket: true }
const first = { slots: { first: a } }
const extension = { source: { clip: idOf(1), use: 'extend' } } as const
const clip = (
  media: Partial<typeof sampleMedia> = {},
  rest: { bytes?: number; file?: string } = {},
): Known => ({
  ...withBucket,
  clip: () => ({ ...sampleClip(), ...rest, media: { ...sampleMedia, ...media } }),
})

test('the best way that is open', () => {
  expect(wayOf(bytespike.pictures, { hasBucket: true })?.way).toBe('bucket')
  expect(wayOf(bytespike.pictures, { hasBucket: false })?.way).toBe('inline')
  expect(wayOf(uniall.pictures, { hasBucket: false })).toBeUndefined()
  expect(wayOf(krea.pictures, { hasBucket: true })?.way).toBe('upload')
})

test('a picture that cannot get there: the bucket is offered, or an address pasted', () => {
  const [objection, ...more] = handOver(sampleRecipe(first), uniall, nothingKnown)
  expect([objection?.field, objection?.weight, objection?.opens, more]).toEqual([
    'slots',
    'blocks',
    'bucket',
    [],
  ])
  expect(objection?.reason).toMatch(
    /only from a public address\. Connect a bucket of your own, or paste an https link/,
  )
  expect(handOver(sampleRecipe(first), uniall, withBucket)).toEqual([])
  const links = { first: 'https://a/1' }
  expect(handOver(sampleRecipe({ ...first, links }), uniall, nothingKnown)).toEqual([])
  const half = { slots: { first: a, last: a }, links }
  expect(handOver(sampleRecipe(half), uniall, nothingKnown)).toHaveLength(1)
  for (const provider of [animatic, krea, apiframe, bytespike, inferencesh])
    expect(handOver(sampleRecipe(first), provider, nothingKnown)).toEqual([])
})

test('a clip that cannot get there, said once and not of pictures too', () => {
  const recipe = sampleRecipe(extension)
  expect(handOver(recipe, uniall, nothingKnown)).toMatchObject([
    {
      field: 'source',
      weight: 'blocks',
      opens: 'bucket',
      reason: expect.stringContaining('takes clips only from'),
    },
  ])
  expect(handOver(recipe, uniall, withBucket)).toEqual([])
  expect(
    handOver(sampleRecipe({ ...extension, links: { source: 'https://a/1' } }), uniall, nothingKnown),
  ).toEqual([])
  expect(handOver(recipe, inferencesh, nothingKnown)).toEqual([])
  // It has no such mode, which is told elsewhere.
  expect(handOver(recipe, krea, nothingKnown)).toEqual([])
})

test.each<readonly [string, Known, RegExp]>([
  ['too long', clip({ durationS: 30.5 }), /takes clips of 1 to 30 s, and this one has 30\.5 s/],
  ['too short', clip({ durationS: 0.5 }), /1 to 30 s, and this one has 0\.5 s/],
  [
    'too small',
    clip({ width: 640, height: 360 }),
    /takes clips in 720p or 1080p, and this one has 640 × 360/,
  ],
  ['4K', clip({ width: 3840, height: 2160 }), /720p or 1080p, and this one has 3840 × 2160/],
  ['30 frames a second', clip({ fps: 30 }), /with 24 frames a second, and this one has 30/],
  ['no MP4', clip({}, { file: 'clips/x.webm' }), /takes MP4 clips only/],
])('a clip that is %s: firm where it is documented, else only asked', (_what, known, reason) => {
  const recipe = sampleRecipe(extension)
  const [documented, ...more] = handOver(recipe, inferencesh, known)
  expect(more).toEqual([])
  expect(documented).toMatchObject({
    field: 'source',
    weight: 'blocks',
    reason: expect.stringMatching(reason),
  })
  expect(documented?.reason).toMatch(/^inference\.sh /)
  expect(documented?.fix?.recipe).toEqual({ ...recipe, source: null })
  expect(handOver(recipe, uniall, known)).toMatchObject([
    { weight: 'asks', reason: expect.stringMatching(/^Google’s model /) },
  ])
})

test('a clip that fits, also in portrait and with 23.976 frames a second', () => {
  for (const known of [clip(), clip({ width: 1080, height: 1920, fps: 23.976, durationS: 30 })])
    expect(handOver(sampleRecipe(extension), inferencesh, known)).toEqual([])
})

test('a clip that is too large to be handed over, unless it has an address', () => {
  const known = clip({}, { bytes: 150_000_001 })
  expect(handOver(sampleRecipe(extension), inferencesh, known)).toMatchObject([
    { weight: 'blocks', reason: 'inference.sh takes clips up to 150 MB, and this one has 151 MB.' },
  ])
  const links = { source: 'https://a/1' }
  expect(handOver(sampleRecipe({ ...extension, links }), inferencesh, known)).toEqual([])
})

test('a long address is asked about where a sister model refuses such', () => {
  const address = (length: number) => 'https://a/'.padEnd(length, 'x')
  const pasted = (length: number): Recipe =>
    sampleRecipe({ slots: { first: a, last: a }, links: { first: address(length), last: 'https://a/2' } })
  expect(handOver(pasted(1024), krea, nothingKnown)).toEqual([])
  expect(handOver(pasted(1025), apiframe, nothingKnown)).toEqual([])
  const [objection, ...more] = handOver(pasted(1025), krea, nothingKnown)
  expect([objection?.field, objection?.weight, more]).toEqual(['slots', 'asks', []])
  expect(objection?.reason).toMatch(/Krea may refuse addresses of more than 1024 characters/)
  expect(objection?.fix?.recipe).toEqual({ ...pasted(1025), links: { last: 'https://a/2' } })
  // Of a slot that was emptied since, it says nothing.
  expect(handOver({ ...pasted(1025), slots: {} }, krea, nothingKnown)).toEqual([])
})
