// `npm run e2e -- <Playwright arguments>`: the real application, built if its sources changed.
import { assertNode } from '../node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { playwrightCommand } from './runners.mjs'
import { runOpenly } from './tools.mjs'

assertNode()
process.exitCode = (await ensureBuilt()) ? await runOpenly(playwrightCommand(process.argv.slice(2))) : 1
