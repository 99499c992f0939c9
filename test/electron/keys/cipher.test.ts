import { expect, test, vi } from 'vitest'
import { createCipher, type SafeStorage } from '../../../electron/keys/cipher'

/** Electron's `safeStorage` on some system: what it says, and what its ciphertexts begin with. */
function safeStorage(backend: string, prefix: string, isAvailable = true) {
  return {
    isEncryptionAvailable: vi.fn(() => isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => Buffer.from(`${prefix}<${text}>`),
    decryptString: vi.fn((cipher: Buffer) => cipher.toString().slice(4, -1)),
  } satisfies SafeStorage
}

test.each([
  ['gnome_libsecret', 'GNOME Keyring'],
  ['kwallet', 'KWallet'],
  ['kwallet5', 'KWallet'],
  ['kwallet6', 'KWallet'],
])('%s can store, and is called %s', (backend, name) => {
  const cipher = createCipher(safeStorage(backend, 'v11'), 'linux')
  expect(cipher.backend()).toEqual({ canStore: true, name })
  expect(cipher.decrypt(cipher.encrypt('secret'))).toBe('secret')
})

test.each(['basic_text', 'unknown', 'something new', 'constructor'])(
  '%s cannot store, whatever Electron says of encryption',
  (backend) => {
    expect(createCipher(safeStorage(backend, 'v11'), 'linux').backend()).toEqual({
      canStore: false,
      name: backend,
      why: 'This session has no GNOME Keyring and no KWallet.',
    })
  },
)

test('a keyring that is only selected cannot store: it encrypts with the public key', () => {
  const cipher = createCipher(safeStorage('gnome_libsecret', 'v10'), 'linux')
  expect(cipher.backend()).toMatchObject({ canStore: false, why: expect.stringContaining('locked') })
  expect(() => cipher.encrypt('secret')).toThrow(/public key/)
})

test('a keyring that is not available, or throws, cannot store', () => {
  const unavailable = createCipher(safeStorage('kwallet6', 'v11', false), 'linux')
  expect(unavailable.backend()).toMatchObject({ canStore: false, name: 'KWallet' })
  const broken = {
    ...safeStorage('kwallet6', 'v11'),
    encryptString: () => {
      throw new Error('no answer')
    },
  }
  expect(createCipher(broken, 'linux').backend()).toMatchObject({ canStore: false, name: 'KWallet' })
})

test('a file encrypted with the public key is not decrypted on Linux', () => {
  const safe = safeStorage('gnome_libsecret', 'v11')
  expect(() => createCipher(safe, 'linux').decrypt(Buffer.from('v10<planted>'))).toThrow(/public key/)
  expect(safe.decryptString).not.toHaveBeenCalled()
})

test.each([
  ['darwin', 'macOS Keychain'],
  ['win32', 'Windows DPAPI'],
] as const)('on %s the same prefix is the real thing', (platform, name) => {
  const cipher = createCipher(safeStorage('never asked', 'v10'), platform)
  expect(cipher.backend()).toEqual({ canStore: true, name })
  expect(cipher.decrypt(cipher.encrypt('secret'))).toBe('secret')
  const closed = createCipher(safeStorage('never asked', 'v10', false), platform)
  expect(closed.backend()).toMatchObject({ canStore: false, name })
})
