import { expect, onTestFinished, test } from 'vitest'
import { createConnections } from '../../../electron/providers/connections'
import { createHttp } from '../../../electron/providers/http/http'
import { createRemoteProviders } from '../../../electron/providers/registry'
import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import { keyComputer } from '../../support/key-system'
import { always, rawHost } from '../../support/raw-host'

const [keyA, keyB] = ['key-of-place-a-1234567890', 'key-of-place-b-0987654321']
const get = { method: 'GET', path: '/x' } as const

async function scene() {
  const [a, b] = [await rawHost(always(200, '{}')), await rawHost(always(200, '{}'))]
  const places = new Map<RemoteProviderId, string>(remoteProviderIds.map((id) => [id, a.origin]))
  const remote = createRemoteProviders((id) => ({ origin: places.get(id) ?? null, dialect: null }))
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const vault = keyComputer().vault()
  const connections = createConnections({ vault, http, remote })
  const save = (id: RemoteProviderId, key: string, origin: string) =>
    vault.save(id, key, { forSession: false, origin })
  return { a, b, places, vault, connections, save, remote }
}

test.each(remoteProviderIds)('%s: without a key there is no connection', async (id) => {
  const { connections } = await scene()
  expect([connections.current(id), connections.byPrint(id, 'p')]).toEqual([undefined, undefined])
})

test.each(remoteProviderIds)('%s: its key goes in its own header, to its own place', async (id) => {
  const { connections, save, a, remote } = await scene()
  save(id, keyA, a.origin)
  await connections.current(id)?.send(get)
  await connections.current(id)?.submit({ ...get, method: 'POST', json: '{}' })
  const { header, prefix } = remote[id].auth
  expect(a.requests.map(({ headers }) => headers[header])).toEqual(Array(2).fill(`${prefix}${keyA}`))
})

test('after the address was changed: no connection for new jobs, and the old key stays with the old place', async () => {
  const { connections, save, places, a, b } = await scene()
  save('krea', keyA, a.origin)
  const print = connections.current('krea')?.print ?? ''
  places.set('krea', b.origin)
  expect(connections.current('krea')).toBeUndefined()
  await connections.byPrint('krea', print)?.send(get)
  expect([a.requests.length, b.requests.length]).toEqual([1, 0])
  save('krea', keyB, b.origin)
  await connections.current('krea')?.send(get)
  await connections.byPrint('krea', print)?.send(get)
  expect(a.requests.map(({ headers }) => headers['authorization'])).toEqual(Array(2).fill(`Bearer ${keyA}`))
  expect(b.requests.map(({ headers }) => headers['authorization'])).toEqual([`Bearer ${keyB}`])
})

test('a connection that was handed out goes on at the place it was made for', async () => {
  const { connections, save, places, a, b } = await scene()
  save('krea', keyA, a.origin)
  const connection = connections.current('krea')
  places.set('krea', b.origin)
  await connection?.send(get)
  expect([a.requests.length, b.requests.length]).toEqual([1, 0])
})

test('a key of one provider is none of another', async () => {
  const { connections, save, a } = await scene()
  save('krea', keyA, a.origin)
  const print = connections.current('krea')?.print ?? ''
  expect([connections.current('apiframe'), connections.byPrint('apiframe', print)]).toEqual([
    undefined,
    undefined,
  ])
})

test('without a key nothing of a key is sent, wherever it goes', async () => {
  const { connections, save, a, b } = await scene()
  save('krea', keyA, a.origin)
  await connections.anonymous('krea')(get)
  await connections.anonymous('krea', b.origin)(get)
  for (const { headers } of [...a.requests, ...b.requests])
    expect(JSON.stringify(headers)).not.toContain(keyA)
  expect([a.requests.length, b.requests.length]).toEqual([1, 1])
})

test('what a platform says is kept without the key', async () => {
  const { connections, save, a } = await scene()
  save('krea', keyA, a.origin)
  expect(connections.current('krea')?.clean(`your key ${keyA} is bad`)).not.toContain(keyA)
})

test('a refusal is of the key, and is taken back', async () => {
  const { connections, save, a } = await scene()
  save('krea', keyA, a.origin)
  const print = connections.current('krea')?.print ?? ''
  connections.refused(print)
  expect([connections.isRefused(print), connections.isRefused('other')]).toEqual([true, false])
  connections.accepted(print)
  expect(connections.isRefused(print)).toBe(false)
})
