import { expect, test } from 'vitest'
import { doubtLines } from '../../../renderer/settings/doubt-words'
import { providerIn, providers } from '../../../shared/providers'

test('what is uncertain is told, what asks first, the same words once', () => {
  const lines = doubtLines(providers.uniall)
  expect(lines.map(({ about, asks }) => [about, asks])).toEqual([
    ['References', true],
    ['Length with references', true],
    ['First frame, first and last frame', false],
    ['Extending a clip, editing a clip', false],
    ['Length of the prompt', false],
  ])
})

test('a dialect has its own uncertainties, and what it cannot do at all is none', () => {
  expect(doubtLines(providerIn('uniall', 'docs')).map(({ about }) => about)).toEqual(['Length of the prompt'])
  expect(doubtLines(providers.animatic)).toEqual([])
})
