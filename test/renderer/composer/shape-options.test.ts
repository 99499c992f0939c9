import { expect, test } from 'vitest'
import { offeredDurations, offeredRatios } from '../../../renderer/composer/shape-options'
import { providers } from '../../../shared/providers'
import { sampleRecipe } from '../../support/samples'

const { capabilities } = providers.krea
const unsure = (offered: readonly { readonly value: unknown; readonly unsure: boolean }[]) =>
  offered.filter((one) => one.unsure).map(({ value }) => value)

test('all lengths are offered, and with references those that are only not documented are marked', () => {
  const plain = offeredDurations(sampleRecipe(), capabilities) ?? []
  expect(plain.map(({ value }) => value)).toEqual([4, 6, 8])
  expect(unsure(plain)).toEqual([])
  for (const slots of [{ ref1: 'a' }, { first: 'a', ref1: 'b' }]) {
    const offered = offeredDurations(sampleRecipe({ slots }), capabilities) ?? []
    expect(offered.map(({ value }) => value)).toEqual([4, 6, 8])
    expect(unsure(offered)).toEqual([4, 6])
  }
})

test('what is known not to go with references is not offered', () => {
  const strict = { ...capabilities, doubts: {} }
  const offered = offeredDurations(sampleRecipe({ slots: { ref1: 'a' } }), strict)
  expect(offered).toEqual([{ value: 8, unsure: false }])
})

test('an extension has the model’s own length, an edit has not', () => {
  const source = { clip: 'c', use: 'extend' } as const
  expect(offeredDurations(sampleRecipe({ source }), providers.uniall.capabilities)).toBeNull()
  expect(
    offeredDurations(sampleRecipe({ source: { ...source, use: 'edit' } }), providers.uniall.capabilities),
  ).toHaveLength(3)
})

test('shapes that a page only claims are marked', () => {
  expect(unsure(offeredRatios(providers.apiframe.capabilities))).toEqual(['1:1', '4:3', '3:4'])
  expect(unsure(offeredRatios(capabilities))).toEqual([])
})
