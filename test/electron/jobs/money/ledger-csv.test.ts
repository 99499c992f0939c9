import { expect, test } from 'vitest'
import type { LedgerLine } from '../../../../electron/jobs/money/ledger'
import { ledgerCsv } from '../../../../electron/jobs/money/ledger-csv'
import { idOf } from '../../../support/samples'

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
  remoteId: 'r-1',
  title: 'A fox',
  ...change,
})

test('one row a job, with day, month, library and provider to sum by', () => {
  expect(ledgerCsv([line()])).toBe(
    '\uFEFFday,time,month,library,provider,job,state,unit,quoted,charged,usd,platform_job,title\r\n' +
      `2026-11-21,2026-11-21T11:00:00.000Z,2026-11,Library,krea,${idOf(1)},charged,usd,0.840000,1.008000,1.008000,r-1,A fox\r\n`,
  )
})

const cells = (change: Partial<LedgerLine>) => ledgerCsv([line(change)]).split('\r\n')[1] ?? ''

test('only what was charged has a charge; unknown amounts are empty, not zero', () => {
  expect(cells({ chargedMicros: null })).toMatch(/,0.840000,0.840000,1.008000,r-1,A fox$/)
  expect(cells({ chargedMicros: null, state: 'maybe' })).toMatch(/,0.840000,,1.008000,r-1,A fox$/)
  expect(cells({ quotedMicros: null, chargedMicros: null, usdMicros: null, unit: null })).toMatch(
    /,charged,,,,,r-1,A fox$/,
  )
  expect(cells({ remoteId: null, title: null })).toMatch(/,1.008000,,$/)
})

test.each(['released', 'refunded'])(
  'a row that is %s adds nothing to a column that is summed up',
  (state) => {
    expect(cells({ state })).toMatch(new RegExp(`,${state},usd,0.840000,,,r-1,A fox$`))
  },
)

test('quotes, commas and line ends stay inside their cell', () => {
  expect(cells({ library: 'a,"b"' })).toContain(',"a,""b""",')
  expect(ledgerCsv([line({ library: 'a\nb' })])).toContain(',"a\nb",')
  expect(cells({ title: 'A "red", fox' })).toMatch(/,"A ""red"", fox"$/)
})

const formulas = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '=cmd|"/c calc"!A1']
test.each(formulas)('%j is no formula, wherever it comes from', (text) => {
  for (const change of [{ library: text }, { remoteId: text }, { title: text }]) {
    expect(ledgerCsv([line(change)])).toMatch(/,"?'[=+\-@\t\r]/)
  }
})

test('nothing spent is a table with its head alone', () => {
  expect(ledgerCsv([]).split('\r\n')).toHaveLength(2)
})
