import { expect, test } from 'vitest'
import type { Connection } from '../../../../electron/jobs/platforms/connections'
import { watchedConnections } from '../../../../electron/jobs/asking/watched-connections'
import { Unreachable, type Send } from '../../../../electron/providers/provider'

const request = { method: 'GET', path: '/a' } as const

function scene(send: Send = async () => ({ status: 200, headers: {}, text: '', date: 77 })) {
  const told: string[] = []
  const connection: Connection = { print: 'k1', send, submit: send, clean: (text) => text }
  const connections = watchedConnections(
    {
      current: () => connection,
      byPrint: (_provider, print) => (print === 'k1' ? connection : undefined),
      anonymous: () => send,
      isRefused: (print) => print === 'k9',
      refused: () => undefined,
      accepted: () => undefined,
    },
    {
      asked: (provider) => told.push(`${provider} asked`),
      answered: (provider, date) => told.push(`${provider} answered ${date}`),
    },
  )
  return { told, connections }
}

const ways: readonly (readonly [string, (parts: ReturnType<typeof scene>) => Send | undefined])[] = [
  ['the key of today', ({ connections }) => connections.current('krea')?.send],
  ['a submit', ({ connections }) => connections.current('krea')?.submit],
  ['a job’s own key', ({ connections }) => connections.byPrint('krea', 'k1')?.send],
  ['no key', ({ connections }) => connections.anonymous('krea')],
]

test.each(ways)('a request with %s is told, and its answer’s time', async (_what, sendOf) => {
  const parts = scene()
  await sendOf(parts)?.(request)
  expect(parts.told).toEqual(['krea asked', 'krea answered 77'])
})

test('what nobody answers was asked all the same', async () => {
  const parts = scene(() => Promise.reject(new Unreachable('down', true)))
  await expect(parts.connections.current('krea')?.send(request)).rejects.toThrow(Unreachable)
  expect(parts.told).toEqual(['krea asked'])
})

test('another address may be anybody’s: it neither counts nor tells the platform’s time', async () => {
  const { told, connections } = scene()
  await connections.anonymous('krea', 'https://elsewhere.example')(request)
  expect(told).toEqual([])
})

test('without a key there is no connection; refusals go through', () => {
  const { connections } = scene()
  expect([connections.byPrint('krea', 'k2'), connections.isRefused('k9')]).toEqual([undefined, true])
})
