import { expect, test } from 'vitest'
import { readCaps } from '../../../renderer/spend/caps-input'

test('caps are read together; an empty field is no cap', () => {
  expect(readCaps({ job: '', day: '10', month: '$99.50' })).toEqual({
    kind: 'read',
    caps: { jobMicros: null, dayMicros: 10_000_000, monthMicros: 99_500_000 },
  })
})

test('every field that is no amount is named, and nothing is read', () => {
  const read = readCaps({ job: 'x', day: '10', month: '-1' })
  expect(read.kind === 'faults' && Object.keys(read.faults)).toEqual(['job', 'month'])
})
