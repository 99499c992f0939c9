import { expect, test } from 'vitest'
import { isCorrupt, storageFailure } from '../../../electron/database/failure'
import { AppError } from '../../../shared/error'

const sqlite = (errcode: number) => Object.assign(new Error('from SQLite'), { errcode })
const system = (code: string) => Object.assign(new Error(`from the system: ${code}`), { code })

test.each([
  ['damaged', 11, true],
  ['no database', 26, true],
  ['a damaged virtual table', 267, true],
  ['a damaged index', 779, true],
  ['full', 13, false],
  ['cannot be opened', 14, false],
])('SQLite says %s (%i)', (_name, code, corrupt) => {
  expect(isCorrupt(sqlite(code))).toBe(corrupt)
})

test('other failures are no damage', () => {
  for (const error of [system('EIO'), new Error('any'), 'text', undefined])
    expect(isCorrupt(error)).toBe(false)
})

test.each([
  [system('ENOSPC'), 'disk-full', /^The disk is full, so the box cannot be used\. Free some space/],
  [sqlite(13), 'disk-full', /^The disk is full/],
  [system('EACCES'), 'unreadable', /^The box cannot be read or written\. Check/],
  [system('ENOTDIR'), 'unreadable', /^The box cannot be read or written/],
  [sqlite(14), 'unreadable', /^The box cannot be read or written/],
  [sqlite(8), 'unreadable', /^The box cannot be read or written/],
  [new Error('a slip of ours'), 'internal', /^The box: something went wrong inside Inbetween/],
])('%s is worded as %s', (error, code, words) => {
  const failure = storageFailure(error, 'the box', 'All is well.')
  expect(failure.code).toBe(code)
  expect(failure.message).toMatch(words)
  expect(failure.message).toMatch(/All is well\.$/)
  expect(failure.details).toContain(error.message)
})

test('what is worded already stays', () => {
  const worded = new AppError('newer-version', 'Update.')
  expect(storageFailure(worded, 'the box', 'All is well.')).toBe(worded)
})
