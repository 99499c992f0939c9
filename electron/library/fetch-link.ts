import type { ImportResult } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { maxStillBytes } from '../../shared/still'
import { DownloadFailure } from '../downloads/failure'
import { isDiskFull, isErrno } from '../files/exists'
import type { Importer } from './import'

/**
 * Longest fetch of one file, milliseconds: the largest that is taken comes in ten minutes over 1.4 Mbit/s. A server that
 * sends a byte now and then is never silent, so that nothing else would end it.
 */
const maxFetchMs = 10 * 60_000

/**
 * Fetches a copy of the picture or clip behind a public address into the library; a file that cannot be used, or
 * fetched, is told and changes nothing.
 */
export function createFetchLink(deps: {
  readonly importer: Pick<Importer, 'fetched'>
  /** Writes what the address answers with, of at most so many bytes. @throws Error in plain words */
  readonly fetchFile: (url: string, path: string, maxBytes: number, signal: AbortSignal) => Promise<void>
  readonly after: (ms: number, run: () => void) => () => void
}): (url: string) => Promise<ImportResult> {
  return (url) => {
    const name = nameOf(url)
    return deps.importer.fetched(name, async (path) => {
      const limit = new AbortController()
      const cancelTimer = deps.after(maxFetchMs, () => limit.abort())
      try {
        await deps.fetchFile(url, path, maxStillBytes, limit.signal)
      } catch (error) {
        const cause = error instanceof DownloadFailure && error.kind === 'disk-full' ? error.cause : error
        // A full or locked disk is no fault of the link's.
        if (isFileSystem(cause)) throw cause
        const why = error instanceof Error ? error.message : String(error)
        const advice = limit.signal.aborted ? tooSlow : adviceFor(error)
        throw new AppError('link-failed', `${name} could not be fetched. ${advice}`, why)
      } finally {
        cancelTimer()
      }
    })
  }
}

const tooSlow = `Its server is so slow that ${maxFetchMs / 60_000} minutes were not enough. Nothing was kept. Download it with a browser and drop the file here.`

function adviceFor(error: unknown): string {
  return error instanceof DownloadFailure && error.kind === 'address'
    ? 'Its address must be https and open to everybody: platforms do not get into a private network.'
    : 'Check that the link opens in a browser without signing in.'
}

function isFileSystem(error: unknown): boolean {
  return isDiskFull(error) || ['EACCES', 'EPERM', 'EROFS'].some((code) => isErrno(error, code))
}

/** Longest name kept, characters. */
const maxName = 200

/** What could pass for another name where it is shown: control characters, and those that turn the direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** The last part of the address's path, else its host. */
function nameOf(text: string): string {
  const url = URL.parse(text)
  // What is no address is refused by whoever fetches it.
  if (!url) return 'The link'
  const name = decoded(url.pathname.split('/').at(-1) ?? '')
    .split(/[/\\]/)
    .at(-1)
    ?.replaceAll(unseen, '')
  return cut(name || url.host)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Not in the middle of a character that takes two places. */
function cut(name: string): string {
  return name.slice(0, maxName).replace(/[\uD800-\uDBFF]$/, '')
}
