import { expect, test, vi } from 'vitest'
import { createBucketStore, isConnected } from '../../../renderer/settings/bucket-store'
import { createNetworkStore } from '../../../renderer/settings/network-store'
import { AppError } from '../../../shared/error'
import type { BucketStatus, NetworkStatus } from '../../../shared/provider-status-schema'
import { diskFull } from '../support/pieces'

const settings = { endpoint: 'https://s3.example.com', region: 'auto', bucket: 'clips', pathStyle: true }
const none: BucketStatus = { settings: null, key: { kind: 'none' } }
const connected: BucketStatus = {
  settings,
  key: { kind: 'stored', last4: 'tail', backend: 'GNOME Keyring', refused: false },
}
const keys = { accessKeyId: 'AKIA0123', secret: 'very-secret-tail' }

function bucketOf() {
  const client = {
    'bucket.get': vi.fn(() => Promise.resolve(none)),
    'bucket.connect': vi.fn((_input: object) => Promise.resolve(connected)),
    'bucket.remove': vi.fn(() => Promise.resolve(none)),
  }
  const fail = vi.fn()
  const store = createBucketStore({ client, fail })
  return { client, fail, state: () => store.getState() }
}

test('there is no bucket until the main process tells of one with its keys', async () => {
  const { state } = bucketOf()
  expect(isConnected(state())).toBe(false)
  await state().load()
  expect(isConnected(state())).toBe(false)
  state().changed({ ...connected, key: { kind: 'none' } })
  expect(isConnected(state())).toBe(false)
  state().changed(connected)
  expect(isConnected(state())).toBe(true)
})

test('news that came before the first answer are kept', async () => {
  const { state } = bucketOf()
  const loading = state().load()
  state().changed(connected)
  await loading
  expect(isConnected(state())).toBe(true)
})

test('keys go out in one call and are nowhere in the store', async () => {
  const { state, client } = bucketOf()
  expect(await state().connect(settings, keys, false)).toBeNull()
  expect(client['bucket.connect']).toHaveBeenCalledExactlyOnceWith({ settings, keys, forSession: false })
  expect(JSON.stringify(state())).not.toContain(keys.secret)
  await state().connect(settings, null, false)
  expect(client['bucket.connect']).toHaveBeenLastCalledWith({ settings, keys: null, forSession: false })
})

test('a bucket that does not work says why, and the one before stays', async () => {
  const { state, client } = bucketOf()
  state().changed(connected)
  client['bucket.connect'].mockRejectedValueOnce(new AppError('key-refused', 'SignatureDoesNotMatch'))
  expect(await state().connect(settings, keys, false)).toMatchObject({ code: 'key-refused' })
  expect(state().status).toEqual(connected)
})

test('a bucket that was removed is gone; one that cannot be removed is not', async () => {
  const { state, client } = bucketOf()
  state().changed(connected)
  client['bucket.remove'].mockRejectedValueOnce(diskFull)
  expect(await state().remove()).toMatchObject({ code: 'disk-full' })
  expect(isConnected(state())).toBe(true)
  expect(await state().remove()).toBeNull()
  expect(isConnected(state())).toBe(false)
})

const direct: NetworkStatus = { proxy: 'auto', caFile: null, needsRestart: false, now: 'Direct connection' }

function networkOf() {
  const client = {
    'network.get': vi.fn(() => Promise.resolve(direct)),
    'network.set': vi.fn((change: Pick<NetworkStatus, 'proxy' | 'caFile'>) =>
      Promise.resolve({ ...direct, ...change }),
    ),
    'network.pickCaFile': vi.fn((): Promise<{ file: string | null }> => Promise.resolve({ file: '/ca.pem' })),
  }
  const store = createNetworkStore({ client })
  return { client, state: () => store.getState() }
}

test('one setting of the network is changed, the other kept', async () => {
  const { client, state } = networkOf()
  await state().load()
  await state().pickCaFile()
  await state().change({ proxy: 'none' })
  expect(client['network.set'].mock.calls).toEqual([
    [{ proxy: 'auto', caFile: '/ca.pem' }],
    [{ proxy: 'none', caFile: '/ca.pem' }],
  ])
  expect(state().status).toEqual({ ...direct, proxy: 'none', caFile: '/ca.pem' })
})

test('a dismissed file dialog changes nothing, and a file without certificates says so', async () => {
  const { client, state } = networkOf()
  await state().load()
  client['network.pickCaFile'].mockResolvedValueOnce({ file: null })
  await state().pickCaFile()
  expect(client['network.set']).not.toHaveBeenCalled()
  client['network.set'].mockRejectedValueOnce(new AppError('bad-request', 'No certificates in it.'))
  await state().pickCaFile()
  expect(state()).toMatchObject({ status: direct, error: { message: 'No certificates in it.' } })
})
