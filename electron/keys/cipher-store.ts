import { z } from 'zod'

/** What the system offers for keeping secrets, as it stands now. */
export type Backend =
  | { readonly canStore: true; readonly name: string }
  /** `why` is a sentence for the user. */
  | { readonly canStore: false; readonly name: string; readonly why: string }

/** What is at the place of the file; `found` is whatever JSON it holds, not checked. */
export type FileState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'found'; readonly content: unknown }

const storedKeySchema = z.object({
  /** base64 of what the system made of a {@link SealedKey}. */
  cipher: z.base64(),
  /** The system's key store that made it, in its own name. */
  backend: z.string(),
  /** Replaced or removed, and kept until the jobs submitted with it have ended. */
  isRetired: z.boolean(),
})
export type StoredKey = z.infer<typeof storedKeySchema>

/** `keys.json`. */
export const keyFileSchema = z.object({ version: z.literal(1), keys: z.array(storedKeySchema) })
export type KeyFile = z.infer<typeof keyFileSchema>

/**
 * What is encrypted. SECURITY: the origin goes in with the key, so that nobody who can write the file but not encrypt
 * can have the key sent elsewhere.
 */
export const sealedKeySchema = z.object({
  /** Not the list of providers: a file written by a newer Inbetween may have more. */
  provider: z.string(),
  /** Where the key may be sent. */
  origin: z.string(),
  key: z.string().min(1),
})
export type SealedKey = z.infer<typeof sealedKeySchema>

/** The system's encryption. */
export interface Cipher {
  readonly backend: () => Backend
  /** Throws when what comes out could be read by anybody. */
  readonly encrypt: (text: string) => Buffer
  /** Throws for what this system did not encrypt, or cannot decrypt now. */
  readonly decrypt: (cipher: Buffer) => string
}

/** The system's encryption and the file. */
export interface CipherStore extends Cipher {
  readonly read: () => FileState
  /** Replaces the file, whole and for its owner only. Throws the system's error. */
  readonly write: (file: KeyFile) => void
  /** Renames the file so that a new one can be written, and keeps it. `now` in milliseconds; throws the system's error. */
  readonly setAside: (now: number) => void
}
