/** Every kind of failure that can reach the window; the window words and acts by code, never by message. */
export const errorCodes = [
  'bad-request',
  'forbidden',
  'not-found',
  'unreadable',
  'empty',
  'is-folder',
  'unknown-type',
  'not-decodable',
  'damaged',
  'too-large',
  'too-many-pixels',
  'disk-full',
  'library-locked',
  'library-unavailable',
  'newer-version',
  'media-failed',
  'no-key-store',
  'untrusted-runtime',
  'no-key',
  'key-refused',
  'out-of-credit',
  'rate-limited',
  'invalid-recipe',
  'refused',
  'model-unavailable',
  'provider-failed',
  'wrong-dialect',
  'provider-down',
  'bucket-down',
  'unknown-answer',
  'offline',
  'link-failed',
  'purged',
  'cancelled',
  'internal',
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]

/** A failure as it lies in a database row or crosses IPC. `message` says what happened and what to do. */
export interface ErrorShape {
  readonly code: ErrorCode
  readonly message: string
  /** Technical text for the "Details" disclosure; may be absent. */
  readonly details?: string | undefined
  /** The fields of the recipe that the platform named, each with its words. */
  readonly fields?: Readonly<Record<string, string>> | undefined
}

/** A failure the user is told about: a code to act on, a plain sentence, technical details apart. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: string | undefined
  readonly fields: Readonly<Record<string, string>> | undefined

  constructor(code: ErrorCode, message: string, details?: string, fields?: Readonly<Record<string, string>>) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.fields = fields
  }
}

/** Turns anything thrown into the shape that is stored and shown; unknown failures become `internal`. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof AppError) {
    const { code, message, details, fields } = thrown
    return { code, message, details, ...(fields ? { fields } : {}) }
  }
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return {
    code: 'internal',
    message: 'Something went wrong inside Inbetween. Nothing was lost; please try again.',
    details,
  }
}
