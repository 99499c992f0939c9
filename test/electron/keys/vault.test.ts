import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { fingerprint } from '../../../electron/keys/key-text'
import { createVault } from '../../../electron/keys/vault'
import { codeOf, failureOf } from '../../support/failure'
import { keyComputer, textOf } from '../../support/key-system'

const origin = 'https://api.krea.ai'
const first = 'kr_live_first_0123456789'
const second = 'kr_live_second_987654321'
const stored = { forSession: false, origin }
const session = { forSession: true, origin }
const needed = () => true
const unneeded = () => false

test('a stored key is there after a restart, with its origin and fingerprint', () => {
  const { vault } = keyComputer()
  vault().save('krea', ` ${first}\n`, stored)
  const again = vault()
  expect(again.current('krea')).toMatchObject({ print: fingerprint(first, origin), origin })
  expect(textOf(again.current('krea'))).toBe(first)
  expect(again.current('apiframe')).toBeUndefined()
  expect(again.state('krea', origin)).toEqual({
    kind: 'stored',
    last4: '6789',
    backend: 'GNOME Keyring',
    refused: false,
  })
  expect(again.state('apiframe', origin)).toEqual({ kind: 'none' })
})

test('a key is none for another origin than the one it was saved for', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  expect(made.state('krea', 'https://gateway.example')).toEqual({ kind: 'none' })
})

test('neither the file nor anything returned or thrown holds the key', async () => {
  const { vault, content, system } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('apiframe', second, session)
  const said = [
    content(),
    ...[
      made.current('krea'),
      made.byPrint('apiframe', fingerprint(second, origin)),
      made.state('krea', origin),
      made,
    ].flatMap((value) => [JSON.stringify(value), inspect(value, { depth: 9, showHidden: true })]),
  ]
  system.lock()
  const failure = await failureOf(() => made.save('krea', second, stored))
  said.push(JSON.stringify(failure), inspect(failure), failure.stack ?? '', failure.details ?? '')
  for (const text of said) {
    for (const key of [first, second]) {
      expect(text).not.toContain(key)
      expect(text).not.toContain(Buffer.from(key).toString('base64').slice(0, 20))
    }
  }
  expect(said.join()).toContain(fingerprint(first, origin))
})

test('the system is not asked before a key is wanted, and never in practice or under a foreign runtime', () => {
  const { vault, system } = keyComputer()
  vault()
  const practice = vault('memory')
  practice.save('krea', first, stored)
  practice.state('krea', origin)
  practice.remove('krea', needed)
  expect([vault('refuse').current('krea'), system.timesAsked()]).toEqual([undefined, 0])
})

test('a replaced key serves the jobs submitted with it until they have ended', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, stored)
  expect(textOf(made.current('krea'))).toBe(second)
  made.prune((provider, print) => provider === 'krea' && print === fingerprint(first, origin))
  expect(textOf(vault().byPrint('krea', fingerprint(first, origin)))).toBe(first)
  expect(vault().byPrint('apiframe', fingerprint(first, origin))).toBeUndefined()
  made.prune(unneeded)
  for (const later of [made, vault()]) {
    expect(later.byPrint('krea', fingerprint(first, origin))).toBeUndefined()
    expect(textOf(later.current('krea'))).toBe(second)
  }
})

test('a removed key is current no more, and stays for running jobs alone', () => {
  const { vault, content } = keyComputer()
  vault().save('krea', first, stored)
  vault().save('apiframe', second, stored)
  const made = vault()
  made.remove('krea', needed)
  expect(made.state('krea', origin)).toEqual({ kind: 'none' })
  expect(vault().current('krea')).toBeUndefined()
  expect(textOf(vault().byPrint('krea', fingerprint(first, origin)))).toBe(first)
  made.remove('krea', unneeded)
  expect(vault().byPrint('krea', fingerprint(first, origin))).toBeUndefined()
  expect(textOf(vault().current('apiframe'))).toBe(second)
  expect(JSON.parse(content())).toMatchObject({ keys: [{ isRetired: false }] })
})

test('a key that comes back is one key: current, not retired, not refused', () => {
  const { vault, content } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, stored)
  made.markRefused(fingerprint(first, origin))
  made.save('krea', first, stored)
  expect(JSON.parse(content())).toMatchObject({ keys: [{ isRetired: true }, { isRetired: false }] })
  made.prune(unneeded)
  expect(vault().current('krea')).toMatchObject({ print: fingerprint(first, origin), origin })
  expect(made.state('krea', origin)).toMatchObject({ refused: false })
  expect(JSON.parse(content())).toMatchObject({ keys: [{ isRetired: false }] })
})

test('the same key at another address is another key: jobs of the first one go on there', () => {
  const { vault } = keyComputer()
  const gateway = 'https://gateway.example'
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', first, { forSession: false, origin: gateway })
  expect(made.current('krea')).toMatchObject({ print: fingerprint(first, gateway), origin: gateway })
  expect(made.byPrint('krea', fingerprint(first, origin))).toMatchObject({ origin })
  made.markRefused(fingerprint(first, origin))
  expect(made.state('krea', gateway)).toMatchObject({ refused: false })
})

test('a refused key is said to be refused until the platform takes it, or until the next start', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.markRefused(fingerprint(second, origin))
  expect(made.state('krea', origin)).toMatchObject({ refused: false })
  made.markRefused(fingerprint(first, origin))
  expect(made.state('krea', origin)).toMatchObject({ refused: true })
  expect([first, 'another_key_123456'].map((key) => made.isRefused(fingerprint(key, origin)))).toEqual([
    true,
    false,
  ])
  expect(vault().state('krea', origin)).toMatchObject({ refused: false })
  made.markAccepted(fingerprint(first, origin))
  expect(made.state('krea', origin)).toMatchObject({ refused: false })
})

