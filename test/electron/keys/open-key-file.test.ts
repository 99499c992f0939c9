import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fingerprint } from '../../../electron/keys/key-text'
import { codeOf, failureOf } from '../../support/failure'
import { keyComputer, textOf } from '../../support/key-system'

const origin = 'https://api.krea.ai'
const first = 'kr_live_first_0123456789'
const second = 'kr_live_second_987654321'
const stored = { forSession: false, origin }
const session = { forSession: true, origin }
const unneeded = () => false

test.each([
  ['not JSON', '{"version":1,"keys":[{"ciph'],
  ['empty', ''],
  ['another JSON', '[]'],
  ['of a newer version', '{"version":2,"keys":[]}'],
])('a file that is %s is reported, kept, and put aside only by a new key', (_, text) => {
  const { vault, system, names } = keyComputer()
  writeFileSync(system.file, text)
  const made = vault()
  expect(made.notice()).toMatch(/keys\.json, cannot be read.*enter your keys again.*keys\.json\.unreadable/)
  expect(made.state('krea', 'https://api.krea.ai')).toEqual({ kind: 'none' })
  made.remove('krea', unneeded)
  made.prune(unneeded)
  made.save('krea', first, session)
  expect(names()).toEqual(['keys.json'])
  expect(readFileSync(system.file, 'utf8')).toBe(text)

  made.save('krea', second, stored)
  expect(names()).toEqual(['keys.json', 'keys.json.unreadable-1234'])
  expect(readFileSync(`${system.file}.unreadable-1234`, 'utf8')).toBe(text)
  expect([made.notice(), vault().notice()]).toEqual([undefined, undefined])
  expect(textOf(vault().current('krea'))).toBe(second)
})

test('keys that cannot be decrypted are reported and kept; those that can are in use', () => {
  const { vault, system, names, content } = keyComputer()
  vault().save('krea', first, stored)
  const unreadable = JSON.parse(content()) as { keys: readonly unknown[] }
  system.forget()
  writeFileSync(system.file, '{"version":1,"keys":[]}')
  vault().save('apiframe', second, stored)
  const readable = JSON.parse(content()) as { keys: readonly unknown[] }
  const both = JSON.stringify({ version: 1, keys: [...unreadable.keys, ...readable.keys] })
  writeFileSync(system.file, both)

  const made = vault()
  expect(made.notice()).toMatch(/^1 of 2 stored API keys \(encrypted by GNOME Keyring\) cannot be decrypted/)
  expect([made.current('krea'), textOf(made.current('apiframe'))]).toEqual([undefined, second])
  // A change that nobody asked for must not touch it, even of a key that can be read.
  made.prune(unneeded)
  expect(content()).toBe(both)
  made.save('krea', first, stored)
  expect(readFileSync(`${system.file}.unreadable-1234`, 'utf8')).toBe(both)
  expect(names()).toEqual(['keys.json', 'keys.json.unreadable-1234'])
  expect([textOf(vault().current('krea')), textOf(vault().current('apiframe'))]).toEqual([first, second])
})

test('pruning leaves a file alone that holds something unreadable', () => {
  const { vault, system, content } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, stored)
  const file = JSON.parse(content()) as { keys: readonly unknown[] }
  const damaged = JSON.stringify({
    ...file,
    keys: [...file.keys, { cipher: 'AAAA', backend: 'KWallet', isRetired: false }],
  })
  writeFileSync(system.file, damaged)
  const again = vault()
  again.prune(unneeded)
  expect(content()).toBe(damaged)
  expect(again.notice()).toContain('GNOME Keyring, KWallet')
})

test('a keyring that is locked at start closes the keys, nothing more: unlocked later, saving finds them again', async () => {
  const { vault, system, names } = keyComputer()
  vault().save('krea', first, stored)
  system.lock()
  const made = vault()
  expect(made.state('krea', 'https://api.krea.ai')).toEqual({ kind: 'none' })
  expect(made.notice()).toMatch(/GNOME Keyring is locked\. They are kept.*Start Inbetween again/)
  expect(await codeOf(() => made.save('apiframe', second, stored))).toBe('no-key-store')
  made.save('krea', second, session)
  system.unlock()
  made.save('apiframe', second, stored)
  expect([textOf(made.current('krea')), textOf(vault().current('krea'))]).toEqual([second, first])
  expect(textOf(made.byPrint('krea', fingerprint(first, origin)))).toBe(first)
  expect(made.notice()).toBeUndefined()
  expect(names()).toEqual(['keys.json'])
})

test.each([
  ['ENOSPC', 'disk-full', /disk is full.*not changed/],
  ['EACCES', 'unreadable', /cannot be written.*not changed/],
])('when the file fails with %s nothing has changed', async (code, expected, words) => {
  const { vault, system, content } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, stored)
  const before = content()
  const attempts = [
    () => made.save('krea', 'another_key_123456', stored),
    () => made.remove('krea', unneeded),
    () => made.prune(unneeded),
  ]
  for (const attempt of attempts) {
    system.failWrite(Object.assign(new Error(code), { code }))
    expect(await failureOf(attempt)).toMatchObject({
      code: expected,
      message: expect.stringMatching(words),
    })
    expect(content()).toBe(before)
    expect(textOf(made.current('krea'))).toBe(second)
    expect(textOf(made.byPrint('krea', fingerprint(first, origin)))).toBe(first)
  }
})

test('a key of a provider only a newer Inbetween knows survives a save of this one', () => {
  const { vault, system, content } = keyComputer()
  const sealed = JSON.stringify({ provider: 'veo-2030', origin: 'https://new.example', key: first })
  const cipher = system.store.encrypt(sealed).toString('base64')
  system.store.write({ version: 1, keys: [{ cipher, backend: 'GNOME Keyring', isRetired: false }] })
  const made = vault()
  made.save('krea', second, stored)
  made.prune(unneeded)
  expect(made.notice()).toBeUndefined()
  expect(JSON.parse(content())).toMatchObject({ keys: [{ cipher }, {}] })
})
