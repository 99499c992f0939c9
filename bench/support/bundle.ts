import { join } from 'node:path'
import { build } from 'vite'

/** Bundles sources of the application, which Node alone cannot resolve, into one file that plain Node runs. */
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
