import { Worker } from 'node:worker_threads'

/** A SHA-256 of bytes that come in pieces. */
export interface RunningHash {
  /** The bytes must lie in shared memory and stay as they are until the promise resolves. */
  readonly update: (bytes: Uint8Array<SharedArrayBuffer>) => Promise<void>
  /** 64 hex digits; gives up what the hash occupies. Once, also for a hash that nobody wants any more. */
  readonly end: () => Promise<string>
}

/** Hashes beside the main thread: hashing is about a third of all the work of a download, the rest stays there. */
export interface Hasher {
  readonly begin: () => RunningHash
  readonly close: () => Promise<void>
}

interface Request {
  readonly id: number
  /** None: the end. */
  readonly bytes?: Uint8Array
}

/**
 * Code of the thread, answering each request in turn. Text and not a file of its own: so it needs no place in the
 * package and is found alike by Electron, by Node and by tests.
 */
const code = `
const { parentPort } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const hashes = new Map()
parentPort.on('message', ({ id, bytes }) => {
  const hash = hashes.get(id) ?? createHash('sha256')
  hashes.set(id, hash)
  if (bytes) {
    hash.update(bytes)
    return parentPort.postMessage('')
  }
  hashes.delete(id)
  parentPort.postMessage(hash.digest('hex'))
})`

/** Starts no thread before the first byte. */
export function createHasher(): Hasher {
  let worker: Worker | undefined
  let lastId = 0
  let waiting: PromiseWithResolvers<string>[] = []

  const start = () => {
    const started = new Worker(code, { eval: true })
    started.on('message', (answer: string) => {
      waiting.shift()?.resolve(answer)
      // A program that has nothing else to do may end, but not before the answers it waits for.
      if (waiting.length === 0) started.unref()
    })
    started.on('error', (error) => {
      for (const { reject } of waiting) reject(error)
      waiting = []
      worker = undefined
    })
    return started
  }
  const ask = (request: Request): Promise<string> => {
    worker ??= start()
    const answer = Promise.withResolvers<string>()
    waiting.push(answer)
    worker.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    worker.postMessage(request)
    return answer.promise
  }
  return {
    begin: () => {
      lastId += 1
      const id = lastId
      return { update: async (bytes) => void (await ask({ id, bytes })), end: () => ask({ id }) }
    },
    close: async () => void (await worker?.terminate()),
  }
}
