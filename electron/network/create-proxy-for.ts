import { isExcepted } from './no-proxy'
import type { Proxy, ProxyFor } from './proxy'
import { environmentProxy, parseSystemProxies, variable, type Environment } from './proxy-rules'
import { isLoopback } from './public-address'

/** What the user chose: the environment's or the system's proxy, or none at all. */
export type ProxySetting = 'system' | 'none'

/** What is asked for the way to an origin. */
export interface ProxyForDeps {
  readonly setting: () => ProxySetting
  readonly environment: Environment
  /** The system's answer for an address, as Chromium's `session.resolveProxy` writes it. */
  readonly system: (origin: string) => Promise<string>
  /** Milliseconds. */
  readonly now: () => number
  /** Also for this computer itself: tests. */
  readonly includesLoopback?: boolean
}

/** An answer of the system is good for so long, ms: a script of a company may take a while, and networks change. */
const keptMs = 30_000

/**
 * Finds the proxies for an origin. This computer itself is never asked for through one; then counts the setting `none`,
 * `NO_PROXY`, the environment's proxy, the system's.
 */
export function createProxyFor(deps: ProxyForDeps): ProxyFor {
  const answers = new Map<string, { readonly at: number; readonly ways: Promise<readonly Proxy[]> }>()

  function system(origin: string): Promise<readonly Proxy[]> {
    const now = deps.now()
    const kept = answers.get(origin)
    // A clock set back must not keep an answer for ever.
    if (kept && now >= kept.at && now - kept.at < keptMs) return kept.ways
    const ways = deps.system(origin).then(parseSystemProxies)
    answers.set(origin, { at: now, ways })
    // A failure is told to who asked, and not kept.
    ways.catch(() => answers.delete(origin))
    return ways
  }

  return async (origin) => {
    const isHere = !deps.includesLoopback && isThisComputer(new URL(origin).hostname)
    if (isHere || deps.setting() === 'none') return [{ kind: 'direct' }]
    if (isExcepted(variable(deps.environment, 'no_proxy'), origin)) return [{ kind: 'direct' }]
    const named = environmentProxy(deps.environment, origin)
    return named ? [named] : system(origin)
  }
}

function isThisComputer(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/.test(hostname) || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))
}
