import { isDiskFull } from '../files/exists'

/**
 * Why a download ended without a clip:
 * - `link`: the address no longer (or never) leads to the clip; asking the platform for a fresh one may help
 * - `network`: no connection, a cut, a stall, a busy server; the same address may work later
 * - `not-video`: an answer that is no clip
 * - `too-large`: more than any clip can be
 * - `disk-full`: no room, or no room left above the margin
 * - `address`: not https, or an address inside a private network
 * - `stopped`: by the caller
 *
 * The bytes kept so far stay in the part file in every case.
 */
export type DownloadFailureKind =
  | 'link'
  | 'network'
  | 'not-video'
  | 'too-large'
  | 'disk-full'
  | 'address'
  | 'stopped'

interface Details {
  /** Status of the answer; null when there was none or it was not to blame. */
  readonly httpStatus?: number | null
  /** What the server asked to wait, milliseconds. */
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
}

/** A download without a clip. Messages are technical, for "Details", and never hold the link: it is a secret. */
export class DownloadFailure extends Error {
  readonly kind: DownloadFailureKind
  readonly httpStatus: number | null
  readonly retryAfterMs: number | null

  constructor(kind: DownloadFailureKind, message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.name = 'DownloadFailure'
    this.kind = kind
    this.httpStatus = details.httpStatus ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
  }
}

/** What goes to the caller: a stop by the caller outranks its symptoms; other errors of the file system stay as they are. */
export function toFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new DownloadFailure('stopped', 'The download was stopped.', { cause: error })
  if (isDiskFull(error)) return new DownloadFailure('disk-full', 'The disk is full.', { cause: error })
  return error
}

/** A failure of the connection, or the reason that our own connector gave for not making one. */
export function toNetworkFailure(error: unknown): DownloadFailure {
  if (error instanceof DownloadFailure) return error
  // Several addresses tried in vain give an error without words.
  const message = (error instanceof Error && error.message) || 'No connection to the host of the clip.'
  return new DownloadFailure('network', message, { cause: error })
}
