// `npm run crash -- --runs 1000 --seed 7`: the crash matrix; one JSON line on stdout, failing runs on stderr.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { assertNode } from '../node-version.mjs'
import { ROOT, runOpenly } from './tools.mjs'

assertNode()
const folder = join(ROOT, 'test', 'crash', 'matrix')
// Each time its own: a run of many minutes goes on with what it began with, whatever is built meanwhile.
const outDir = join(ROOT, '.cache', 'crash', String(process.pid))
try {
  for (const name of ['worker', 'main']) await bundle(name)
  process.exitCode = await runOpenly([
    process.execPath,
    '--no-warnings',
    join(outDir, 'main.mjs'),
    join(outDir, 'worker.mjs'),
    join(ROOT, 'test', 'fixtures'),
    ...process.argv.slice(2),
  ])
} finally {
  rmSync(outDir, { recursive: true, force: true })
}

/**
 * Our sources import each other without extensions, which Node alone does not resolve.
 * @param {string} name
 */
async function bundle(name) {
  await build({
    configFile: false,
    logLevel: 'error',
    // The worker is started thousands of times: one file opens faster than a tree of packages.
    ...(name === 'worker' ? { ssr: { noExternal: true } } : {}),
    build: {
      ssr: join(folder, `${name}.ts`),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  })
}
