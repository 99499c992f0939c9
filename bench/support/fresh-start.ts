import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open, type Window } from './cdp.ts'
import { electronPath, projectFolder, systemArgs } from './environment.ts'

/** The application on a computer where it was never started. */
export interface FreshStart {
  readonly window: Window
  /** A folder of this run's own, which `remove` takes away. */
  readonly folder: string
  readonly library: string
  readonly remove: () => Promise<void>
}

/** Starts it; settles as soon as its page can call the main process. */
export async function startFresh(): Promise<FreshStart> {
  const folder = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
  const library = join(folder, 'library')
  await mkdir(join(folder, 'user'))
  await writeFile(join(folder, 'user/settings.json'), JSON.stringify({ libraryFolder: library }))
  const args = [...systemArgs(), projectFolder, `--user-data-dir=${join(folder, 'user')}`]
  const window = await open(electronPath(), args, 'app://inbetween/index.html')
  while ((await window.evaluate('typeof window.inbetween')) !== 'object');
  return {
    window,
    folder,
    library,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  }
}
