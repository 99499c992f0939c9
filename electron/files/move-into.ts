import { copyFile, rename, rm } from 'node:fs/promises'
import { fsyncPath } from './durable'
import { isErrno } from './exists'

/** Moves a file, also to another volume; nothing happens when it is not there. The old one goes last. */
export async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return
    if (!isErrno(error, 'EXDEV')) throw error
    await copyFile(from, to)
    await fsyncPath(to)
    await rm(from)
  }
}
