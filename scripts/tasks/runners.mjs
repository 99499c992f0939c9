import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgeRunner, playwrightCounts, vitestCounts } from './counts.mjs'
import { runOpenly, stepLine, tool } from './tools.mjs'

/**
 * The unit tests, with their own output.
 * @param {readonly string[]} args for vitest
 * @returns {string[]}
 */
export function vitestCommand(args) {
  return tool('vitest/vitest.mjs', ['run', ...args])
}

/**
 * The end-to-end tests, with their own output.
 * @param {readonly string[]} args for Playwright
 * @returns {string[]}
 */
export function playwrightCommand(args) {
  return tool('@playwright/test/cli.js', ['test', ...args])
}

/**
 * Runs all unit tests and counts them. `test.only` is an error: it would shrink the run silently.
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export function countUnitTests() {
  return countRun('unit', vitestCounts, (report) => ({
    command: vitestCommand([
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--allowOnly=false',
      '--passWithNoTests=false',
    ]),
    env: process.env,
  }))
}

/**
 * Runs all end-to-end tests and counts them.
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export function countEndToEndTests() {
  return countRun('end-to-end', playwrightCounts, (report) => ({
    command: playwrightCommand(['--reporter=list,json', '--forbid-only']),
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  }))
}

/**
 * @param {string} name
 * @param {(json: string) => import('./counts.mjs').Counts} countsOf
 * @param {(report: string) => { command: readonly string[], env: NodeJS.ProcessEnv }} commandFor
 */
async function countRun(name, countsOf, commandFor) {
  const folder = mkdtempSync(join(tmpdir(), 'inbetween-report-'))
  const report = join(folder, 'report.json')
  const startedAt = performance.now()
  try {
    const { command, env } = commandFor(report)
    const code = await runOpenly(command, env)
    const { counts, complaint } = judgeRunner(readCounts(report, countsOf), code)
    console.log(stepLine(counts.failed === 0 && counts.skipped === 0, name, startedAt))
    if (complaint !== null) console.log(`${name}: ${complaint}`)
    return counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} report
 * @param {(json: string) => import('./counts.mjs').Counts} countsOf
 */
function readCounts(report, countsOf) {
  try {
    return countsOf(readFileSync(report, 'utf8'))
  } catch {
    return null
  }
}
