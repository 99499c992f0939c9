import { expect, test } from 'vitest'
import { windowAction } from '../../../renderer/window/shortcuts'

const none = {
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  altGraph: false,
}
const press = (
  key: string,
  modifiers: Partial<typeof none> = {},
  where: { isTyping?: boolean; isMac?: boolean } = {},
) => windowAction({ key, ...none, ...modifiers }, { isTyping: false, isMac: false, ...where })

test('the command key of the platform generates and searches, from everywhere', () => {
  expect(press('Enter', { ctrlKey: true }, { isTyping: true })).toBe('generate')
  expect(press('Enter', { metaKey: true }, { isMac: true, isTyping: true })).toBe('generate')
  expect(press('Enter', { metaKey: true })).toBeNull()
  expect(press('Enter', { ctrlKey: true }, { isMac: true })).toBeNull()
  expect(press('f', { ctrlKey: true })).toBe('search')
  expect(press(',', { ctrlKey: true }, { isTyping: true })).toBe('settings')
  expect(press(',')).toBe('previous-clip')
})

test('a held key does not start job after job', () => {
  expect(press('Enter', { ctrlKey: true, repeat: true })).toBeNull()
})

test('letters and brackets put panels away, but never while text is typed', () => {
  const keys = {
    '[': 'toggle-composer',
    ']': 'toggle-inspector',
    q: 'toggle-queue',
    G: null,
    g: 'toggle-gallery',
  }
  for (const [key, action] of Object.entries(keys)) {
    expect(press(key, { shiftKey: key === 'G' }), key).toBe(action)
    expect(press(key, {}, { isTyping: true }), key).toBeNull()
  }
})

test('shift and a letter grab the frame, with caps lock too', () => {
  expect(press('S', { shiftKey: true })).toBe('grab')
  expect(press('f', { shiftKey: true })).toBe('grab-first')
  expect(press('L', { shiftKey: true })).toBe('grab-last')
  expect(press('f')).toBe('full-screen')
  expect(press('l')).toBeNull()
})

test('brackets typed with AltGr count, other combinations do not', () => {
  expect(press('[', { ctrlKey: true, altKey: true, altGraph: true })).toBe('toggle-composer')
  expect(press('q', { altKey: true })).toBeNull()
  expect(press('q', { ctrlKey: true })).toBeNull()
  expect(press('constructor')).toBeNull()
})
