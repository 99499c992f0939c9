/**
 * How many checks ended how. A step that should have run something and did not counts as one failure, so that the
 * last line never claims more than was seen.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * The counts of vitest's JSON report.
 * @param {string} json
 * @returns {Counts}
 */
export function vitestCounts(json) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(json)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/**
 * The counts of Playwright's JSON report. A flaky test failed once, and that is what we want to know.
 * @param {string} json
 * @returns {Counts}
 */
export function playwrightCounts(json) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(json).stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

/**
 * What a test runner's counts and exit code say together.
 * @param {Counts | null} counts null when there is no readable report
 * @param {number} code
 * @returns {{ counts: Counts, complaint: string | null }} `complaint` says what the counts alone do not
 */
export function judgeRunner(counts, code) {
  if (counts === null)
    return { counts: { passed: 0, failed: 1, skipped: 0 }, complaint: 'it wrote no report' }
  if (counts.failed > 0) return { counts, complaint: null }
  if (code !== 0)
    return { counts: { ...counts, failed: 1 }, complaint: `it ended with ${code} though no test failed` }
  if (counts.passed === 0) return { counts: { ...counts, failed: 1 }, complaint: 'no test passed' }
  return { counts, complaint: null }
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { passed, failed, skipped } of all) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
  }
  return total
}

/**
 * The line `npm test` ends with.
 * @param {Counts} counts
 * @returns {string}
 */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/**
 * Whether these counts are a success: something ran, all of it, and nothing failed.
 * @param {Counts} counts
 * @returns {boolean}
 */
export function isGreen({ passed, failed, skipped }) {
  return passed > 0 && failed === 0 && skipped === 0
}
