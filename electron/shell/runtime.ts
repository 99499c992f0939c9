import { app } from 'electron'
import { dirname, join, sep } from 'node:path'

/**
 * Whether this Electron is one that API keys may be trusted to: the packaged application's own, or the official
 * build in node_modules. Any other (scripts/setup may have fetched a third-party build) needs the user's word for
 * it, `INBETWEEN_TRUST_RUNTIME=1`.
 */
export function isTrustedRuntime(): boolean {
  if (app.isPackaged || process.env['INBETWEEN_TRUST_RUNTIME'] === '1') return true
  const official = join(app.getAppPath(), 'node_modules', 'electron', 'dist')
  const folder = dirname(process.execPath)
  return folder === official || folder.startsWith(official + sep)
}
