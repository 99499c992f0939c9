import { expect, test, vi } from 'vitest'
import { createProvidersStore } from '../../../renderer/settings/providers-store'
import { AppError } from '../../../shared/error'
import { credits, type Money } from '../../../shared/money'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Limits, ProviderStatus } from '../../../shared/provider-status-schema'
import { diskFull, settled, statusOf } from '../support/pieces'

const refused = new AppError('key-refused', 'Krea refused this key.')
const secret = 'kr-0123456789-secret-4f2a'
const gateway = 'https://gateway.example.com'
interface Tested {
  provider: RemoteProviderId
  balance: Money | null
}

function providersOf() {
  const none = statusOf({ key: { kind: 'none' } })
  const deps = {
    client: {
      'providers.list': vi.fn(() => Promise.resolve([none, statusOf({ id: 'apiframe' })])),
      'providers.saveKey': vi.fn(
        (_input: { provider: RemoteProviderId; key: string; forSession: boolean }): Promise<ProviderStatus> =>
          Promise.resolve(statusOf()),
      ),
      'providers.testKey': vi.fn(({ provider }: { provider: RemoteProviderId }): Promise<Tested> =>
        Promise.resolve({ provider, balance: credits(412) }),
      ),
      'providers.removeKey': vi.fn((_input: { provider: RemoteProviderId }) => Promise.resolve(none)),
      'providers.setLimits': vi.fn(({ limits }: { provider: RemoteProviderId; limits: Limits }) =>
        Promise.resolve(statusOf({ limits })),
      ),
      'providers.setAddress': vi.fn((_input: { provider: RemoteProviderId; origin: string | null }) =>
        Promise.resolve(statusOf({ key: { kind: 'none' }, address: { origin: gateway, isDefault: false } })),
      ),
      'providers.setDialect': vi.fn(({ dialect }: { provider: RemoteProviderId; dialect: string }) =>
        Promise.resolve(statusOf({ dialect })),
      ),
    },
    fail: vi.fn(),
  }
  return { store: createProvidersStore(deps), deps, client: deps.client }
}

test('the list is there at start and follows the news', async () => {
  const { store } = providersOf()
  await store.getState().load()
  expect([...store.getState().statuses.keys()]).toEqual(['krea', 'apiframe'])
  store.getState().changed(statusOf({ health: { kind: 'out-of-credit' } }))
  expect(store.getState().statuses.get('krea')?.health.kind).toBe('out-of-credit')
})

test('a list that cannot be read is told', async () => {
  const { store, deps } = providersOf()
  deps.client['providers.list'].mockRejectedValueOnce(diskFull)
  await store.getState().load()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})

test('a key goes out in one call, is tested then, and is nowhere in the store', async () => {
  const { store, client } = providersOf()
  expect(await store.getState().saveKey('krea', secret, false)).toBeNull()
  await settled()
  expect(client['providers.saveKey']).toHaveBeenCalledExactlyOnceWith({
    provider: 'krea',
    key: secret,
    forSession: false,
  })
  expect(store.getState().tests.get('krea')).toEqual({ kind: 'works', balance: credits(412) })
  const { statuses, tests } = store.getState()
  expect(JSON.stringify([...statuses, ...tests])).not.toContain(secret)
})

test('a key that is not stored says why, and is not tested', async () => {
  const { store, client } = providersOf()
  client['providers.saveKey'].mockRejectedValueOnce(new AppError('no-key-store', 'No key store.'))
  expect(await store.getState().saveKey('krea', secret, false)).toMatchObject({ code: 'no-key-store' })
  expect(client['providers.testKey']).not.toHaveBeenCalled()
})

test('a key that the platform refuses stays stored, with the platform’s words', async () => {
  const { store, client } = providersOf()
  client['providers.testKey'].mockRejectedValueOnce(refused)
  expect(await store.getState().saveKey('krea', secret, false)).toBeNull()
  await settled()
  expect(store.getState().tests.get('krea')).toMatchObject({ kind: 'failed', error: { code: 'key-refused' } })
})

test('a late answer about a key that was replaced or removed is dropped', async () => {
  const { store, client } = providersOf()
  const late = Promise.withResolvers<Tested>()
  client['providers.testKey'].mockReturnValueOnce(late.promise)
  const first = store.getState().test('krea')
  await store.getState().test('krea')
  late.reject(refused)
  await first
  expect(store.getState().tests.get('krea')?.kind).toBe('works')

  const later = Promise.withResolvers<Tested>()
  client['providers.testKey'].mockReturnValueOnce(later.promise)
  const second = store.getState().test('krea')
  expect(await store.getState().removeKey('krea')).toBeNull()
  later.resolve({ provider: 'krea', balance: null })
  await second
  expect(store.getState().tests.has('krea')).toBe(false)
  expect(store.getState().statuses.get('krea')?.key.kind).toBe('none')
})

test('a key that cannot be removed is still shown', async () => {
  const { store, client } = providersOf()
  store.getState().changed(statusOf())
  client['providers.removeKey'].mockRejectedValueOnce(diskFull)
  expect(await store.getState().removeKey('krea')).toMatchObject({ code: 'disk-full' })
  expect(store.getState().statuses.get('krea')?.key.kind).toBe('stored')
})

test('limits are shown as the main process keeps them', async () => {
  const { store } = providersOf()
  const limits: Limits = { concurrency: 5, jobMicros: null, dayMicros: 1_000_000, creditMicros: null }
  expect(await store.getState().setLimits('krea', limits)).toBeNull()
  expect(store.getState().statuses.get('krea')?.limits).toEqual(limits)
})

test('another address asks for the key again, and what was found out about the old key is forgotten', async () => {
  const { store, client } = providersOf()
  await store.getState().test('krea')
  const late = Promise.withResolvers<Tested>()
  client['providers.testKey'].mockReturnValueOnce(late.promise)
  const testing = store.getState().test('krea')
  expect(await store.getState().setAddress('krea', gateway)).toBeNull()
  late.resolve({ provider: 'krea', balance: null })
  await testing
  expect(store.getState().tests.has('krea')).toBe(false)
  expect(store.getState().statuses.get('krea')).toMatchObject({
    key: { kind: 'none' },
    address: { origin: gateway },
  })
})

test('an address at which nothing answers changes nothing', async () => {
  const { store, client } = providersOf()
  store.getState().changed(statusOf())
  client['providers.setAddress'].mockRejectedValueOnce(new AppError('provider-down', 'Nothing there.'))
  expect(await store.getState().setAddress('krea', gateway)).toMatchObject({ code: 'provider-down' })
  expect(store.getState().statuses.get('krea')?.address.isDefault).toBe(true)
})

test('a dialect is shown as the main process keeps it', async () => {
  const { store } = providersOf()
  expect(await store.getState().setDialect('krea', 'B')).toBeNull()
  expect(store.getState().statuses.get('krea')?.dialect).toBe('B')
})

test('a page opens with the tab that is asked for, else with the key', () => {
  const { store } = providersOf()
  store.getState().show('bytespike', 'connection')
  expect(store.getState()).toMatchObject({ page: 'bytespike', tab: 'connection' })
  store.getState().show('bytespike')
  expect(store.getState()).toMatchObject({ page: 'bytespike', tab: 'key' })
})
