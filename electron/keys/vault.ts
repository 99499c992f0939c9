import type { RemoteProviderId } from '../../shared/provider'
import type { KeyState } from '../../shared/provider-status-schema'
import type { CipherStore, SealedKey, StoredKey } from './cipher-store'
import { noKeyStore, untrustedRuntime, writeFailure } from './failures'
import { cleanKey } from './key-text'
import { keyRow, openKeyFile, type KeyRow } from './open-key-file'
import type { Redacted } from './redacted'

/**
 * What may be done with keys: `store` them, hold them in `memory` only (practice: stored keys are not even read), or
 * `refuse` them, because this Electron is not to be trusted with them.
 */
export type KeyPolicy = 'store' | 'memory' | 'refuse'

/** Whose key it is: a platform's, or the pair of keys of the user's own bucket. */
export type KeyOwner = RemoteProviderId | 'bucket'

/** What the vault needs. */
export interface VaultDeps {
  readonly store: CipherStore
  readonly policy: KeyPolicy
  /** Milliseconds. */
  readonly now: () => number
}

/** A key for use. */
export interface HeldKey {
  /** Its fingerprint, for jobs and logs. */
  readonly print: string
  readonly key: Redacted
  /** The only origin it may be sent to. */
  readonly origin: string
}

/** How a key is saved. */
export interface SaveOptions {
  /** Only in memory, until Inbetween ends; the file is not touched. */
  readonly forSession: boolean
  /** The only origin the key may be sent to. */
  readonly origin: string
}

/** The API keys of this computer's user. Nothing it returns or throws prints a key. */
export interface Vault {
  /** The key for new jobs. */
  readonly current: (provider: KeyOwner) => HeldKey | undefined
  /** The key a job was submitted with, even after it was replaced. */
  readonly byPrint: (provider: KeyOwner, print: string) => HeldKey | undefined
  /** What the window may know of the key for that origin: there is none when it was saved for another. */
  readonly state: (provider: KeyOwner, origin: string) => KeyState
  /** What is wrong with the file, for the user, as long as it is. */
  readonly notice: () => string | undefined
  /**
   * Makes a key the current one; the one before is kept until {@link Vault.prune} finds that no job needs it.
   * @throws AppError `bad-request`, `no-key-store`, `untrusted-runtime`, or for the file `disk-full` and `unreadable`;
   * the keys are then as they were.
   */
  readonly save: (provider: KeyOwner, text: string, options: SaveOptions) => void
  /**
   * Undoes the last {@link Vault.save} of this session: what was current before is again, and the newer key is kept like
   * one that was replaced. Nothing happens when nothing was saved.
   * @throws AppError for the file, as {@link Vault.save} does.
   */
  readonly takeBack: (provider: KeyOwner) => void
  /**
   * Takes the keys of a provider away; those that running jobs need stay for them alone.
   * @throws AppError for the file, as {@link Vault.save} does.
   */
  readonly remove: (provider: KeyOwner, isStillNeeded: (print: string) => boolean) => void
  /**
   * Forgets replaced and removed keys whose jobs have ended.
   * @throws AppError for the file, as {@link Vault.save} does.
   */
  readonly prune: (isStillNeeded: (provider: string, print: string) => boolean) => void
  /** The platform said no to a key. In memory only: each start tries it anew, as the platform may say yes again. */
  readonly isRefused: (print: string) => boolean
  readonly markRefused: (print: string) => void
  readonly markAccepted: (print: string) => void
}

