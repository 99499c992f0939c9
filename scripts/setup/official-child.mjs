// The part of set-up that needs the newer Node: started by official.mjs, answers over the IPC channel.
import { join } from 'node:path'
import { assertNode } from '../node-version.mjs'
import { downloadOfficial } from './official-download.mjs'
import { createSay } from './say.mjs'

assertNode()
const root = join(import.meta.dirname, '..', '..')
const result = await downloadOfficial({
  electronDir: join(root, 'node_modules', 'electron'),
  tempDir: join(root, '.cache'),
  say: createSay({ logFile: join(root, '.cache', 'setup.log') }),
})
process.send?.(result)
process.disconnect?.()
