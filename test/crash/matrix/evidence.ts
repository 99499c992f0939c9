import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { billLine } from './bill-line'
import { libraryFolder, markerIn, memoryFile, userDataFolder, type Said } from './order'

/** A job as engine.db tells it. */
export interface EngineJob {
  readonly id: string
  readonly marker: string
  readonly provider: string
  readonly state: string
  readonly remoteId: string | null
  readonly clipFile: string | null
  readonly ledger: {
    readonly state: string
    readonly unit: string | null
    readonly amount: number | null
  } | null
}

/** A job as the platform's bill tells it. */
export interface BilledJob {
  readonly platform: string
  readonly id: string
  readonly marker: string
  /** In micro-dollars, or millionths of a credit. */
  readonly amount: number
  readonly unit: 'usd' | 'credit'
  readonly refunded: boolean
}

export interface LibraryClip {
  readonly id: string
  readonly file: string
  readonly sha256: string
  readonly bytes: number
}

/** All that is left when everything has ended. */
export interface Evidence {
  readonly jobs: readonly EngineJob[]
  readonly billed: readonly BilledJob[]
  readonly posts: readonly { readonly platform: string; readonly marker: string }[]
  readonly clips: readonly LibraryClip[]
  /** Below `clips/`, from the library's root. */
  readonly files: ReadonlyMap<string, string>
  /** Marker and clip id that a sidecar tells, by its path. */
  readonly sidecars: ReadonlyMap<
    string,
    { readonly id: string; readonly marker: string; readonly sha256: string }
  >
  /** Names in the folders for unfinished files. */
  readonly leftovers: readonly string[]
  readonly said: readonly Said[]
}

const sidecarSchema = z.object({
  clip: z.object({
    id: z.string(),
    sha256: z.string(),
    origin: z.object({ recipe: z.object({ prompt: z.string() }) }),
  }),
})

/** Reads bills, databases and files, with no line of the program. */
export function gather(home: string): Evidence {
  const library = join(home, libraryFolder)
  const names = filesBelow(library, 'clips')
  const isSidecar = (name: string) => name.endsWith('.json')
  const bills = ['krea', 'apiframe'].flatMap((id) =>
    linesOf(join(home, `${id}.bill`)).map((line) => billLine.parse(line)),
  )
  const refunded = new Set(bills.flatMap(({ event, jobId }) => (event === 'refunded' ? [jobId] : [])))
  return {
    jobs: engineJobs(join(home, userDataFolder, 'engine.db')),
    billed: bills.flatMap(({ event, platform, jobId, intent, amount, unit }) =>
      event === 'accepted' && jobId !== null
        ? [
            {
              platform,
              id: jobId,
              marker: intent,
              amount: unit === 'credit' ? amount * 1e6 : amount,
              unit: unit === 'credit' ? ('credit' as const) : ('usd' as const),
              refunded: refunded.has(jobId),
            },
          ]
        : [],
    ),
    posts: bills.flatMap(({ event, platform, intent }) =>
      event === 'post' ? [{ platform, marker: intent }] : [],
    ),
    clips: rows(join(library, '.inbetween/library.db'), 'select id, file, sha256, bytes from clips').map(
      (row) => ({
        id: String(row['id']),
        file: String(row['file']),
        sha256: String(row['sha256']),
        bytes: Number(row['bytes']),
      }),
    ),
    files: new Map(
      names.filter((name) => !isSidecar(name)).map((name) => [name, sha256Of(join(library, name))]),
    ),
    sidecars: new Map(names.filter(isSidecar).map((name) => [name, sidecar(join(library, name))])),
    leftovers: [
      ...filesBelow(library, '.inbetween/partial'),
      ...filesBelow(join(home, userDataFolder), 'waiting-clips'),
    ],
    // Written by the user of the matrix.
    said: linesOf(join(home, memoryFile)) as readonly Said[],
  }
}

function engineJobs(path: string): readonly EngineJob[] {
  const ledger = new Map(rows(path, 'select * from ledger').map((row) => [row['job'], row]))
  return rows(path, 'select * from jobs').map((row) => {
    const line = ledger.get(row['id'] ?? null)
    const clip = z.object({ file: z.string() }).safeParse(parsed(row['clip']))
    return {
      id: String(row['id']),
      marker: markerIn(z.object({ prompt: z.string() }).parse(parsed(row['recipe'])).prompt),
      provider: String(row['provider']),
      state: String(row['state']),
      remoteId: text(row['remote_id']),
      clipFile: clip.success ? clip.data.file : null,
      ledger: line
        ? {
            state: String(line['state']),
            unit: text(line['unit']),
            amount: number(line['charged_micros']) ?? number(line['quoted_micros']),
          }
        : null,
    }
  })
}

function sidecar(path: string) {
  const read = sidecarSchema.safeParse(parsed(readFileSync(path, 'utf8')))
  if (!read.success) return { id: '', marker: '', sha256: '' }
  const { id, sha256, origin } = read.data.clip
  return { id, sha256, marker: markerIn(origin.recipe.prompt) }
}

function linesOf(path: string): readonly unknown[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown)
}

function rows(path: string, sql: string) {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
}

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : null
  } catch {
    return null
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const number = (value: unknown) => (typeof value === 'number' ? value : null)
