import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'
import type { ClipSort } from '../../shared/clip'
import { clipSchema, type Clip } from '../../shared/clip-schema'
import { searchable, searchCondition } from './search'

/** One page of the gallery. */
export interface ClipQuery {
  readonly search: string
  readonly sort: ClipSort
  readonly offset: number
  readonly limit: number
}

/** The clips of the index. */
export interface Clips {
  readonly page: (query: ClipQuery) => { readonly total: number; readonly clips: Clip[] }
  readonly get: (id: string) => Clip | undefined
  /** Whether a row has this file, relative to the library. */
  readonly hasFile: (file: string) => boolean
  readonly byHash: (sha256: string) => Clip | undefined
  /** Adds the clip, or replaces the row it has. */
  readonly put: (clip: Clip) => void
  readonly setPreviews: (id: string, previews: Clip['previews']) => void
  /** The newest clip whose poster and filmstrip are still to be made. */
  readonly nextWithoutPreviews: () => Clip | undefined
}

// Every order ends in the id, so that pages never overlap when times are equal.
const orders: Readonly<Record<ClipSort, string>> = {
  newest: 'created_at desc, id desc',
  oldest: 'created_at, id',
  longest: 'duration_s desc, created_at desc, id desc',
  name: 'title collate nocase, created_at, id',
}

/** The clips table of a library's index. */
export function createClips(db: DatabaseSync): Clips {
  const byId = db.prepare('select * from clips where id = ?')
  const byFile = db.prepare('select 1 from clips where file = ?')
  const byHash = db.prepare('select * from clips where sha256 = ? limit 1')
  const withoutPreviews = db.prepare(
    "select * from clips where previews = 'pending' order by created_at desc limit 1",
  )
  const setPreviews = db.prepare('update clips set previews = ? where id = ?')
  const put = db.prepare(`
    insert into clips (id, title, words, origin, created_at, duration_s, width, height, fps, codec, has_audio, bytes, sha256, file, previews)
    values (:id, :title, :words, :origin, :createdAt, :durationS, :width, :height, :fps, :codec, :hasAudio, :bytes, :sha256, :file, :previews)
    on conflict (id) do update set title = :title, words = :words, origin = :origin, created_at = :createdAt,
      duration_s = :durationS, width = :width, height = :height, fps = :fps, codec = :codec, has_audio = :hasAudio,
      bytes = :bytes, sha256 = :sha256, file = :file, previews = :previews`)
  const one = (row: Row | undefined) => (row ? toClip(row) : undefined)

  return {
    page({ search, sort, offset, limit }) {
      const { from, where, values } = searchCondition(search)
      const total = db.prepare(`select count(*) as n from ${from}`).get(...values)
      const rows = db
        .prepare(`select * from clips ${where} order by ${orders[sort]} limit ? offset ?`)
        .all(...values, limit, offset)
      return { total: Number(total?.['n']), clips: rows.flatMap((row) => readable(row) ?? []) }
    },
    get: (id) => one(byId.get(id)),
    hasFile: (file) => byFile.get(file) !== undefined,
    byHash: (sha256) => one(byHash.get(sha256)),
    put: (clip) => void put.run(toRow(clip)),
    setPreviews: (id, previews) => void setPreviews.run(previews, id),
    nextWithoutPreviews: () => one(withoutPreviews.get()),
  }
}

type Row = Record<string, SQLOutputValue>

/** A library may come from elsewhere: one odd row must not hide the page it is on. */
function readable(row: Row): Clip | undefined {
  try {
    return toClip(row)
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined
    throw error
  }
}

function toRow({ media, origin, ...clip }: Clip) {
  const words = origin.kind === 'generated' ? origin.recipe.prompt : origin.fileName
  return {
    id: clip.id,
    title: clip.title,
    words: searchable(words),
    origin: JSON.stringify(origin),
    createdAt: clip.createdAt,
    durationS: media.durationS,
    width: media.width,
    height: media.height,
    fps: media.fps,
    codec: media.codec,
    hasAudio: media.hasAudio ? 1 : 0,
    bytes: clip.bytes,
    sha256: clip.sha256,
    file: clip.file,
    previews: clip.previews,
  }
}

function toClip(row: Row): Clip {
  return clipSchema.parse({
    id: row['id'],
    title: row['title'],
    origin: JSON.parse(String(row['origin'])),
    createdAt: row['created_at'],
    media: {
      durationS: row['duration_s'],
      width: row['width'],
      height: row['height'],
      fps: row['fps'],
      codec: row['codec'],
      hasAudio: row['has_audio'] === 1,
    },
    bytes: row['bytes'],
    sha256: row['sha256'],
    file: row['file'],
    previews: row['previews'],
  })
}
