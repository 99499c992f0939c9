import { Redacted } from '../keys/redacted'
import { ProxyFailure, type Proxy } from './proxy'

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Where a proxy listens when nothing else is said: what URLs and Chromium take. */
const defaultPorts = { http: 80, https: 443, socks5: 1080 } as const

/** Names in Chromium's answer; a bare `SOCKS` is version 4 there. */
const chromiumKinds: Readonly<Record<string, keyof typeof defaultPorts>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
}

/** Schemes of proxy URLs. We always let the proxy look names up, which the `h` asks for. */
const urlKinds: Readonly<Record<string, keyof typeof defaultPorts>> = {
  http: 'http',
  https: 'https',
  socks5: 'socks5',
  socks5h: 'socks5',
}

/** Reads what Chromium's `session.resolveProxy` says: `PROXY a:1; HTTPS b:2; SOCKS5 c:3; DIRECT`. */
export function parseSystemProxies(answer: string): readonly Proxy[] {
  const entries = answer.split(';').map((entry) => entry.trim())
  const ways = entries.filter((entry) => entry !== '').map(parseSystemProxy)
  return ways.length > 0 ? ways : [{ kind: 'direct' }]
}

function parseSystemProxy(entry: string): Proxy {
  const [name = '', at = ''] = entry.split(/\s+/)
  if (name.toUpperCase() === 'DIRECT') return { kind: 'direct' }
  const kind = chromiumKinds[name.toUpperCase()]
  const url = kind && URL.parse(`http://${at}`)
  if (!kind || !url) return { kind: 'unsupported', name: entry }
  return { kind, host: withoutBrackets(url.hostname), port: portOf(at, url) ?? defaultPorts[kind] }
}

/**
 * The proxy that the environment names for an origin, by curl's rules: the scheme's own variable, else `ALL_PROXY`;
 * lower case first; an empty one is none. Null when it names none.
 *
 * @throws ProxyFailure when it cannot be read: going straight instead would be against the user's wish.
 */
export function environmentProxy(environment: Environment, origin: string): Proxy | null {
  const { protocol } = new URL(origin)
  for (const name of [`${protocol.slice(0, -1)}_proxy`, 'all_proxy']) {
    const value = variable(environment, name)
    if (value !== '') return parseProxyUrl(value, name.toUpperCase())
  }
  return null
}

/** The value of an environment variable in either letter case, lower case first; empty when there is none. */
export function variable(environment: Environment, name: string): string {
  return (environment[name.toLowerCase()] || environment[name.toUpperCase()] || '').trim()
}

function parseProxyUrl(text: string, name: string): Proxy {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? []
  const kind = urlKinds[scheme.toLowerCase()]
  if (!kind) return { kind: 'unsupported', name: scheme }
  const url = URL.parse(`http://${rest}`)
  const login = url && loginOf(url)
  // SECURITY: the value is not quoted, a password may stand in it.
  if (!url || login === null) {
    throw new ProxyFailure(
      `The proxy in ${name} cannot be read; it is written as http://name:password@host:port, special signs as %40.`,
      true,
    )
  }
  return {
    kind,
    host: withoutBrackets(url.hostname),
    port: portOf(rest, url) ?? defaultPorts[kind],
    ...(login === undefined ? {} : { login }),
  }
}

/** Undefined when there is none, null when it cannot be read. */
function loginOf({ username, password }: URL): Redacted | undefined | null {
  if (username === '' && password === '') return undefined
  try {
    return new Redacted(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  } catch {
    return null
  }
}

/** URLs leave their own default port out; a proxy's port 80 is still 80. */
function portOf(text: string, { port }: URL): number | undefined {
  if (port !== '') return Number(port)
  return /:0*80\/?$/.test(text) ? 80 : undefined
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
