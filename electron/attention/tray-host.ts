import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Starts a program and gives what it prints; throws when there is none or it fails. */
export type Run = (program: string, args: readonly string[]) => Promise<string>

/** Longest wait for the desktop's answer, milliseconds: it answers in a few or not at all. */
const maxWaitMs = 2000

const run: Run = async (program, args) =>
  (await promisify(execFile)(program, args, { timeout: maxWaitMs })).stdout

const watcher = 'org.kde.StatusNotifierWatcher'
const property = 'IsStatusNotifierHostRegistered'

/** The same question for whichever program is installed: with dbus, with GLib, with systemd. */
const questions: readonly (readonly [program: string, args: readonly string[]])[] = [
  [
    'dbus-send',
    [
      '--session',
      '--print-reply=literal',
      `--dest=${watcher}`,
      '/StatusNotifierWatcher',
      'org.freedesktop.DBus.Properties.Get',
      `string:${watcher}`,
      `string:${property}`,
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      `--dest=${watcher}`,
      '--object-path=/StatusNotifierWatcher',
      '--method=org.freedesktop.DBus.Properties.Get',
      watcher,
      property,
    ],
  ],
  ['busctl', ['--user', 'get-property', watcher, '/StatusNotifierWatcher', watcher, property]],
]

/**
 * Whether a Linux desktop shows tray icons (StatusNotifierItem, freedesktop.org). Electron does not say: an icon that
 * nobody shows is made without complaint. False when nothing answers.
 */
export async function hasTrayHost(ask: Run = run): Promise<boolean> {
  for (const [program, args] of questions) {
    try {
      return /\btrue\b/.test(await ask(program, args))
    } catch {
      // Not installed, no session bus, or nobody of that name: the next one may know better.
    }
  }
  return false
}
