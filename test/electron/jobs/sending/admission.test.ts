import { expect, test } from 'vitest'
import { waitOf, type Situation } from '../../../../electron/jobs/sending/admission'
import type { JobRow } from '../../../../electron/jobs/job-row'
import type { WaitKind } from '../../../../shared/job'
import { sampleJob } from '../../../support/samples'

const clear: Situation = {
  paused: 'no',
  isLibraryOpen: true,
  isOffline: false,
  isDiskLow: false,
  key: 'there',
  health: { kind: 'ok' },
  bucketUntil: null,
  limits: { concurrency: 2, jobMicros: null, dayMicros: null, creditMicros: null },
  inFlight: 0,
  price: 'agreed',
  priceUntil: null,
  over: () => undefined,
}
const over = () => ({ cap: 'day', overMicros: 7 }) as const

/** What stands in the way, the most telling first: each outweighs all that come after it. */
const reasons: readonly (readonly [WaitKind, Partial<Situation>, Partial<JobRow>])[] = [
  ['held', {}, { flags: ['held'] }],
  ['library', { isLibraryOpen: false }, {}],
  ['paused', { paused: 'unclean' }, {}],
  ['no-key', { key: 'none' }, {}],
  ['key-refused', { key: 'refused' }, {}],
  ['price', { price: 'unknown' }, {}],
  ['dearer', { price: 'dearer' }, {}],
  ['offline', { isOffline: true }, {}],
  ['provider-down', { health: { kind: 'down', since: 1, until: 9 } }, {}],
  ['bucket', { bucketUntil: 9 }, {}],
  ['disk', { isDiskLow: true }, {}],
  ['provider-limit', { inFlight: 2 }, {}],
  ['budget', { over }, {}],
]

test('nothing in the way: it goes', () => {
  expect(waitOf(sampleJob(), clear)).toBeUndefined()
  expect(waitOf(sampleJob(), { ...clear, inFlight: 1 })).toBeUndefined()
})

test.each(reasons)('%s', (kind, change, row) => {
  expect(waitOf(sampleJob(row), { ...clear, ...change })?.kind).toBe(kind)
})

test('the more telling reason is told', () => {
  for (const [index, [kind, change, row]] of reasons.entries()) {
    const rest = Object.assign({}, ...reasons.slice(index).map(([, later]) => later), change)
    expect(waitOf(sampleJob(row), { ...clear, ...rest })?.kind).toBe(kind)
  }
})

test.each(['user', 'unclean', 'restored'] as const)('paused by %s', (paused) => {
  expect(waitOf(sampleJob(), { ...clear, paused })?.kind).toBe('paused')
})

test('one job can be paused, and limits of a platform say until when', () => {
  expect(waitOf(sampleJob({ flags: ['paused'] }), clear)?.kind).toBe('paused')
  expect(waitOf(sampleJob(), { ...clear, health: { kind: 'limited', until: 5 } })).toMatchObject({
    kind: 'rate-limited',
    until: 5,
  })
  expect(waitOf(sampleJob(), { ...clear, health: { kind: 'down', since: 1, until: 9 } })).toMatchObject({
    until: 9,
  })
  expect(waitOf(sampleJob(), { ...clear, health: { kind: 'out-of-credit' } })?.kind).toBe('out-of-credit')
  expect(waitOf(sampleJob(), { ...clear, price: 'old', priceUntil: 7 })).toMatchObject({
    kind: 'provider-down',
    until: 7,
  })
  expect(waitOf(sampleJob(), { ...clear, over })).toMatchObject({ kind: 'budget', overMicros: 7 })
})

test('the user’s yes is about caps, and about nothing else', () => {
  const allowed = sampleJob({ flags: ['allowed', 'priced'] })
  expect(waitOf(allowed, { ...clear, over })).toBeUndefined()
  for (const [kind, change, row] of reasons) {
    if (kind === 'budget') continue
    const job = sampleJob({ ...row, flags: [...(row.flags ?? []), 'allowed', 'priced'] })
    expect(waitOf(job, { ...clear, ...change })?.kind).toBe(kind)
  }
})

test('an old price stands in nobody’s way: it is asked for anew before anything is sent', () => {
  expect(waitOf(sampleJob(), { ...clear, price: 'old', over })).toBeUndefined()
  expect(waitOf(sampleJob(), { ...clear, price: 'old', isOffline: true })?.kind).toBe('offline')
})
