import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Something on this computer that answers as the test says, and all that it was asked. */
export async function rawHost(listener: RequestListener) {
  const requests: { readonly url: string; readonly headers: Readonly<Record<string, unknown>> }[] = []
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers })
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  // A server that listens on TCP has an AddressInfo for its address.
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close }
}

/** Answers everything with this. */
export function always(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (_request, response) => void response.writeHead(status, headers).end(body)
}
