import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Proxy, ProxyFor } from '../../../electron/network/proxy'
import { Unreachable, type ApiRequest } from '../../../electron/providers/provider'
import { createKreaServer, kreaPracticeKey } from '../../platforms/krea/krea'
import { lineTo } from '../../support/lines'

export const auth = { header: 'authorization', prefix: 'Bearer ' }
export const get: ApiRequest = { method: 'GET', path: '/jobs?limit=1' }
export const submit = (intent: string): ApiRequest => ({
  method: 'POST',
  path: '/generate/video/google/veo-3.1-fast',
  json: JSON.stringify({ prompt: `fox intent:${intent}` }),
})
export const doors = ['send', 'submit'] as const
const limits = { connectMs: 4000 }

/** Krea over TLS, and the line to it by these proxies. */
export async function krea() {
  const server = await createKreaServer({ http2: true })
  onTestFinished(() => server.close())
  const { origin, ca } = server.secure ?? { origin: '', ca: '' }
  const line = (proxyFor: ProxyFor, more: { limits?: typeof limits; ca?: string | readonly string[] } = {}) =>
    lineTo({ origin, auth }, kreaPracticeKey, { ca, limits, proxyFor, allowLoopback: false, ...more })
  return { server, origin, ca, host: new URL(origin).host, line }
}

/** The Unreachable of a request; any other end of it fails the test. */
export async function failure(work: Promise<unknown>): Promise<Unreachable> {
  const error: unknown = await work.then(
    () => new Error('it was answered'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Unreachable) return error
  throw error
}

/** A proxy that nobody listens at. */
export async function closedProxy(): Promise<Proxy & { readonly kind: 'http' }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return { kind: 'http', host: '127.0.0.1', port }
}
