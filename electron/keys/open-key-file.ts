import {
  keyFileSchema,
  sealedKeySchema,
  type CipherStore,
  type KeyFile,
  type StoredKey,
} from './cipher-store'
import { fingerprint, lastFour } from './key-text'
import { Redacted } from './redacted'

/** A key as the vault has it. */
export interface KeyRow {
  readonly provider: string
  readonly print: string
  readonly key: Redacted
  readonly origin: string
  readonly last4: string
  /** Replaced or removed, and kept until the jobs submitted with it have ended. */
  readonly isRetired: boolean
  /** As it lies in the file; undefined for a key in memory only. */
  readonly stored: Pick<StoredKey, 'cipher' | 'backend'> | undefined
}

/** What could be read of the file; with a notice there is something in it that could not. */
export interface OpenedKeys {
  readonly rows: readonly KeyRow[]
  readonly notice: string | undefined
}

/** Reads and decrypts the file. Never throws and never writes: what cannot be read stays as it is. */
export function openKeyFile(store: CipherStore): OpenedKeys {
  const state = store.read()
  if (state.kind === 'missing') return { rows: [], notice: undefined }
  const file = state.kind === 'found' ? keyFileSchema.safeParse(state.content).data : undefined
  if (!file) return { rows: [], notice: damagedNotice }
  if (file.keys.length === 0) return { rows: [], notice: undefined }
  const backend = store.backend()
  if (!backend.canStore) return { rows: [], notice: closedNotice(file, backend.why) }
  const rows = file.keys.map((stored) => unseal(store, stored)).filter((row) => row !== undefined)
  const lost = file.keys.length - rows.length
  return { rows, notice: lost === 0 ? undefined : lostNotice(file, lost, backend.name) }
}

/** A row of a key in the clear; the text is in it as {@link Redacted} only. */
export function keyRow(
  { provider, origin, key }: { readonly provider: string; readonly origin: string; readonly key: string },
  kept: Pick<KeyRow, 'isRetired' | 'stored'>,
): KeyRow {
  return {
    provider,
    origin,
    print: fingerprint(key, origin),
    key: new Redacted(key),
    last4: lastFour(key),
    ...kept,
  }
}

function unseal(store: CipherStore, { cipher, backend, isRetired }: StoredKey): KeyRow | undefined {
  try {
    const sealed = sealedKeySchema.parse(JSON.parse(store.decrypt(Buffer.from(cipher, 'base64'))))
    return keyRow(sealed, { isRetired, stored: { cipher, backend } })
  } catch {
    // SECURITY: the error is dropped, since that of JSON.parse quotes the text.
    return undefined
  }
}

const kept =
  'Nothing was deleted: when you save a key, the file is first put aside as keys.json.unreadable and the time.'

const damagedNotice = `The file of your API keys, keys.json, cannot be read, so none is in use and jobs that need one wait. Please enter your keys again. ${kept}`

const closedNotice = (file: KeyFile, why: string) =>
  `Your API keys are stored encrypted by ${backendsOf(file)} and cannot be read now. ${why} They are kept, and jobs that need one wait. Start Inbetween again when ${backendsOf(file)} can be reached, or enter a key for this session.`

const lostNotice = (file: KeyFile, lost: number, backend: string) =>
  `${lost} of ${file.keys.length} stored API keys (encrypted by ${backendsOf(file)}) cannot be decrypted by ${backend}, so jobs that need them wait. Please enter the missing keys again. ${kept}`

const backendsOf = ({ keys }: KeyFile) => [...new Set(keys.map(({ backend }) => backend))].join(', ')
