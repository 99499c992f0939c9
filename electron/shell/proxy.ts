import type { Session } from 'electron'
import { createProxyFor, type ProxySetting } from '../network/create-proxy-for'
import type { ProxyFor } from '../network/proxy'

/** The proxies of this computer, as the user's setting, the environment and the system name them. */
export function createSystemProxy(session: Session, setting: () => ProxySetting): ProxyFor {
  return createProxyFor({
    setting,
    environment: process.env,
    system: (origin) => session.resolveProxy(origin),
    now: Date.now,
  })
}
