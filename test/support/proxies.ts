import { onTestFinished } from 'vitest'
import { Redacted } from '../../electron/keys/redacted'
import type { Proxy, ProxyFor } from '../../electron/network/proxy'
import { createConnectProxy, type ConnectProxyOptions } from '../platforms/connect-proxy'

/** A CONNECT proxy, closed with the test, and the way through it. */
export async function connectProxy(options: ConnectProxyOptions = {}) {
  const proxy = await createConnectProxy(options)
  onTestFinished(() => proxy.close())
  const way = (login?: string): Proxy => ({
    kind: options.certificate ? 'https' : 'http',
    host: '127.0.0.1',
    port: proxy.port,
    ...(login === undefined ? {} : { login: new Redacted(login) }),
  })
  return { ...proxy, way }
}

/** These ways, to everything. */
export const by =
  (...ways: readonly Proxy[]): ProxyFor =>
  async () =>
    ways
