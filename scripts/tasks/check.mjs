// `npm run check`: types, lint (with the walls), format and dead code.
import { assertNode } from '../node-version.mjs'
import { countsLine, isGreen, sumCounts } from './counts.mjs'
import { runStaticChecks } from './static-checks.mjs'

assertNode()
const total = sumCounts(await runStaticChecks())
console.log(`\n${countsLine(total)}`)
process.exitCode = isGreen(total) ? 0 : 1
