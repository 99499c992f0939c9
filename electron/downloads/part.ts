import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Hasher, RunningHash } from './hasher'

/** Bytes gathered for one write: fewer, larger steps keep up with a fast line; two buffers per download stay small. */
const bufferBytes = 1024 ** 2

/** A part file being filled, with the hash of what it holds. One file handle; nothing is fsynced here. */
export interface Part {
  /** Bytes in the file and gathered for it. */
  readonly length: () => number
  /** Copies of the first bytes of the file. */
  readonly head: (bytes: number) => Promise<Uint8Array>
  /** Cuts the file to so many bytes and hashes what stays. */
  readonly keep: (bytes: number, signal: AbortSignal) => Promise<void>
  /** Takes the bytes; a promise when the disk is behind: wait for it before the next call. Any write may fail here. */
  readonly append: (chunk: Uint8Array) => Promise<void> | undefined
  /** Writes what was gathered; resolves when all is in the file. */
  readonly flush: () => Promise<void>
  /** SHA-256 of everything appended and kept, 64 hex digits. Once, at the end. */
  readonly digest: () => Promise<string>
  readonly close: () => Promise<void>
}

/** Opens a part file, or makes an empty one. Until `keep` was called nothing may be appended. */
export async function openPart(path: string, hasher: Hasher): Promise<Part> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT)
  let { size: length } = await handle.stat()
  let hash = hasher.begin()
  let isHashed = false
  let [filling, leaving] = [sharedBuffer(), sharedBuffer()]
  let filled = 0
  let left: Promise<unknown> = Promise.resolve()

  const swap = async () => {
    await left
    const [full, bytes] = [filling, filled]
    filling = leaving
    leaving = full
    filled = 0
    const used = full.subarray(0, bytes)
    left = Promise.all([writeAll(handle, used, length - bytes), hash.update(used)])
    // A failed write is told at the next swap, which awaits it; until then it is not unhandled.
    left.catch(() => {})
  }
  const appendOver = async (chunk: Uint8Array) => {
    for (let at = 0; at < chunk.length;) {
      const bytes = Math.min(chunk.length - at, bufferBytes - filled)
      filling.set(chunk.subarray(at, at + bytes), filled)
      filled += bytes
      length += bytes
      at += bytes
      if (filled === bufferBytes) await swap()
    }
  }

  return {
    length: () => length,
    head: async (bytes) => {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(bytes), { position: 0 })
      return buffer.subarray(0, bytesRead)
    },
    keep: async (bytes, signal) => {
      await handle.truncate(bytes)
      length = bytes
      await hash.end()
      hash = hasher.begin()
      await hashFrom(handle, hash, bytes, filling, signal)
    },
    append: (chunk) => {
      if (filled + chunk.length >= bufferBytes) return appendOver(chunk)
      filling.set(chunk, filled)
      filled += chunk.length
      length += chunk.length
      return undefined
    },
    flush: async () => {
      if (filled > 0) await swap()
      await left
    },
    digest: () => {
      isHashed = true
      return hash.end()
    },
    close: async () => {
      if (!isHashed) await hash.end()
      await handle.close()
    },
  }
}

/** Shared with the thread that hashes. */
function sharedBuffer(): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(bufferBytes))
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  // A disk that gets full may take a part first and say so only at the next write.
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

async function hashFrom(
  handle: FileHandle,
  hash: RunningHash,
  end: number,
  buffer: Uint8Array<SharedArrayBuffer>,
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; at < end;) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - at), at)
    if (bytesRead === 0) throw new Error('The part file got shorter while it was read.')
    await hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}
