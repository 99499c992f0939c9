// `npm run shots`: pictures of the main states into docs/screenshots/.
import { assertNode } from '../node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { playwrightCommand } from './runners.mjs'
import { runOpenly } from './tools.mjs'

assertNode()
const args = ['--config', 'playwright.shots.config.ts', ...process.argv.slice(2)]
process.exitCode = (await ensureBuilt()) ? await runOpenly(playwrightCommand(args)) : 1
