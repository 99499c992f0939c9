import { expect, test } from 'vitest'
import { nextRate } from '../../../renderer/stage/shuttle'
import { isSliderKey, stageAction } from '../../../renderer/stage/stage-keys'

const press = (key: string, modifiers: object = {}) =>
  stageAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...modifiers })

test('J and L go faster with each press, turn around at once, and K stops', () => {
  expect([0, 1, 2, 4, 8].map((rate) => nextRate(rate, 'l'))).toEqual([1, 2, 4, 8, 8])
  expect([0, -1, -2, -4, -8].map((rate) => nextRate(rate, 'j'))).toEqual([-1, -2, -4, -8, -8])
  expect(nextRate(4, 'j')).toBe(-1)
  expect(nextRate(-8, 'l')).toBe(1)
  expect(nextRate(-2, 'k')).toBe(0)
})

test('the stage has its keys and leaves the others alone', () => {
  for (const key of [' ', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'j', 'k', 'l', 'r', 'm', 'J']) {
    expect(press(key), key).not.toBeNull()
  }
  for (const key of ['a', 'Enter', 'Escape', 'ArrowUp']) expect(press(key), key).toBeNull()
  expect(press('L', { shiftKey: true })).toBeNull()
  expect(press('r', { ctrlKey: true })).toBeNull()
})

test('the slider loses the keys that the stage moves by, and no other: Tab leads on', () => {
  for (const key of ['ArrowLeft', 'ArrowUp', 'PageDown', 'Home', 'End'])
    expect(isSliderKey(key), key).toBe(true)
  for (const key of ['Tab', 'Escape', ' ', 'k', 'F5']) expect(isSliderKey(key), key).toBe(false)
})
