import { mkdir, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { AppError } from '../../shared/error'

/**
 * The real path of `name` below `folder`.
 *
 * SECURITY: links are followed before the check, so that neither `..` nor a link inside the folder leads out of it.
 *
 * @throws AppError `forbidden` when it lies outside, the system's error when it does not exist.
 */
export async function resolveInside(folder: string, name: string): Promise<string> {
  if (isAbsolute(name) || name.includes('\0')) throw outside(name)
  const root = await realpath(folder)
  const target = await realpath(join(root, name))
  const way = relative(root, target)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw outside(name)
  return target
}

/**
 * Makes the folder that a file of `root` belongs in.
 *
 * @throws AppError `forbidden` when a link on the way leads out of `root`.
 */
export async function makeFolderFor(root: string, path: string): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  await resolveInside(root, relative(root, folder))
}

function outside(name: string): AppError {
  return new AppError('forbidden', 'This file lies outside the library.', name)
}
