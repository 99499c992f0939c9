import { app, shell, type Session } from 'electron'
import { AppError } from '../../shared/error'
import { providers } from '../../shared/providers'
import { appOrigin } from '../ipc/sender'

/** The only hosts that may be opened in the user's browser. */
const externalHosts: ReadonlySet<string> = new Set([
  'www.electronjs.org',
  ...Object.values(providers).flatMap(({ pages }) =>
    pages ? Object.values(pages).map((page) => new URL(page).host) : [],
  ),
])

/**
 * Opens a page in the user's browser.
 *
 * SECURITY: openExternal starts programs for other schemes; https and listed hosts only.
 *
 * @throws AppError `forbidden` for anything else.
 */
export async function openExternal(address: string): Promise<void> {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || !externalHosts.has(url.host) || url.username !== '') {
    throw new AppError('forbidden', 'Inbetween does not open this address.', address)
  }
  await shell.openExternal(url.href)
}

/** Guards every page there is or will be: no navigation away, no new windows, no webviews. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (details) => {
      // Reloading itself is the only way to go.
      if (details.url !== contents.getURL() || !details.url.startsWith(`${appOrigin}/`))
        details.preventDefault()
    })
    contents.on('will-frame-navigate', (details) => {
      if (!details.isMainFrame) details.preventDefault()
    })
    contents.on('will-redirect', (details) => details.preventDefault())
    contents.on('will-attach-webview', (details) => details.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** What a page of ours may ask of the system; everything else is refused. */
const allowedPermissions: ReadonlySet<string> = new Set(['fullscreen'])

/** Refuses permissions, devices and downloads in a session. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowedPermissions.has(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.on('will-download', (event) => event.preventDefault())
  session.setSpellCheckerEnabled(false)
}
