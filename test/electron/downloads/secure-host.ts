import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createCertificate } from '../../platforms/certificate'
import { clipOf } from './downloading'

/** A clip over https on this computer; every path leads to it but `/to?<address>`, which redirects there. */
export async function secureHost() {
  const { cert, key } = createCertificate()
  const requests: string[] = []
  let connections = 0
  const clip = clipOf(10_000)
  const server = createServer({ cert, key }, (request, response) => {
    const url = request.url ?? ''
    requests.push(url)
    if (url.startsWith('/to?')) response.writeHead(302, { location: url.slice(4) }).end()
    else response.writeHead(200, { 'content-type': 'video/mp4' }).end(clip)
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on TCP has an AddressInfo for its address.
  const { port } = server.address() as AddressInfo
  return { ca: cert, host: { port, requests, connections: () => connections } }
}
