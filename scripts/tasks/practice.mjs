// `npm run practice`: the application against simulated platforms, in a library of its own. No money can be spent.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { assertNode } from '../node-version.mjs'
import { ROOT } from './tools.mjs'
import { startApplication } from './start-application.mjs'

assertNode()
const folder = mkdtempSync(join(tmpdir(), 'inbetween-practice-'))
const userData = join(folder, 'user data')
mkdirSync(userData)
// The mark of a folder that simulated platforms may have their way with.
writeFileSync(join(userData, 'practice'), '')
writeFileSync(join(userData, 'settings.json'), JSON.stringify({ libraryFolder: join(folder, 'Practice') }))
const platforms = await startPlatforms(join(folder, 'practice.json'))
console.error(
  'Practice: all five platforms and a bucket are simulated on this computer and no money is spent. These words in a prompt make things go wrong: #refused #fail #slow #nolink #cut #lost #busy',
)
try {
  process.exitCode = await startApplication([`--user-data-dir=${userData}`, ...process.argv.slice(2)], {
    INBETWEEN_PRACTICE: join(folder, 'practice.json'),
  })
} finally {
  platforms.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}

/**
 * Our sources import each other without extensions, which Node alone does not resolve: they are bundled first.
 * @param {string} file where their addresses are written
 */
async function startPlatforms(file) {
  const outDir = join(ROOT, '.cache', 'practice')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'test', 'platforms', 'practice.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'practice.mjs', codeSplitting: false } },
    },
  })
  const films = join(ROOT, 'test', 'fixtures')
  const child = spawn(process.execPath, [join(outDir, 'practice.mjs'), file, films], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the simulated platforms did not start')
    }),
  ])
  return child
}
