import { expect, test } from 'vitest'
import { readableLimits, readLimits, typedLimits } from '../../../renderer/settings/limits-input'

const typed = { concurrency: '2', day: '10', job: '', credit: '' }

test('limits are read together; an empty field is no limit', () => {
  expect(readLimits(typed)).toEqual({
    kind: 'read',
    limits: { concurrency: 2, dayMicros: 10_000_000, jobMicros: null, creditMicros: null },
  })
  expect(readLimits({ ...typed, credit: '0.105' })).toMatchObject({ limits: { creditMicros: 105_000 } })
})

test('what the main process would not take is named by field', () => {
  const faults = (change: Partial<typeof typed>) => {
    const read = readLimits({ ...typed, ...change })
    return read.kind === 'faults' ? Object.keys(read.faults) : []
  }
  for (const concurrency of ['', '0', '51', '1.5', 'two', '-1']) {
    expect(faults({ concurrency }), concurrency).toEqual(['concurrency'])
  }
  expect(faults({ day: 'x', job: 'y', credit: '0' })).toEqual(['day', 'job', 'credit'])
  expect(faults({ credit: '1001' })).toEqual(['credit'])
  expect(faults({ concurrency: '50', day: '0' })).toEqual([])
})

test('of what is typed so far only what can be read is kept, and nothing where nothing changed', () => {
  const now = { concurrency: 3, dayMicros: 10_000_000, jobMicros: 2_500_000, creditMicros: null }
  const shown = typedLimits(now)
  expect(readableLimits(shown, now)).toBeNull()
  expect(readableLimits({ ...shown, job: '$2,50 ' }, now)).toBeNull()
  expect(readableLimits({ ...shown, job: '' }, now)).toEqual({ ...now, jobMicros: null })
  expect(readableLimits({ ...shown, day: 'ten', job: '4' }, now)).toEqual({ ...now, jobMicros: 4_000_000 })
  expect(readableLimits({ ...shown, concurrency: '0', credit: 'x' }, now)).toBeNull()
})
