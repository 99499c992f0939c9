import type { ImportResult } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { maxStillBytes } from '../../shared/still'
import { DownloadFailure } from '../downloads/failure'
import { isDiskFull, isErrno } from '../files/exists'
import type { Importer } from './import'

/**
 * Fetches a copy of the picture or clip behind a public address into the library; a file that cannot be used, or
 * fetched, is told and changes nothing.
 */
export function createFetchLink(deps: {
  readonly importer: Pick<Importer, 'fetched'>
  /** Writes what the address answers with, of at most so many bytes. @throws Error in plain words */
  readonly fetchFile: (url: string, path: string, maxBytes: number) => Promise<void>
}): (url: string) => Promise<ImportResult> {
  return (url) => {
    const name = nameOf(url)
    return deps.importer.fetched(name, async (path) => {
      try {
        await deps.fetchFile(url, path, maxStillBytes)
      } catch (error) {
        const cause = error instanceof DownloadFailure && error.kind === 'disk-full' ? error.cause : error
        // A full or locked disk is no fault of the link's.
        if (isFileSystem(cause)) throw cause
        const why = error instanceof Error ? error.message : String(error)
        const message = `${name} could not be fetched. ${adviceFor(error)}`
        throw new AppError('link-failed', message, why)
      }
    })
  }
}

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
