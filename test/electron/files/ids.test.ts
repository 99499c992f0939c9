import { expect, test } from 'vitest'
import { newId } from '../../../electron/files/ids'
import { clipIdSchema } from '../../../shared/clip-id-schema'
import { jobIdSchema } from '../../../shared/job-schema'
import { taskIdSchema } from '../../../shared/media-schema'

test('ids fit every schema they are used under, and do not repeat', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect(new Set(ids).size).toBe(1000)
  for (const schema of [clipIdSchema, jobIdSchema, taskIdSchema]) {
    expect(ids.every((id) => schema.safeParse(id).success)).toBe(true)
  }
})
