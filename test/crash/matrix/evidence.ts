import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { remoteProviderIds } from '../../../shared/provider'
import { billLine } from './bill-line'
import { libraryFolder, markerIn, memoryFile, ownId, userDataFolder, type Said, type Want } from './order'
import type { Dialects } from './plan'
import type { BucketObject, PaidRequest } from './platforms'

/** A job as engine.db tells it. */
export interface EngineJob {
  readonly id: string
  readonly marker: string
  readonly provider: string
  readonly state: string
  /** The platform's own. */
  readonly remoteId: string | null
  /** Stills of its recipe. */
  readonly stills: readonly string[]
  readonly resolution: string
  /** Its outcome was not known once. */
  readonly wasUnknown: boolean
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

/** What the user ordered, and what the outside saw. */
export interface Outside {
  readonly wants: readonly Want[]
  /** As the user's settings have them. */
  readonly dialects: Dialects
  readonly paid: readonly PaidRequest[]
  /** What lies in the user's bucket. */
  readonly objects: readonly BucketObject[]
  /** When engine.db last came to know less than it knew, scaled ms; null when it never did. */
  readonly dbLostAt: number | null
  /** What of the objects still lies there when all links are dead and the program was started again. */
  readonly objectsLater: readonly string[]
}

/** All that is left when everything has ended. */
export interface Evidence extends Outside {
  readonly jobs: readonly EngineJob[]
  readonly billed: readonly BilledJob[]
  /** Objects that are written down to be deleted. */
  readonly remembered: readonly { readonly name: string; readonly provider: string; readonly still: string }[]
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
export function gather(home: string, outside: Outside): Evidence {
  const engine = join(home, userDataFolder, 'engine.db')
  const library = join(home, libraryFolder)
  const names = filesBelow(library, 'clips')
  const isSidecar = (name: string) => name.endsWith('.json')
  const bills = remoteProviderIds.flatMap((id) =>
    linesOf(join(home, `${id}.bill`)).map((line) => billLine.parse(line)),
  )
  const refunded = new Set(bills.flatMap(({ event, jobId }) => (event === 'refunded' ? [jobId] : [])))
  return {
    ...outside,
    jobs: engineJobs(engine),
    remembered: rows(engine, 'select name, provider, file from bucket_objects').map((row) => ({
      name: String(row['name']),
      provider: String(row['provider']),
      still: String(row['file']),
    })),
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

const recipeSchema = z.object({
  prompt: z.string(),
  resolution: z.string(),
  slots: z.record(z.string(), z.string()),
})

function engineJobs(path: string): readonly EngineJob[] {
  const unknown = new Set(
    rows(path, "select distinct job from timeline where to_state = 'unknown'").map((row) => row['job']),
  )
  const ledger = new Map(rows(path, 'select * from ledger').map((row) => [row['job'], row]))
  return rows(path, 'select * from jobs').map((row) => {
    const line = ledger.get(row['id'] ?? null)
    const clip = z.object({ file: z.string() }).safeParse(parsed(row['clip']))
    const { prompt, slots, resolution } = recipeSchema.parse(parsed(row['recipe']))
    const remoteId = text(row['remote_id'])
    return {
      id: String(row['id']),
      marker: markerIn(prompt),
      provider: String(row['provider']),
      state: String(row['state']),
      remoteId: remoteId === null ? null : ownId(remoteId),
      stills: Object.values(slots),
      resolution,
      wasUnknown: unknown.has(String(row['id'])),
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
