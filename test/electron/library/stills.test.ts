import { expect, test } from 'vitest'
import type { Still } from '../../../shared/still-schema'
import { stillTypes } from '../../../shared/still'
import { testLibrary } from '../../support/library'
import { noon } from '../../support/samples'

const still: Still = {
  id: 'a'.repeat(64),
  type: 'png',
  width: 20_000,
  height: 1,
  bytes: 99_999_999,
  name: `"雪'.png`,
}

test.each(stillTypes)('a %s comes back as it was put', async (type) => {
  const { stills } = await testLibrary()
  stills.put({ ...still, type }, noon)
  expect(stills.get(still.id)).toEqual({ ...still, type })
})

test('a picture is stored once: the first name stays', async () => {
  const { stills, library } = await testLibrary()
  stills.put(still, noon)
  stills.put({ ...still, name: 'copy.png' }, noon + 1)
  expect(stills.get(still.id)?.name).toBe(still.name)
  expect(library.db.prepare('select count(*) n from stills').get()).toEqual({ n: 1 })
})

test('an unknown id gives nothing', async () => {
  const { stills } = await testLibrary()
  expect(stills.get('b'.repeat(64))).toBeUndefined()
})
