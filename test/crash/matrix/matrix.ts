import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import { lostForEver, lostWithDatabase } from './check'
import type { RunPlan } from './plan'
import { run, type RunPlace, type RunResult } from './run'

/** The one line that `npm run crash` prints. */
export interface Summary {
  readonly runs: number
  readonly kills: number
  readonly jobs: number
  readonly accepted_submits: number
  /** The same by platform. */
  readonly accepted_by: Readonly<Partial<Record<RemoteProviderId, number>>>
  readonly double_billed: number
  readonly lost: number
  readonly unknown_left: number
  readonly orphan_files: number
  readonly orphan_objects: number
  /** Objects that stay in the bucket for ever because engine.db came to know less than it knew. */
  readonly objects_lost_with_db: number
  /** Those that were found and deleted when their links were dead. */
  readonly objects_found_again: number
  readonly ledger_mismatch: number
  readonly seconds: number
}

/** Runs under way at once: a life waits for timers and disks for most of its time. */
const lanes = 5

/** Runs all plans, some at once. `onResult` hears of each when it is over. */
export async function runAll(
  plans: readonly RunPlan[],
  place: RunPlace,
  onResult: (result: RunResult) => void,
): Promise<{ readonly summary: Summary; readonly troubled: number }> {
  const startedAt = performance.now()
  const results: RunResult[] = []
  const waiting = [...plans]
  async function lane(): Promise<void> {
    for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
      const result = await run(plan, place)
      results.push(result)
      onResult(result)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const sum = (count: (result: RunResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  const acceptedBy = (id: RemoteProviderId) =>
    sum(({ evidence }) => evidence.billed.filter(({ platform }) => platform === id).length)
  const counts = remoteProviderIds.map((id) => [id, acceptedBy(id)] as const)
  return {
    summary: {
      runs: results.length,
      kills: sum(({ kills }) => kills),
      jobs: sum(({ evidence }) => evidence.jobs.length),
      accepted_submits: sum(({ evidence }) => evidence.billed.length),
      accepted_by: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      double_billed: sum(({ complaints }) => complaints.doubleBilled.length),
      lost: sum(({ complaints }) => complaints.lost.length),
      unknown_left: sum(({ evidence }) => evidence.jobs.filter(({ state }) => state === 'unknown').length),
      orphan_files: sum(({ complaints }) => complaints.orphanFiles.length),
      orphan_objects: sum(({ complaints }) => complaints.orphanObjects.length),
      objects_lost_with_db: sum(({ evidence }) => lostForEver(evidence).length),
      objects_found_again: sum(
        ({ evidence }) => lostWithDatabase(evidence).length - lostForEver(evidence).length,
      ),
      ledger_mismatch: sum(({ complaints }) => complaints.ledgerMismatch.length),
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    },
    troubled: sum(({ troubles }) => (troubles.length > 0 ? 1 : 0)),
  }
}

/** Whether the promise was kept, and enough was done to it. */
export function isKept(summary: Summary): boolean {
  const { runs, kills, double_billed, lost, orphan_files, orphan_objects, ledger_mismatch } = summary
  const wrong = double_billed + lost + orphan_files + orphan_objects + ledger_mismatch
  return wrong === 0 && kills >= runs / 2
}

/** All that is wrong with a run, a line each. */
export function wordsOf({ complaints, troubles }: RunResult): readonly string[] {
  const { doubleBilled, lost, orphanFiles, orphanObjects, ledgerMismatch } = complaints
  return [
    ...doubleBilled.map((what) => `double billed: ${what}`),
    ...lost.map((what) => `lost: ${what}`),
    ...orphanFiles.map((what) => `orphan file: ${what}`),
    ...orphanObjects.map((what) => `orphan object: ${what}`),
    ...ledgerMismatch.map((what) => `ledger: ${what}`),
    ...troubles.map((what) => `trouble: ${what}`),
  ]
}
