import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createImporter } from '../../electron/library/import'
import { createFakeMedia } from './fake-media'
import { filesBelow, temporaryFolder } from './folder'
import { testLibrary } from './library'
import { noon } from './samples'

type FakeMedia = ReturnType<typeof createFakeMedia>

/** A real library with its importer, a folder to import from, and what was told meanwhile. */
export async function importScene(media: FakeMedia = createFakeMedia()) {
  const { paths, clips, stills, library, folder } = await testLibrary()
  const progress: { done: number; total: number; name: string }[] = []
  const announced: string[] = []
  const logged: string[] = []
  const importer = createImporter({
    paths,
    clips,
    stills,
    media,
    now: () => noon,
    onProgress: (each) => progress.push(each),
    onClip: ({ id }) => announced.push(id),
    logError: (what) => logged.push(what),
  })
  const count = (table: 'stills' | 'clips') =>
    Number(library.db.prepare(`select count(*) as n from ${table}`).get()?.['n'])
  return {
    importer,
    from: temporaryFolder(),
    paths,
    clips,
    stills,
    media,
    progress,
    announced,
    logged,
    count,
    /** What an import may leave behind: part files, rows, and files outside the caches. */
    traces: async () => {
      const files = await filesBelow(folder)
      return {
        partial: readdirSync(paths.partial),
        rows: count('stills') + count('clips'),
        files: files.filter((file) => !file.startsWith('.inbetween/')),
      }
    },
  }
}

/** Nobody: a user who owns nothing here. */
const nobody = 65_534

/** Runs the work as a user who is bound by file modes: root may read everything, whatever its mode. */
export async function boundByModes<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work()
  process.seteuid?.(nobody)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

/** A pipe: reading it would wait for ever. */
export function makePipe(folder: string, name: string): void {
  execFileSync('mkfifo', [join(folder, name)])
}
