import { expect, test } from 'vitest'
import { isRemote, providerIds, remoteProviderIds } from '../../shared/provider'
import { providerIdSchema, remoteProviderIdSchema } from '../../shared/provider-schema'
import { providers } from '../../shared/providers'

test('ids of providers are a closed list', () => {
  for (const id of providerIds) expect(providerIdSchema.parse(id)).toBe(id)
  for (const id of ['', 'Animatic', 'constructor']) expect(providerIdSchema.safeParse(id).success).toBe(false)
})

test('what runs on this computer is no remote provider', () => {
  expect(providerIds.filter(isRemote)).toEqual([...remoteProviderIds])
  expect(remoteProviderIdSchema.safeParse('animatic').success).toBe(false)
  for (const id of remoteProviderIds) expect(remoteProviderIdSchema.parse(id)).toBe(id)
})

test('every provider is filed under its own id and says what it takes', () => {
  for (const id of providerIds) {
    const { capabilities, ...provider } = providers[id]
    expect(provider.id).toBe(id)
    expect(capabilities.durationsS.length).toBeGreaterThan(0)
    for (const seconds of capabilities.referenceDurationsS ?? [])
      expect(capabilities.durationsS).toContain(seconds)
    // A site where the key is made is part of every provider that needs one.
    expect(provider.pages === null).toBe(!isRemote(id))
  }
})
