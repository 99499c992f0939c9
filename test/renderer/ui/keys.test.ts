import { expect, test } from 'vitest'
import { formatKeys } from '../../../renderer/ui/keys'
import { rememberedChoice, rememberedNumber } from '../../../renderer/ui/remembered'
import { memoryOf } from '../support/pieces'

test('keys are written as the platform writes them', () => {
  expect(formatKeys('mod+enter', 'darwin')).toBe('⌘↵')
  expect(formatKeys('mod+enter', 'linux')).toBe('Ctrl+Enter')
  expect(formatKeys('shift+S', 'darwin')).toBe('⇧S')
  expect(formatKeys('shift+S', 'win32')).toBe('Shift+S')
  expect(formatKeys('space', 'linux')).toBe('Space')
  expect(formatKeys('left', 'darwin')).toBe('←')
  expect(formatKeys('[', 'linux')).toBe('[')
})

test('only what makes sense is remembered', () => {
  const limits = { min: 10, max: 20, fallback: 15 }
  const read = (text: string) => rememberedNumber(memoryOf({ size: text }), 'size', limits)
  expect(['12', '10', '21', 'x', ''].map(read)).toEqual([12, 10, 15, 15, 15])
  expect(rememberedNumber(memoryOf(), 'size', limits)).toBe(15)
  const choice = (text: string) => rememberedChoice(memoryOf({ sort: text }), 'sort', ['a', 'b'], 'a')
  expect(['b', 'c', 'constructor'].map(choice)).toEqual(['b', 'a', 'a'])
})
