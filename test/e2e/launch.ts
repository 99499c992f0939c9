import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppContract } from '../../shared/contract'
import { createClient, type Bridge, type Client } from '../../shared/ipc'

/** Longest wait for the window of a launched application, milliseconds. */
const launchMs = 15_000

/** The project's own folder, which is what Electron is started with. */
export const projectFolder = join(import.meta.dirname, '../..')

/** Fixtures by name. */
export const fixture = (name: string) => join(projectFolder, 'test/fixtures', name)

/** A user's computer: where settings, jobs and the library of one test lie. */
export interface Home {
  readonly userData: string
  readonly library: string
  readonly remove: () => Promise<void>
}

/** A fresh computer, on which Inbetween was never started. */
export async function createHome(): Promise<Home> {
  const root = await mkdtemp(join(tmpdir(), 'inbetween-e2e-'))
  const userData = join(root, 'user data')
  const library = join(root, 'Videos', 'Winter campaign')
  const settings = JSON.stringify({ libraryFolder: library })
  await mkdir(userData, { recursive: true })
  await writeFile(join(userData, 'settings.json'), settings)
  return {
    userData,
    library, // A killed browser's helpers may write for a moment longer.
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10 }),
  }
}

/** The application, started for real. */
export interface Running {
  readonly app: ElectronApplication
  readonly page: Page
  /** Calls the main process through the page's own preload. */
  readonly call: Client<AppContract>
  /** Quits as a user would. */
  readonly quit: () => Promise<void>
  readonly isOpen: () => boolean
  /** `kill -9`. */
  readonly kill: () => Promise<void>
}

/** The main window's page; the hidden media window may come first when a job is taken up again. */
function mainWindow(app: ElectronApplication): Promise<Page> {
  const found = Promise.withResolvers<Page>()
  const look = (page: Page) => {
    page.waitForURL('app://inbetween/index.html', { timeout: launchMs }).then(
      () => found.resolve(page),
      // The media window never gets there, and a window may close; only the whole wait may fail.
      () => undefined,
    )
  }
  app.on('window', look)
  for (const page of app.windows()) look(page)
  const timer = setTimeout(() => found.reject(new Error('no main window within 15 s')), launchMs)
  return found.promise.finally(() => clearTimeout(timer))
}

/** Starts the built application on a home. `args` come before the application's folder, as Electron wants them. */
export async function launch(
  home: Home,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const app = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), ...args, projectFolder, `--user-data-dir=${home.userData}`],
    // Playwright's type asks for strings only; undefined values do not occur in process.env.
    env: { ...(process.env as Record<string, string>), ...environment },
    timeout: launchMs,
  })
  let isOpen = true
  app.on('close', () => (isOpen = false))
  const page = await mainWindow(app)
  await page.waitForLoadState()
  const call = createClient<AppContract>({
    call: (name, input) =>
      page.evaluate(
        ([calledName, calledInput]) =>
          (globalThis as unknown as { inbetween: Bridge }).inbetween.call(calledName, calledInput),
        [name, input] as const,
      ),
  })
  return {
    app,
    page,
    call,
    quit: () => app.close(),
    isOpen: () => isOpen,
    async kill() {
      const closed = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await closed
    },
  }
}
