import { expect, test } from 'vitest'
import { unbroken } from '../../../renderer/ui/unbroken'

test('a figure stays with its unit, and no line begins with a middle dot', () => {
  expect(unbroken('Takes 8 s. Not 4, 6 s · up to 10 MB, 13 seconds')).toBe(
    'Takes 8\u00A0s. Not 4, 6\u00A0s\u00A0· up to 10\u00A0MB, 13 seconds',
  )
})
