import { expect, test } from 'vitest'
import { createSoon } from '../../../electron/jobs/soon'

test('many changes, one look, and only after they are through; a change in the look is looked at again', async () => {
  let looks = 0
  const soon = createSoon(() => {
    looks += 1
    if (looks === 1) soon()
  })
  soon()
  soon()
  expect(looks).toBe(0)
  await Promise.resolve()
  expect(looks).toBe(1)
  await Promise.resolve()
  await Promise.resolve()
  expect(looks).toBe(2)
})
