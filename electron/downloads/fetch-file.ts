import { open } from 'node:fs/promises'
import { Agent } from 'undici'
import { createConnector, type DownloadPolicy } from './address'
import { DownloadFailure, toFailure } from './failure'
import { get } from './request'

/** Fetches single files of any kind. */
export interface FileFetcher {
  /**
   * Writes what the address answers with to a new file.
   *
   * @throws DownloadFailure, also for more than `maxBytes` and, as `stopped`, for `signal`; errors of the file system
   */
  readonly fetchFile: (url: string, path: string, maxBytes: number, signal: AbortSignal) => Promise<void>
  /** Stops what is under way. */
  readonly close: () => Promise<void>
}

/** A minute without a byte, as for clips, milliseconds. */
const stallMs = 60_000

/** For addresses that the user pasted; addresses are checked as those of clips. */
export function createFileFetcher(policy: DownloadPolicy): FileFetcher {
  const agent = new Agent({
    connect: createConnector(policy),
    pipelining: 0,
    headersTimeout: stallMs,
    bodyTimeout: stallMs,
  })
  const closing = new AbortController()
  return {
    async fetchFile(url, path, maxBytes, callers) {
      const signal = AbortSignal.any([callers, closing.signal])
      try {
        const answer = await get(agent, policy, url, {}, signal)
        if (answer.status !== 200) {
          answer.drop()
          throw new DownloadFailure('link', `The address answered ${answer.status}.`)
        }
        await write(answer.pieces, path, maxBytes)
      } catch (error) {
        throw toFailure(error, signal)
      }
    },
    async close() {
      closing.abort()
      await agent.destroy()
    },
  }
}

async function write(pieces: AsyncGenerator<Uint8Array>, path: string, maxBytes: number): Promise<void> {
  const file = await open(path, 'wx')
  try {
    let bytes = 0
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > maxBytes) {
        throw new DownloadFailure('link', `The address answered with more than ${maxBytes / 1e6} MB.`)
      }
      await file.appendFile(piece)
    }
  } finally {
    await file.close()
  }
}
