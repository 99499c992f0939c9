import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** No connection was made, so that nothing of the request can have been written. */
export class NotConnected extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause })
    this.name = 'NotConnected'
  }
}

/** Marks every failure before a connection (name, TCP, TLS) as {@link NotConnected}. */
export function markFailures(connector: buildConnector.connector): buildConnector.connector {
  return (to, callback) =>
    connector(to, (error, socket) => {
      if (error) callback(new NotConnected(error), null)
      else callback(null, socket)
    })
}

/** The connection of one request. */
export interface OneConnection {
  readonly connect: buildConnector.connector
  /** From here on a byte of the request may have been written. */
  readonly wasMade: () => boolean
}

/**
 * Gives out one connection, ever. SECURITY (money): undici connects anew and writes again by itself when a connection
 * ends before it has seen the request out (`onHttpSocketClose` in its client-h1.js); a paid request must not be.
 */
export function createOneConnection(connector: buildConnector.connector): OneConnection {
  let wasMade = false
  return {
    connect(to, callback) {
      if (wasMade) return callback(new Error('closed before an answer'), null)
      markFailures(connector)(to, (error, socket) => {
        if (error) return callback(error, null)
        wasMade = true
        callback(null, socket)
      })
    },
    wasMade: () => wasMade,
  }
}

/** A connection as a promise. */
export function connected(connector: buildConnector.connector, to: buildConnector.Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connector(to, (error, socket) => (error ? reject(error) : resolve(socket)))
  })
}

/** Why a connection was not made or ended: the system's code where there is one, it says the same in fewer words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof NotConnected && error.cause !== undefined) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

/** A connector that is made when the first connection is wanted. */
export function lazily(make: () => buildConnector.connector): buildConnector.connector {
  let made: buildConnector.connector | undefined
  return (to, callback) => {
    made ??= make()
    made(to, callback)
  }
}
