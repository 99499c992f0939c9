import { expect, test } from 'vitest'
import { providerIn, providers } from '../../../shared/providers'
import { extras } from '../../../shared/validate/extras'
import { sampleRecipe } from '../../support/samples'

const { animatic, krea, apiframe, bytespike, uniall, inferencesh } = providers

test('what it has, or takes no notice of, is fine', () => {
  const recipe = sampleRecipe({ audio: true, seed: 0 })
  for (const provider of [animatic, apiframe, providerIn('uniall', 'docs')]) {
    expect(extras(recipe, provider)).toEqual([])
  }
  expect(extras({ ...recipe, seed: null }, krea)).toEqual([])
  expect(extras({ ...recipe, audio: false }, bytespike)).toEqual([])
})

test('what it has not is blocked, with one click that takes it out', () => {
  const sound = sampleRecipe({ audio: true })
  expect(extras(sound, bytespike)).toMatchObject([
    { field: 'audio', weight: 'blocks', fix: { recipe: { ...sound, audio: false } } },
  ])
  const seeded = sampleRecipe({ seed: 0 })
  for (const provider of [krea, uniall]) {
    expect(extras(seeded, provider)).toMatchObject([
      { field: 'seed', weight: 'blocks', fix: { recipe: { ...seeded, seed: null } } },
    ])
  }
})

test('only inference.sh keeps people out; elsewhere one click allows them', () => {
  const empty = sampleRecipe({ noPeople: true })
  for (const provider of [inferencesh, animatic]) expect(extras(empty, provider)).toEqual([])
  for (const provider of [krea, apiframe, bytespike, uniall, providerIn('uniall', 'docs')]) {
    expect(extras(empty, provider)).toEqual([
      {
        weight: 'blocks',
        field: 'noPeople',
        reason: `${provider.name} has no way to keep people out.`,
        fix: { label: 'Allow people', recipe: { ...empty, noPeople: false } },
      },
    ])
    expect(extras({ ...empty, noPeople: false }, provider)).toEqual([])
  }
})
