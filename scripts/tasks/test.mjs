// `npm test`: everything, in order, to its end. The last line counts what was seen.
import { assertNode } from '../node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { countsLine, isGreen, sumCounts } from './counts.mjs'
import { countEndToEndTests, countUnitTests } from './runners.mjs'
import { runStaticChecks } from './static-checks.mjs'

assertNode()
const counts = await runStaticChecks()
const isBuilt = await ensureBuilt()
counts.push(await countUnitTests())
// Without a build there is no application to drive: that is the one failure to count, not every test of it.
counts.push(isBuilt ? await countEndToEndTests() : { passed: 0, failed: 1, skipped: 0 })
const total = sumCounts(counts)
console.log(`\n${countsLine(total)}`)
process.exitCode = isGreen(total) ? 0 : 1
