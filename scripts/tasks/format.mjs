// `npm run format`
import { assertNode } from '../node-version.mjs'
import { runOpenly, tool } from './tools.mjs'

assertNode()
process.exitCode = await runOpenly(tool('oxfmt/bin/oxfmt', ['--write', ...process.argv.slice(2)]))
