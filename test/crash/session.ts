import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../electron/database/open'
import { createRunner } from '../../electron/jobs/runner'
import { engineMigrations } from '../../electron/jobs/schema'
import { createJobTable } from '../../electron/jobs/table'
import { createClips } from '../../electron/library/clips'
import { openLibrary, sweepPartial } from '../../electron/library/open'
import { reindex } from '../../electron/library/reindex'
import type { LocalProvider } from '../../electron/providers/provider'
import { isTerminal } from '../../shared/job'
import { animatic } from '../../shared/provider'
import { emptyRecipe } from '../../shared/recipe'

/** Where a session works: a folder with the library and engine.db, and the clip its provider "makes". */
export interface Home {
  readonly folder: string
  readonly fixture: string
}

export const libraryOf = ({ folder }: Home) => join(folder, 'Library')
export const engineOf = ({ folder }: Home) => join(folder, 'engine.db')

/** A provider that takes several steps, so that a kill can leave half a part file. */
function copying(fixture: string): LocalProvider {
  return {
    ...animatic,
    async make(_recipe, part) {
      const bytes = await readFile(fixture)
      const half = Math.floor(bytes.length / 2)
      const handle = await open(part, 'w')
      try {
        await handle.write(bytes.subarray(0, half))
        await handle.write(bytes.subarray(half))
      } finally {
        await handle.close()
      }
      const media = { durationS: 4, width: 640, height: 360, fps: 24, codec: 'avc', hasAudio: false }
      return { media, extension: '.mp4' }
    },
  }
}

/** One life of the program, in the order of electron/main.ts, without windows. */
export async function openSession(home: Home) {
  const library = await openLibrary(libraryOf(home))
  const engine = openDatabase(engineOf(home), engineMigrations)
  const clips = createClips(library.db)
  const ended = Promise.withResolvers<void>()
  const runner = createRunner({
    table: createJobTable(engine),
    library,
    clips,
    providers: { animatic: copying(home.fixture) },
    now: Date.now,
    onJob: ({ state }) => {
      if (isTerminal(state)) ended.resolve()
    },
    onClip: () => undefined,
    logError: (what, error) => ended.reject(new Error(what, { cause: error })),
  })
  await sweepPartial(library.paths, runner.parts())
  return {
    /** Takes up what was left. */
    async start(): Promise<void> {
      runner.start()
      const onClip = () => undefined
      const log = (what: string) => ended.reject(new Error(what))
      if (library.mayLackRows) await reindex({ paths: library.paths, clips, onClip, log })
    },
    create: () => runner.create({ ...emptyRecipe, prompt: 'red fox crosses the snow' }, 'animatic'),
    /** Waits until there is no job that is not over. */
    async end(): Promise<void> {
      if (runner.list().some(({ state }) => !isTerminal(state))) await ended.promise
    },
    close(): void {
      runner.stop()
      engine.close()
      library.close(true)
    },
  }
}
