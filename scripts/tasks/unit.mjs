// `npm run unit -- <vitest arguments>`
import { assertNode } from '../node-version.mjs'
import { vitestCommand } from './runners.mjs'
import { runOpenly } from './tools.mjs'

assertNode()
process.exitCode = await runOpenly(vitestCommand(process.argv.slice(2)))
