import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Backend, CipherStore, FileState } from '../../electron/keys/cipher-store'
import { reveal } from '../../electron/keys/redacted'
import { createVault, type HeldKey, type KeyPolicy } from '../../electron/keys/vault'
import { temporaryFolder } from './folder'

/** An operating system that keeps secrets: what it encrypts is really encrypted, and lies in a real file. */
export interface KeySystem {
  readonly store: CipherStore
  readonly file: string
  /** From now on it can neither encrypt nor decrypt. */
  readonly lock: () => void
  readonly unlock: () => void
  /** The user's keyring is made anew: what was encrypted before stays closed for ever. */
  readonly forget: () => void
  /** The next write to the file fails like this. */
  readonly failWrite: (error: Error) => void
  /** How often the system was asked for anything. */
  readonly timesAsked: () => number
}

/** A user's computer with such a system; `vault()` is what every start of Inbetween makes. */
export function keyComputer() {
  const folder = temporaryFolder()
  const system = createKeySystem(folder)
  return {
    system,
    vault: (policy: KeyPolicy = 'store') => createVault({ store: system.store, policy, now: () => 1234 }),
    names: () => readdirSync(folder).toSorted(),
    content: () => readFileSync(system.file, 'utf8'),
  }
}

/** The key itself. */
export const textOf = (held: HeldKey | undefined) => held && reveal(held.key)

/** Bytes before the text: the nonce, then the tag, as AES-GCM wants and makes them. */
const nonceBytes = 12
const tagBytes = 16

function createKeySystem(folder: string): KeySystem {
  const file = join(folder, 'keys.json')
  let password = randomBytes(32)
  let isLocked = false
  let asked = 0
  let failure: Error | undefined

  function backend(): Backend {
    asked += 1
    const name = 'GNOME Keyring'
    return isLocked ? { canStore: false, name, why: 'GNOME Keyring is locked.' } : { canStore: true, name }
  }

  function encrypt(text: string): Buffer {
    if (isLocked) throw new Error(`locked, and an error that quotes its input: ${text}`)
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', password, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  }

  function decrypt(sealed: Buffer): string {
    if (isLocked) throw new Error('locked')
    const start = nonceBytes + tagBytes
    const decipher = createDecipheriv('aes-256-gcm', password, sealed.subarray(0, nonceBytes))
    decipher.setAuthTag(sealed.subarray(nonceBytes, start))
    return decipher.update(sealed.subarray(start), undefined, 'utf8') + decipher.final('utf8')
  }

  function read(): FileState {
    asked += 1
    if (!existsSync(file)) return { kind: 'missing' }
    try {
      return { kind: 'found', content: JSON.parse(readFileSync(file, 'utf8')) }
    } catch {
      return { kind: 'unreadable' }
    }
  }

  return {
    store: {
      backend,
      encrypt,
      decrypt,
      read,
      write(content) {
        const thrown = failure
        failure = undefined
        if (thrown) throw thrown
        writeFileSync(file, JSON.stringify(content))
      },
      setAside: (now) => renameSync(file, `${file}.unreadable-${now}`),
    },
    file,
    lock: () => void (isLocked = true),
    unlock: () => void (isLocked = false),
    forget: () => void (password = randomBytes(32)),
    failWrite: (error) => void (failure = error),
    timesAsked: () => asked,
  }
}
