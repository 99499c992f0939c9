import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Makes what was written to a file survive a power cut. */
export async function fsyncPath(path: string): Promise<void> {
  // Windows flushes only files that were opened for writing.
  await syncOpened(path, 'r+')
}

async function syncOpened(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes new, renamed and removed names in a folder durable. Windows cannot open folders, and needs no such step. */
export async function fsyncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await syncOpened(folder, 'r')
}

/**
 * Writes a whole file so that a reader sees the old content or the new one, never a part: tmp, fsync, rename, fsync
 * folder. The temporary file lies in `scratch`, on the same volume, where a crash may leave it to be swept.
 */
export async function writeDurable(
  path: string,
  content: string | Uint8Array,
  scratch = dirname(path),
): Promise<void> {
  const temporary = join(scratch, `${basename(path)}.${randomBytes(4).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await fsyncFolder(dirname(path))
}
