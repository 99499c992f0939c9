import { expect, test } from 'vitest'
import { createPlatform, defaultSettings, dialectOf } from '../../../electron/providers/platform'
import type { PlatformSettings } from '../../../electron/providers/provider'
import { createRemoteProviders } from '../../../electron/providers/registry'
import { remoteProviderIds } from '../../../shared/provider'
import { providerIn, providers } from '../../../shared/providers'

const set = (change: Partial<PlatformSettings>): PlatformSettings => ({ ...defaultSettings(), ...change })

test.each(remoteProviderIds)('%s: the chosen dialect, else the first; none where there is one', (id) => {
  const ids = providers[id].dialects.map((dialect) => dialect.id)
  const first = ids[0] ?? null
  expect(dialectOf(id, set({}))).toBe(first)
  for (const strange of ['', 'Z', 'toString', '__proto__'])
    expect(dialectOf(id, set({ dialect: strange }))).toBe(first)
  for (const known of ids) expect(dialectOf(id, set({ dialect: known }))).toBe(known)
})

test('settings are read at each use: address, dialect and what can be done follow at once', () => {
  let settings = set({})
  const remote = createRemoteProviders(() => settings)
  for (const id of remoteProviderIds) {
    const platform = remote[id]
    settings = set({})
    expect([platform.id, platform.origin, platform.name]).toEqual([
      id,
      platform.defaultOrigin,
      providers[id].name,
    ])
    settings = set({ origin: 'https://gateway.example' })
    expect([platform.origin, platform.defaultOrigin]).not.toContain('')
    expect(platform.origin).toBe('https://gateway.example')
    expect(platform.defaultOrigin).not.toBe(platform.origin)
    for (const { id: dialect } of providers[id].dialects) {
      settings = set({ dialect })
      expect(platform.dialect).toBe(dialect)
      expect(platform.capabilities).toEqual(providerIn(id, dialect).capabilities)
    }
  }
})

test('UniAll edits no clips in the dialect of its documents', () => {
  let settings = set({})
  const { uniall } = createRemoteProviders(() => settings)
  expect(uniall.capabilities.modes).toContain('edit')
  settings = set({ dialect: 'docs' })
  expect(uniall.capabilities.modes).not.toContain('edit')
})

test('every platform is at https by default, and its key goes into a header', () => {
  for (const platform of Object.values(createRemoteProviders(defaultSettings))) {
    expect(platform.defaultOrigin).toMatch(/^https:\/\/[a-z.]+$/)
    expect(platform.auth.header).toMatch(/^[a-z-]+$/)
  }
})

test('what the adapter knows itself is kept', () => {
  const { krea } = createRemoteProviders(defaultSettings)
  const made = createPlatform('krea', defaultSettings, { ...krea, defaultOrigin: 'https://other.example' })
  expect([made.origin, made.list]).toEqual(['https://other.example', krea.list])
})
