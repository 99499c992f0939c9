import { app, safeStorage } from 'electron'
import Store from 'electron-store'
import { lstatSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createCipher } from '../keys/cipher'
import type { CipherStore, FileState } from '../keys/cipher-store'

/** Only the owner reads and writes it. */
const ownerOnly = 0o600

/** The system's encryption and `<userData>/keys.json`. Call when the application is ready. */
export function createKeyStore(): CipherStore {
  const file = join(app.getPath('userData'), 'keys.json')
  // Opened for each use: electron-store throws on bad JSON, and the file may just have been put aside.
  const open = () => new Store<Record<string, unknown>>({ name: 'keys', configFileMode: ownerOnly })

  function read(): FileState {
    try {
      // Not existsSync, which takes a folder that cannot be entered for a missing file.
      if (!lstatSync(file, { throwIfNoEntry: false })) return { kind: 'missing' }
      return { kind: 'found', content: open().store }
    } catch {
      return { kind: 'unreadable' }
    }
  }

  return {
    // The calls that are marked as deprecated in favour of asynchronous ones: those encrypt with a public key where
    // there is no keyring, and found none where these did (Electron 42 with gnome-keyring 42).
    ...createCipher(safeStorage, process.platform),
    read,
    write: (content) => {
      open().store = { ...content }
    },
    setAside: (now) => renameSync(file, `${file}.unreadable-${now}`),
  }
}
