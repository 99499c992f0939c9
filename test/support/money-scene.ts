import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../electron/database/open'
import { createLedger } from '../../electron/jobs/money/ledger'
import { createLimitStore } from '../../electron/jobs/money/limits'
import type { JobRow } from '../../electron/jobs/job-row'
import { engineMigrations } from '../../electron/jobs/store/schema'
import { credits, usd, type Quote } from '../../shared/money'
import { temporaryFolder } from './folder'
import { idOf, noon, sampleJob } from './samples'

export const dollars = (n: number): Quote => ({ certainty: 'listed', amount: usd(n) })
export const inCredits = (n: number): Quote => ({ certainty: 'listed', amount: credits(n) })
export const unknownPrice: Quote = { certainty: 'unknown', amount: null }

/** The accounts of a computer, with a clock that the test sets. */
export function moneyScene() {
  const path = join(temporaryFolder(), 'engine.db')
  const db = openDatabase(path, engineMigrations)
  onTestFinished(() => db.close())
  const clock = { time: noon }
  const limits = createLimitStore(db)
  const ledger = createLedger(db, limits, () => clock.time)
  const cap = (change: Partial<ReturnType<typeof limits.caps>>) =>
    limits.setCaps({ jobMicros: null, dayMicros: null, monthMicros: null, ...change })
  const own = (provider: 'krea' | 'apiframe', change: Partial<ReturnType<typeof limits.of>>) =>
    limits.set(provider, { ...limits.of(provider), ...change })
  const job = (n: number, quote: Quote, change: Partial<JobRow> = {}) =>
    sampleJob({ id: idOf(n), provider: 'krea', quote, ...change })
  return { db, path, clock, limits, ledger, cap, own, job }
}
