import { join } from 'node:path'
import type { StillType } from '../../shared/still'

/** Where things lie in a library; design/architecture.md "On disk". */
export interface LibraryPaths {
  readonly root: string
  readonly inner: string
  readonly partial: string
  readonly database: string
  readonly lock: string
  readonly identity: string
  readonly still: (id: string, type: StillType) => string
  readonly thumbnail: (stillId: string) => string
  readonly poster: (clipId: string) => string
  readonly filmstrip: (clipId: string) => string
  /** A clip's file from its place in the library, `clips/2026/11/….mp4`. */
  readonly file: (relative: string) => string
}

const stillExtension: Readonly<Record<StillType, string>> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  avif: 'avif',
}

/** The paths of the library in `root`. Caches are spread over 256 folders, so that none grows too long to list. */
export function libraryPaths(root: string): LibraryPaths {
  const inner = join(root, '.inbetween')
  const spread = (kind: string, id: string, extension: string) =>
    join(inner, kind, id.slice(0, 2), `${id}.${extension}`)
  return {
    root,
    inner,
    partial: join(inner, 'partial'),
    database: join(inner, 'library.db'),
    lock: join(inner, 'lock.db'),
    identity: join(inner, 'library.json'),
    still: (id, type) => join(root, 'stills', id.slice(0, 2), `${id}.${stillExtension[type]}`),
    thumbnail: (id) => spread('thumbnails', id, 'webp'),
    poster: (id) => spread('posters', id, 'webp'),
    filmstrip: (id) => spread('filmstrips', id, 'webp'),
    file: (relative) => join(root, ...relative.split('/')),
  }
}
