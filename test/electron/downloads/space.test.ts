import { expect, test } from 'vitest'
import { createSpaceCheck } from '../../../electron/downloads/space'

const margin = 200_000_000

test.each([
  ['everything fits', 0, 1000, margin + 1000, true],
  ['one byte is missing', 0, 1000, margin + 999, false],
  ['only the rest counts', 900, 1000, margin + 100, true],
  ['of an unknown length the margin', 900, null, margin, true],
  ['of an unknown length less', 900, null, margin - 1, false],
  ['more came than was told', 2000, 1000, margin, true],
])('%s', async (_name, done, total, free, fits) => {
  const check = createSpaceCheck('/clips', async (folder) => (folder === '/clips' ? free : 0)).check(
    done,
    total,
  )
  if (fits) await expect(check).resolves.toBeUndefined()
  else await expect(check).rejects.toMatchObject({ kind: 'disk-full' })
})

test('a look is due every 32 MiB, counted from the last', async () => {
  const space = createSpaceCheck('/clips', async () => 1e12)
  const step = 32 * 1024 ** 2
  expect([space.isDue(step - 1), space.isDue(step)]).toEqual([false, true])
  await space.check(step, null)
  expect([space.isDue(2 * step - 1), space.isDue(2 * step)]).toEqual([false, true])
})
