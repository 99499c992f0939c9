import type { Backend, Cipher } from './cipher-store'

/** What is used of Electron's `safeStorage`. */
export interface SafeStorage {
  readonly isEncryptionAvailable: () => boolean
  /** Linux only. */
  readonly getSelectedStorageBackend: () => string
  readonly encryptString: (text: string) => Buffer
  readonly decryptString: (cipher: Buffer) => string
}

/** Chromium's key stores on Linux by the names people know them under; any other encrypts with a public key. */
const keyrings: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}

/**
 * What Chromium on Linux writes before a text it encrypted with the password "peanuts", which is in its source. The
 * same three letters are the real thing on macOS and Windows.
 */
const publicKeyPrefix = Buffer.from('v10')

/**
 * The system's encryption as it may be trusted: on Linux only the backend's name and the prefix of what it made
 * decide, since "encryption is available" was seen to be said of the public key.
 */
export function createCipher(safe: SafeStorage, platform: NodeJS.Platform): Cipher {
  const isPublic = (cipher: Buffer) => platform === 'linux' && cipher.subarray(0, 3).equals(publicKeyPrefix)

  function keyring(): Backend {
    const selected = safe.getSelectedStorageBackend()
    const name = Object.hasOwn(keyrings, selected) ? keyrings[selected] : undefined
    if (name === undefined) {
      return { canStore: false, name: selected, why: 'This session has no GNOME Keyring and no KWallet.' }
    }
    // A keyring that is selected may be locked or not running, and only a trial shows it.
    return canEncrypt()
      ? { canStore: true, name }
      : { canStore: false, name, why: `${name} does not answer: it may be locked, or not running.` }
  }

  function canEncrypt(): boolean {
    try {
      return safe.isEncryptionAvailable() && !isPublic(safe.encryptString('trial'))
    } catch {
      return false
    }
  }

  return {
    backend() {
      if (platform === 'linux') return keyring()
      const name = platform === 'darwin' ? 'macOS Keychain' : 'Windows DPAPI'
      return canEncrypt()
        ? { canStore: true, name }
        : { canStore: false, name, why: `${name} does not answer.` }
    },
    encrypt(text) {
      const cipher = safe.encryptString(text)
      // SECURITY: the last word. Anybody who can read the file could read this one.
      if (isPublic(cipher)) throw new Error('encrypted with a public key')
      return cipher
    },
    decrypt(cipher) {
      if (isPublic(cipher)) throw new Error('encrypted with a public key')
      return safe.decryptString(cipher)
    },
  }
}
