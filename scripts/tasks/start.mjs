// `npm start -- <arguments of the application>`
import { assertNode } from '../node-version.mjs'
import { startApplication } from './start-application.mjs'

assertNode()
process.exitCode = await startApplication(process.argv.slice(2))