test('without a keyring a key is not stored; for the session it is held, and gone after a restart', async () => {
  const { vault, system, names } = keyComputer()
  system.lock()
  const made = vault()
  const failure = await failureOf(() => made.save('krea', first, stored))
  expect(failure).toMatchObject({ code: 'no-key-store', message: expect.stringContaining('is locked') })
  expect(made.current('krea')).toBeUndefined()
  made.save('krea', first, session)
  expect(textOf(made.current('krea'))).toBe(first)
  expect(made.state('krea', origin)).toEqual({
    kind: 'stored',
    last4: '6789',
    backend: 'session',
    refused: false,
  })
  expect(vault().current('krea')).toBeUndefined()
  expect(names()).toEqual([])
})

test('a key store that fails while encrypting is no key store, and its words are not passed on', async () => {
  const { system } = keyComputer()
  system.lock()
  const store = { ...system.store, backend: () => ({ canStore: true, name: 'GNOME Keyring' }) as const }
  const made = createVault({ store, policy: 'store', now: () => 0 })
  const failure = await failureOf(() => made.save('krea', first, stored))
  expect(failure.code).toBe('no-key-store')
  expect(inspect(failure, { depth: 9 })).not.toContain(first)
})

test('a session key goes before the stored one, which is back after a restart', () => {
  const { vault, content } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  const before = content()
  made.save('krea', second, session)
  expect(textOf(made.current('krea'))).toBe(second)
  made.prune(unneeded)
  expect(textOf(made.byPrint('krea', fingerprint(first, origin)))).toBe(first)
  expect(content()).toBe(before)
  expect(textOf(vault().current('krea'))).toBe(first)
})

test('session keys are replaced, pruned and removed like stored ones', () => {
  const { vault, names } = keyComputer()
  const made = vault()
  made.save('krea', first, session)
  made.save('krea', second, session)
  expect(textOf(made.byPrint('krea', fingerprint(first, origin)))).toBe(first)
  made.prune(unneeded)
  expect(made.byPrint('krea', fingerprint(first, origin))).toBeUndefined()
  made.remove('krea', needed)
  expect([made.current('krea'), textOf(made.byPrint('krea', fingerprint(second, origin)))]).toEqual([
    undefined,
    second,
  ])
  expect(names()).toEqual([])
})

test('a session key that is then stored is one key, and stored', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, session)
  made.save('krea', first, stored)
  made.prune(unneeded)
  expect(made.state('krea', origin)).toMatchObject({ backend: 'GNOME Keyring' })
  expect(textOf(vault().current('krea'))).toBe(first)
})

test('a foreign runtime takes no key, says what to do, and is given none that is stored', async () => {
  const { vault, content } = keyComputer()
  vault().save('krea', first, stored)
  const before = content()
  const made = vault('refuse')
  for (const options of [stored, session]) {
    expect(await failureOf(() => made.save('krea', second, options))).toMatchObject({
      code: 'untrusted-runtime',
      message: expect.stringContaining('INBETWEEN_TRUST_RUNTIME=1'),
    })
  }
  expect([made.current('krea'), made.notice(), content()]).toEqual([undefined, undefined, before])
})

test('in practice keys live in memory only, and the real ones are not seen', () => {
  const { vault, content } = keyComputer()
  vault().save('krea', first, stored)
  const before = content()
  const made = vault('memory')
  expect(made.current('krea')).toBeUndefined()
  made.save('krea', 'practice-key-0001', stored)
  expect(made.state('krea', origin)).toMatchObject({ backend: 'session', last4: '0001' })
  expect(content()).toBe(before)
})

test('what cannot be a key is refused before anything else happens', async () => {
  const { vault, names } = keyComputer()
  expect(await codeOf(() => vault().save('krea', 'two words', stored))).toBe('bad-request')
  expect(await codeOf(() => vault().save('krea', 'two words', session))).toBe('bad-request')
  expect(names()).toEqual([])
})

test('a key that is taken back leaves the one before as it was, also after a restart', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.takeBack('krea')
  made.save('krea', first, stored)
  made.save('apiframe', second, stored)
  made.save('krea', second, stored)
  made.takeBack('krea')
  made.takeBack('krea')
  for (const now of [made, vault()]) {
    expect([textOf(now.current('krea')), textOf(now.current('apiframe'))]).toEqual([first, second])
    // As a job may have been submitted with it.
    expect(textOf(now.byPrint('krea', fingerprint(second, origin)))).toBe(second)
  }
  made.prune(unneeded)
  expect(made.byPrint('krea', fingerprint(second, origin))).toBeUndefined()
  expect(textOf(vault().current('krea'))).toBe(first)
})

test('a session key that is taken back leaves the stored one and the session’s one before', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, session)
  made.save('krea', `${second}b`, session)
  made.takeBack('krea')
  expect([textOf(made.current('krea')), textOf(vault().current('krea'))]).toEqual([second, first])
  made.save('krea', `${second}c`, stored)
  made.takeBack('krea')
  expect([textOf(made.current('krea')), textOf(vault().current('krea'))]).toEqual([second, first])
})

test('what was removed does not come back', () => {
  const { vault } = keyComputer()
  const made = vault()
  made.save('krea', first, stored)
  made.save('krea', second, stored)
  made.remove('krea', needed)
  made.takeBack('krea')
  expect(made.current('krea')).toBeUndefined()
})
