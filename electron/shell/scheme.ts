import { protocol, type Session } from 'electron'
import { appScheme } from '../ipc/sender'
import type { Route } from '../protocol/routes'

/** Declares our one scheme, with the rights of https; to be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      // No bypassCSP, no corsEnabled: no other origin may read from it.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Answers our scheme in one session. */
export function serveScheme(session: Session, route: Route): void {
  session.protocol.handle(appScheme, route)
}
