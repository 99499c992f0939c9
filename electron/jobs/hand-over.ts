import type { DatabaseSync } from 'node:sqlite'
import { stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { AppError } from '../../shared/error'
import { resolveInside } from '../files/contain'
import { isErrno } from '../files/exists'
import type { LibraryPaths } from '../library/paths'
import type { ProviderId } from '../../shared/provider'
import type { Stills } from '../library/stills'
import type { RemoteProvider } from '../providers/provider'
import type { Connection } from './connections'

/** Gives stills to providers, each once while the platform keeps it. */
export interface HandOver {
  /**
   * The still's URL at the provider.
   * @throws AppError when the still is gone or the platform refuses it, Unreachable when it does not answer.
   */
  readonly url: (still: string, provider: RemoteProvider, connection: Connection) => Promise<string>
  /** The platform could not use what it has: next time they are given anew. */
  readonly forget: (stills: readonly string[], provider: ProviderId) => void
}

/** A link must outlast the submit and the platform's own queue before it looks at the picture, milliseconds. */
const marginMs = 15 * 60_000

/** Where no end is named, uploads are made anew after a day: they are free, and a dead link fails a job. */
const unnamedLifeMs = 24 * 3_600_000

/** Makes the hand-over of the open library's stills, remembered in engine.db by content hash. */
export function createHandOver(deps: {
  readonly db: DatabaseSync
  readonly paths: LibraryPaths
  readonly stills: Pick<Stills, 'get'>
  readonly isLibraryThere: () => Promise<boolean>
  readonly now: () => number
}): HandOver {
  const { db, paths, stills, now } = deps
  const get = db.prepare(
    'select url from handed_over where provider = ? and key_print = ? and still = ? and expires_at > ?',
  )
  const remove = db.prepare('delete from handed_over where provider = ? and still = ?')
  const put = db.prepare(
    'insert or replace into handed_over (provider, key_print, still, url, expires_at) values (?, ?, ?, ?, ?)',
  )

  return {
    forget(ids, provider) {
      for (const id of ids) remove.run(provider, id)
    },
    async url(id, provider, connection) {
      const known = get.get(provider.id, connection.print, id, now() + marginMs)?.['url']
      if (typeof known === 'string') return known
      const still = stills.get(id)
      if (!still) throw gone(id)
      if (!(await deps.isLibraryThere())) throw libraryGone()
      const path = await stillPath(paths, paths.still(id, still.type), id)
      const { size } = await stat(path)
      const file = { id, type: still.type, bytes: size, path }
      const { url, expiresAt } = await provider.handOver(file, connection.send, now)
      put.run(provider.id, connection.print, id, url, expiresAt ?? now() + unnamedLifeMs)
      return url
    },
  }
}

async function stillPath(paths: LibraryPaths, path: string, id: string): Promise<string> {
  try {
    // SECURITY: a library may come from elsewhere; a link in it must not send another file of the user's away.
    return await resolveInside(paths.root, relative(paths.root, path))
  } catch (error) {
    throw isErrno(error, 'ENOENT') ? gone(id) : error
  }
}

function gone(id: string): AppError {
  const message = 'A picture of this recipe is no longer in the library. Nothing was sent; drop it again.'
  return new AppError('not-found', message, id)
}

function libraryGone(): AppError {
  const message = 'The library folder is not there. The job waits until its disk is back.'
  return new AppError('library-unavailable', message)
}
