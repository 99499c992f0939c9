import { link, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { AppError } from '../../shared/error'
import { makeFolderFor } from '../files/contain'
import { fsyncFolder, fsyncPath, writeDurable } from '../files/durable'
import { isErrno } from '../files/exists'
import { hashFile } from '../files/hash'
import { clipFileName, clipFolder } from '../files/names'
import type { LibraryPaths } from '../library/paths'
import { sidecarPath, sidecarText } from '../library/sidecar'

/** Most names tried before giving up: ids are random, so even a second one means something is odd. */
const maxNames = 20

/** How systems say that a disk has no hard links. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'] as const

/** What a promotion needs of the outside. */
export interface PromoteDeps {
  readonly paths: LibraryPaths
  /** Writes down the final place before anything is put there; called again when that name is taken. */
  readonly savePlan: (clip: Clip) => void
}

/** A finished, checked part file and the clip it becomes. `clip.file` is the planned place. */
export interface Promotion {
  /** The part file, on the library's own volume. */
  readonly part: string
  readonly clip: Clip
}

/** The first planned place of a clip: folder by date, name by prompt, maker and id. */
export function planFile(clip: Omit<Clip, 'file'>, extension: string): string {
  const { origin, media } = clip
  const generated = origin.kind === 'generated'
  const name = clipFileName({
    createdAt: clip.createdAt,
    words: generated ? origin.recipe.prompt : basename(origin.fileName).replace(/\.[^.]+$/, ''),
    maker: generated ? `${origin.provider} ${Math.round(media.durationS)}s` : 'imported',
    id: clip.id,
    extension,
  })
  return `clips/${clipFolder(clip.createdAt)}/${name}`
}

/**
 * Brings a part file to its final place, never over another file. Every step can be repeated, so a promotion that
 * was cut off is finished by calling this again with the clip that was last saved.
 *
 * Order (design/reliability.md, "Downloads"): plan saved → part fsynced → sidecar → link → unlink part → folder fsynced.
 * The caller then writes the library row.
 *
 * @throws AppError `not-found` when neither the part nor the planned file is there any more.
 */
export async function promote({ paths, savePlan }: PromoteDeps, { part, clip }: Promotion): Promise<Clip> {
  let planned = clip
  for (let tries = 1; tries <= maxNames; tries += 1) {
    const target = paths.file(planned.file)
    const occupant = await occupantOf(target, planned)
    if (occupant === 'ours') return await finish(part, target, planned)
    if (occupant === 'none') {
      savePlan(planned)
      if (await place(paths, part, target, planned)) return await finish(part, target, planned)
    }
    planned = { ...planned, file: nextName(clip.file, tries + 1) }
  }
  throw new AppError('internal', 'No free file name was found for this clip.', clip.file)
}

/** Puts sidecar and file there; false when another file took the name meanwhile. */
async function place(paths: LibraryPaths, part: string, target: string, clip: Clip): Promise<boolean> {
  await makeFolderFor(paths.root, target)
  try {
    await fsyncPath(part)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    throw new AppError('not-found', 'The finished clip is no longer where it was made.', part)
  }
  await writeDurable(sidecarPath(target), sidecarText(clip), paths.partial)
  try {
    await linkOrMove(part, target)
    return true
  } catch (error) {
    // A sidecar of ours must not lie alone, nor beside another's file.
    await rm(sidecarPath(target), { force: true })
    if (isErrno(error, 'EEXIST')) return false
    throw error
  }
}

async function linkOrMove(part: string, target: string): Promise<void> {
  try {
    // link, not rename: rename would silently replace a file of the same name.
    await link(part, target)
  } catch (error) {
    if (!noLinks.some((code) => isErrno(error, code))) throw error
    // exFAT and some network disks have no links; the name was just seen to be free, and it holds the clip's id.
    await rename(part, target)
  }
}

async function finish(part: string, target: string, clip: Clip): Promise<Clip> {
  try {
    await unlink(part)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  await fsyncFolder(dirname(target))
  return clip
}

async function occupantOf(target: string, { bytes, sha256 }: Clip): Promise<'none' | 'ours' | 'other'> {
  try {
    const { size } = await stat(target)
    if (size !== bytes) return 'other'
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'none'
    throw error
  }
  return (await hashFile(target)).sha256 === sha256 ? 'ours' : 'other'
}

/** `name.mp4` → `name 2.mp4` */
function nextName(file: string, number: number): string {
  return join(dirname(file), basename(file).replace(/(\.[^.]+)$/, ` ${number}$1`)).replaceAll('\\', '/')
}
