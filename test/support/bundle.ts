import { join } from 'node:path'
import { build } from 'vite'

/**
 * Bundles a TypeScript entry into one file that plain Node runs: our sources import each other without extensions,
 * which Node alone does not resolve.
 *
 * @returns the path of the file, in `outDir`.
 */
export async function bundleForNode(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'bundle.mjs', codeSplitting: false } },
    },
  })
  return join(outDir, 'bundle.mjs')
}
