import { onTestFinished } from 'vitest'
import { Redacted } from '../../electron/keys/redacted'
import { createHttp, type HttpDeps, type HttpLine } from '../../electron/providers/http/http'
import type { RemoteProvider } from '../../electron/providers/provider'

/** The real network side of a provider with a key, closed with the test. */
export function lineTo(
  provider: Pick<RemoteProvider, 'origin' | 'auth'>,
  key: string | null,
  deps: Partial<HttpDeps> = {},
): HttpLine {
  const http = createHttp({ allowLoopback: true, ...deps })
  onTestFinished(() => http.close())
  const { origin, auth } = provider
  return http.line({ origin, auth, key: key === null ? null : new Redacted(key) })
}
