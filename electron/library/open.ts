import { lstat, mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { AppError, toErrorShape } from '../../shared/error'
import { openOrSetAside } from '../database/open-or-set-aside'
import { writeDurable } from '../files/durable'
import { isErrno } from '../files/exists'
import { newId } from '../files/ids'
import { lockLibrary } from './lock'
import { libraryPaths, type LibraryPaths } from './paths'
import { libraryMigrations } from './schema'

/** An open, locked library. */
export interface Library {
  readonly id: string
  readonly name: string
  readonly paths: LibraryPaths
  readonly db: DatabaseSync
  /** True when the index is new or the last session did not end in order: files may lie here without a row. */
  readonly mayLackRows: boolean
  /** What the user should know of how it was opened. */
  readonly notice: string | undefined
  /** `isIndexed`: every file that lies here has its row. Otherwise the next opening looks for them. */
  readonly close: (isIndexed: boolean) => void
}

const indexDamaged = (aside: string) =>
  `The index of this library was damaged. It is made again from the files; no clip is lost. The damaged one is kept as ${aside}.`

const identitySchema = z.object({ id: z.string().min(1), version: z.literal(1) })

/**
 * Opens the library in `folder`, making it when there is none.
 *
 * @throws AppError `library-locked`, `newer-version`, or `library-unavailable` when the folder cannot be used.
 */
export async function openLibrary(folder: string): Promise<Library> {
  const paths = libraryPaths(folder)
  try {
    await mkdir(paths.partial, { recursive: true })
    await refuseLinks(paths)
    const unlock = lockLibrary(paths.lock)
    try {
      return await openLocked(folder, paths, unlock)
    } catch (error) {
      unlock()
      throw error
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'library-unavailable',
      `The library folder cannot be used: ${folder}. Check that the disk is there and writable, or choose another folder.`,
      toErrorShape(error).details,
    )
  }
}

/**
 * SECURITY: below `.inbetween` we write, replace and sweep. In a library that somebody else made, a link there would
 * lead that to any folder of the user.
 */
async function refuseLinks({ root, inner }: LibraryPaths): Promise<void> {
  const ours = ['.inbetween', 'clips', 'stills'].map((name) => join(root, name))
  const below = (await readdir(inner)).map((name) => join(inner, name))
  const links: string[] = []
  for (const path of [...ours, ...below]) if (await isLink(path)) links.push(path)
  if (links.length === 0) return
  throw new AppError(
    'library-unavailable',
    'This library holds links to other folders where Inbetween keeps its own files, so it was not opened. Choose another folder.',
    links.join(', '),
  )
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink()
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}

async function openLocked(folder: string, paths: LibraryPaths, unlock: () => void): Promise<Library> {
  const id = await identity(paths.identity)
  const { db, aside } = await openOrSetAside(paths.database, libraryMigrations)
  const wasClosed = db.prepare("select value from meta where key = 'closed'").get()?.['value'] === 'yes'
  const setClosed = db.prepare("insert or replace into meta values ('closed', ?)")
  setClosed.run('no')
  return {
    id,
    name: basename(folder),
    paths,
    db,
    mayLackRows: !wasClosed,
    notice: aside === undefined ? undefined : indexDamaged(basename(aside)),
    close(isIndexed) {
      if (isIndexed) setClosed.run('yes')
      db.close()
      unlock()
    },
  }
}

/** The library's id lies outside the index, so that an index made anew still owns the same jobs. */
async function identity(path: string): Promise<string> {
  try {
    return identitySchema.parse(JSON.parse(await readFile(path, 'utf8'))).id
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  const id = newId()
  await writeDurable(path, `${JSON.stringify({ id, version: 1 })}\n`)
  return id
}

/** Removes part files that no unfinished job owns: what an interrupted import or frame grab left. */
export async function sweepPartial(paths: LibraryPaths, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(paths.partial)) {
    if (!keep.has(name)) await rm(join(paths.partial, name), { force: true, recursive: true })
  }
}
