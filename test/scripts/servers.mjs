import { once } from 'node:events'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'

/**
 * A server on the loopback that goes away with the test.
 * @param {import('node:http').RequestListener} listener
 * @returns {Promise<string>} its address, ending in a slash
 */
export async function serve(listener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${portOf(server)}/`
}

/**
 * An address on which nobody listens.
 * @returns {Promise<string>}
 */
export async function deadAddress() {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${portOf(server)}/`
  server.close()
  await once(server, 'close')
  return address
}

/** @param {import('node:http').Server} server */
function portOf(server) {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
