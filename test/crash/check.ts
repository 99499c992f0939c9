import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What must be there after everything. */
export interface Expected {
  /** 1, or 0 when the program was killed before the job was written down: then there is no clip either. */
  readonly jobs: 0 | 1
  readonly library: string
  readonly engine: string
  readonly sha256: string
}

/**
 * Looks at files and databases alone, with no line of the program, and tells everything that is wrong: a job not
 * done, a clip too many or too few, broken bytes, a file without row, a row without file, something left over.
 */
export function complaints({ library, engine, sha256, jobs: count }: Expected): string[] {
  const jobs = rowsOf(engine, 'select id, state, clip from jobs')
  const clips = rowsOf(join(library, '.inbetween/library.db'), 'select id, file, sha256, bytes from clips')
  const files = filesBelow(join(library, 'clips')).map((name) => `clips/${name}`)
  const videos = files.filter((name) => /\.(mp4|mov|webm)$/.test(name))
  const sidecars = files.filter((name) => name.endsWith('.json'))
  const others = files.filter((name) => !videos.includes(name) && !sidecars.includes(name))
  const wrong: string[] = []
  const demand = (isRight: boolean, what: string) => {
    if (!isRight) wrong.push(what)
  }

  const [job] = jobs
  demand(jobs.length === count, `${jobs.length} jobs`)
  demand(!job || job['state'] === 'done', `the job is ${String(job?.['state'])}`)
  demand(videos.length === count, `${videos.length} clip files`)
  demand(sidecars.length === count, `${sidecars.length} sidecars`)
  demand(clips.length === count, `${clips.length} library rows`)
  demand(others.length === 0, `in clips/: ${others.join(', ')}`)
  const parts = filesBelow(join(library, '.inbetween/partial'))
  demand(parts.length === 0, `in partial/: ${parts.join(', ')}`)

  for (const video of videos) {
    const bytes = readFileSync(join(library, video))
    const row = clips.find(({ file }) => file === video)
    demand(createHash('sha256').update(bytes).digest('hex') === sha256, `${video} has other bytes`)
    demand(
      row?.['sha256'] === sha256 && row['bytes'] === bytes.length,
      `no row tells the truth about ${video}`,
    )
    demand(row?.['id'] === job?.['id'], `${video} is not the clip of the job`)
    demand(sidecars.includes(video.replace(/\.\w+$/, '.json')), `${video} has no sidecar`)
    demand(parsed(job?.['clip'])['file'] === video, `the job does not know ${video}`)
  }
  for (const sidecar of sidecars) {
    const kept = parsed(readFileSync(join(library, sidecar), 'utf8'))['clip']
    const isTrue = JSON.stringify(kept)?.includes(`"sha256":"${sha256}"`) ?? false
    demand(
      isTrue && JSON.stringify(kept).includes(`"id":"${String(job?.['id'])}"`),
      `${sidecar} is of another clip`,
    )
  }
  return wrong
}

function parsed(json: unknown): Record<string, unknown> {
  return typeof json === 'string' ? (JSON.parse(json) as Record<string, unknown>) : {}
}

function rowsOf(path: string, sql: string) {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
  } catch {
    // Nothing was ever put there.
    return []
  }
}
