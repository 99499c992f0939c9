import { expect, test } from 'vitest'
import type { LedgerLine } from '../../../electron/jobs/ledger'
import { ledgerCsv } from '../../../electron/jobs/ledger-csv'
import { idOf } from '../../support/samples'

const line = (change: Partial<LedgerLine> = {}): LedgerLine => ({
  job: idOf(1),
  library: 'Library',
  provider: 'krea',
  state: 'charged',
  unit: 'usd',
  quotedMicros: 840_000,
  chargedMicros: 1_008_000,
  usdMicros: 1_008_000,
  day: '2026-11-21',
  at: Date.UTC(2026, 10, 21, 11),
  ...change,
})

test('one row a job, with day, month, library and provider to sum by', () => {
  expect(ledgerCsv([line()])).toBe(
    '\uFEFFday,time,month,library,provider,job,state,unit,quoted,charged,usd\r\n' +
      `2026-11-21,2026-11-21T11:00:00.000Z,2026-11,Library,krea,${idOf(1)},charged,usd,0.840000,1.008000,1.008000\r\n`,
  )
})

const cells = (change: Partial<LedgerLine>) => ledgerCsv([line(change)]).split('\r\n')[1] ?? ''

test('only what was charged has a charge; unknown amounts are empty, not zero', () => {
  expect(cells({ chargedMicros: null })).toMatch(/,0.840000,0.840000,1.008000$/)
  expect(cells({ chargedMicros: null, state: 'maybe' })).toMatch(/,0.840000,,1.008000$/)
  expect(cells({ quotedMicros: null, chargedMicros: null, usdMicros: null, unit: null })).toMatch(
    /,charged,,,,$/,
  )
})

test('quotes, commas and line ends stay inside their cell', () => {
  expect(cells({ library: 'a,"b"' })).toContain(',"a,""b""",')
  expect(ledgerCsv([line({ library: 'a\nb' })])).toContain(',"a\nb",')
})

test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '=cmd|"/c calc"!A1'])('%j is no formula', (library) => {
  const csv = ledgerCsv([line({ library })])
  expect(csv).toMatch(/,"?'[=+\-@\t\r]/)
})

test('nothing spent is a table with its head alone', () => {
  expect(ledgerCsv([]).split('\r\n')).toHaveLength(2)
})
