import { runQuietly, stepLine, tool } from './tools.mjs'

const CHECKS = [
  { name: 'types', command: tool('typescript/bin/tsc', ['-b']) },
  // The walls between the folders are lint rules.
  { name: 'lint', command: tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'format', command: tool('oxfmt/bin/oxfmt', ['--check']) },
  { name: 'dead code', command: tool('knip/bin/knip.js', []) },
]

/**
 * Types, lint, format and dead code, each counted as one; a failing one does not keep the rest from running.
 * @returns {Promise<import('./counts.mjs').Counts[]>}
 */
export async function runStaticChecks() {
  const counts = []
  for (const { name, command } of CHECKS) {
    const startedAt = performance.now()
    const { code, output } = await runQuietly(command)
    console.log(stepLine(code === 0, name, startedAt))
    if (code !== 0) console.log(output.trimEnd())
    counts.push(code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })
  }
  return counts
}
