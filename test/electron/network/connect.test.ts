import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { buildConnector } from 'undici'
import { createOneConnection, lazily, NotConnected } from '../../../electron/network/connect'

const to = { hostname: 'a', protocol: 'https:', port: '443' }

/** A connector that answers in this order; null is a connection. */
function scripted(...outcomes: readonly (Error | null)[]) {
  let calls = 0
  const connector: buildConnector.connector = (_to, callback) => {
    const outcome = outcomes[calls] ?? null
    calls += 1
    if (outcome) callback(outcome, null)
    else callback(null, new Socket())
  }
  return { connector, calls: () => calls }
}

/** What one attempt comes to. */
function attempt(connect: buildConnector.connector): Error | Socket {
  let outcome: Error | Socket | undefined
  connect(to, (error, socket) => (outcome = error ?? socket))
  if (!outcome) throw new Error('no outcome')
  return outcome
}

test('a second connection is never made', () => {
  const { connector, calls } = scripted()
  const { connect, wasMade } = createOneConnection(connector)
  expect(wasMade()).toBe(false)
  expect(attempt(connect)).toBeInstanceOf(Socket)
  expect(wasMade()).toBe(true)
  const again = attempt(connect)
  expect(again).toBeInstanceOf(Error)
  expect(again).not.toBeInstanceOf(NotConnected)
  expect(calls()).toBe(1)
})

test('failures before it are no connection', () => {
  const refused = new Error('ECONNREFUSED')
  const { connector, calls } = scripted(refused, refused, null)
  const { connect, wasMade } = createOneConnection(connector)
  for (const _ of [1, 2]) {
    expect(attempt(connect)).toMatchObject({ name: 'NotConnected', cause: refused })
    expect(wasMade()).toBe(false)
  }
  expect(attempt(connect)).toBeInstanceOf(Socket)
  expect([wasMade(), calls()]).toEqual([true, 3])
})

test('one that is made lazily is made once, by the first connection', () => {
  const made: string[] = []
  const asked: string[] = []
  const connect = lazily(() => {
    made.push('made')
    return ({ hostname }) => void asked.push(hostname)
  })
  expect(made).toEqual([])
  for (const hostname of ['a', 'b']) connect({ hostname, protocol: 'https:', port: '443' }, () => undefined)
  expect([made, asked]).toEqual([['made'], ['a', 'b']])
})