/** Makes a vault. The file is opened, and the system asked, when a key is first wanted. */
export function createVault({ store, policy, now }: VaultDeps): Vault {
  const refused = new Set<string>()
  /** Those of the file, then those of the session: of a provider's keys the last that is not retired is current. */
  let rows: readonly KeyRow[] = []
  let notice: string | undefined
  /** The rows of a provider before its last save in this session. */
  const before = new Map<KeyOwner, readonly KeyRow[]>()
  let isOpen = policy !== 'store'

  function opened(): readonly KeyRow[] {
    if (!isOpen) load()
    return rows
  }

  function load(): void {
    const file = openKeyFile(store)
    rows = [...file.rows, ...rows.filter(({ stored }) => !stored)]
    notice = file.notice
    isOpen = true
  }

  const currentRow = (provider: KeyOwner) =>
    opened().findLast((row) => row.provider === provider && !row.isRetired)

  function stateOf(provider: KeyOwner, origin: string): KeyState {
    const row = currentRow(provider)
    if (row?.origin !== origin) return { kind: 'none' }
    const { last4, stored, print } = row
    return { kind: 'stored', last4, backend: stored?.backend ?? 'session', refused: refused.has(print) }
  }

  /** The file first: when that fails, the keys are as they were. */
  function write(next: readonly KeyRow[]): void {
    try {
      // What cannot be read is somebody's keys all the same.
      if (notice !== undefined) store.setAside(now())
      notice = undefined
      store.write({ version: 1, keys: next.flatMap(toStored) })
    } catch (error) {
      throw writeFailure(error)
    }
    rows = next
  }

  /** The file's keys stay as they are under it, and are current again after the next start. */
  function saveForSession(sealed: SealedKey): void {
    const row = keyRow(sealed, { isRetired: false, stored: undefined })
    rows = [...opened().map((other) => (other.stored ? other : retiredFor(row.provider, other))), row]
    refused.delete(row.print)
  }

  function saveToFile(sealed: SealedKey): void {
    const backend = store.backend()
    if (!backend.canStore) throw noKeyStore(backend.why)
    opened()
    // A keyring that was locked when the file was opened answers now.
    if (notice !== undefined) load()
    const cipher = encrypt(store, sealed)
    const row = keyRow(sealed, { isRetired: false, stored: { cipher, backend: backend.name } })
    const others = rows.filter((other) => !isSameKey(other, row))
    write([...others.map((other) => retiredFor(row.provider, other)), row])
    refused.delete(row.print)
  }

  return {
    current: (provider) => held(currentRow(provider)),
    byPrint: (provider, print) =>
      held(opened().findLast((row) => row.provider === provider && row.print === print)),
    state: stateOf,
    notice() {
      opened()
      return notice
    },
    save(provider, text, { forSession, origin }) {
      if (policy === 'refuse') throw untrustedRuntime()
      const sealed = { provider, origin, key: cleanKey(text) }
      const old = opened().filter((row) => row.provider === provider)
      if (forSession || policy === 'memory') saveForSession(sealed)
      else saveToFile(sealed)
      before.set(provider, old)
    },
    takeBack(provider) {
      const old = before.get(provider)
      if (!old) return
      const isCurrent = (row: KeyRow) =>
        old.some((known) => !known.isRetired && isSameKey(known, row) && !known.stored === !row.stored)
      const isOwn = (row: KeyRow) => row.provider === provider
      const next = opened().map((row) => (isOwn(row) ? { ...row, isRetired: !isCurrent(row) } : row))
      if (next.some((row) => isOwn(row) && row.stored)) write(next)
      else rows = next
      before.delete(provider)
    },
    remove(provider, isStillNeeded) {
      before.delete(provider)
      const isTouched = opened().some((row) => row.provider === provider && row.stored)
      const next = rows
        .filter((row) => row.provider !== provider || isStillNeeded(row.print))
        .map((row) => retiredFor(provider, row))
      if (isTouched) write(next)
      else rows = next
    },
    prune(isStillNeeded) {
      const isDone = (row: KeyRow) => row.isRetired && !isStillNeeded(row.provider, row.print)
      const done = opened().filter(isDone)
      if (done.length === 0) return
      const next = rows.filter((row) => !isDone(row))
      if (!done.some(({ stored }) => stored)) rows = next
      // Only the user's own save or removal puts an unreadable file aside.
      else if (notice === undefined) write(next)
    },
    isRefused: (print) => refused.has(print),
    markRefused: (print) => void refused.add(print),
    markAccepted: (print) => void refused.delete(print),
  }
}

const held = (row: KeyRow | undefined): HeldKey | undefined =>
  row && { print: row.print, key: row.key, origin: row.origin }

const isSameKey = (a: KeyRow, b: KeyRow) => a.provider === b.provider && a.print === b.print

const retiredFor = (provider: string, row: KeyRow): KeyRow =>
  row.provider === provider ? { ...row, isRetired: true } : row

const toStored = ({ stored, isRetired }: KeyRow): readonly StoredKey[] =>
  stored ? [{ ...stored, isRetired }] : []

function encrypt(store: CipherStore, sealed: SealedKey): string {
  try {
    return store.encrypt(JSON.stringify(sealed)).toString('base64')
  } catch {
    // SECURITY: the error is dropped, since it may quote the text.
    throw noKeyStore('Its key store refused.')
  }
}
