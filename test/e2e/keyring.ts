import { expect } from '@playwright/test'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A system key store, and how the application is started so that it finds this one. */
export interface Keyring {
  /** Its name, as people know it. */
  readonly name: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** A Linux session without any keyring, where Chromium has `basic_text` alone: also what Playwright asks it for. */
export const noKeyring = { args: [], environment: {} } as const

/** Has Chromium look for the system's key store. */
const args = ['-r', join(import.meta.dirname, 'keyring-hook.cjs')]

/** The key store of this system: on Linux a new, unlocked GNOME Keyring on a session bus of its own. */
export async function openKeyring(): Promise<Keyring> {
  if (process.platform !== 'linux') {
    const name = process.platform === 'darwin' ? 'macOS Keychain' : 'Windows DPAPI'
    return { name, args, environment: {}, close: async () => undefined }
  }
  const folder = await mkdtemp(join(tmpdir(), 'inbetween-keyring-'))
  // Away from the user's own keyring: it must be neither read nor changed.
  const own = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: own,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [printed] = (await once(bus.stdout, 'data')) as [Buffer]
  const session = { DBUS_SESSION_BUS_ADDRESS: printed.toString().trim(), XDG_CURRENT_DESKTOP: 'GNOME' }
  const env = { ...own, ...session }
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end('the password of this keyring')
  await expect.poll(() => isServed(env), { intervals: [20] }).toBe(true)
  return {
    name: 'GNOME Keyring',
    args,
    environment: session,
    async close() {
      await end(daemon)
      await end(bus)
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Whether a keyring answers on the bus. */
function isServed(env: NodeJS.ProcessEnv): boolean {
  const bus = 'org.freedesktop.DBus'
  const question = ['/org/freedesktop/DBus', `${bus}.NameHasOwner`, 'string:org.freedesktop.secrets']
  const answer = spawnSync('dbus-send', ['--session', '--print-reply', `--dest=${bus}`, ...question], { env })
  return answer.stdout.includes('boolean true')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill()
  await exited
}
