import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { remoteProviderIds } from '../../shared/provider'
import { bundleForNode } from '../support/bundle'
import { seed } from '../support/seed'
import { runAll, wordsOf } from './matrix/matrix'
import { planRun } from './matrix/plan'
import type { RunResult } from './matrix/run'
import { ruleNames, rules } from './matrix/rules'
import { sabotagePlans } from './matrix/sabotage-plans'

const fixtures = join(import.meta.dirname, '../fixtures')
/** Of all tests of this file. */
const outDir = mkdtempSync(join(tmpdir(), 'inbetween-matrix-worker-'))

let worker = ''
beforeAll(async () => {
  worker = await bundleForNode(join(import.meta.dirname, 'matrix/worker.ts'), outDir)
})
afterAll(() => rmSync(outDir, { recursive: true, force: true }))

async function judged(plans: Parameters<typeof runAll>[0]) {
  const results: RunResult[] = []
  const { summary } = await runAll(plans, { worker, fixtures }, (result) => results.push(result))
  return {
    summary,
    results,
    words: results.flatMap((result) => wordsOf(result).map((words) => `${result.name}: ${words}`)),
  }
}

test('100 runs with kills and faults: nothing paid twice, nothing lost', { timeout: 400_000 }, async () => {
  const { summary, words } = await judged(
    Array.from({ length: 100 }, (_, index) => planRun(seed, index, remoteProviderIds)),
  )
  expect(words).toEqual([])
  expect(summary).toMatchObject({
    runs: 100,
    double_billed: 0,
    lost: 0,
    orphan_files: 0,
    orphan_objects: 0,
    ledger_mismatch: 0,
  })
  expect(summary.kills).toBeGreaterThanOrEqual(50)
  expect(summary.accepted_submits).toBeGreaterThanOrEqual(100)
  expect(Object.keys(summary.accepted_by)).toEqual(remoteProviderIds)
  console.log(`crash matrix, seed ${seed}: ${JSON.stringify(summary)}`)
})

// A checker that cannot fail proves nothing.
describe('the checker sees each rule that is broken on purpose', () => {
  test.for(ruleNames)('%s', { timeout: 60_000 }, async (rule) => {
    const { results } = await judged(sabotagePlans(rule))
    const complaints = results.flatMap(
      (result) => Object.values(result.complaints).flat() as readonly string[],
    )
    expect(complaints, rules[rule]).not.toEqual([])
  })

  test('and nothing is wrong in the same runs with the rules kept', { timeout: 180_000 }, async () => {
    const { words } = await judged(ruleNames.flatMap((rule) => sabotagePlans(rule, false)))
    expect(words).toEqual([])
  })
})
