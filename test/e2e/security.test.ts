import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inMain } from './in-main'
import { expect, test } from './fixtures'
import { fixture, projectFolder, type Running } from './launch'

test('an inline script and a foreign script do not run', async ({ start }) => {
  const { page } = await start()
  const blocked = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const add = (fill: (script: HTMLScriptElement) => void) =>
      new Promise<void>((resolve) => {
        const script = document.createElement('script')
        script.addEventListener('error', () => resolve())
        script.addEventListener('load', () => resolve())
        fill(script)
        document.head.append(script)
        if (!script.src) resolve()
      })
    await add((script) => (script.textContent = 'window.pwned = "inline"'))
    await add((script) => (script.src = 'https://example.com/evil.js'))
    await add((script) => (script.src = 'data:text/javascript,window.pwned = "data"'))
    const evaluated = (() => {
      try {
        // oxlint-disable-next-line typescript/no-implied-eval -- the attack itself
        return String(new Function('return "eval"')())
      } catch {
        return 'refused'
      }
    })()
    return { pwned: 'pwned' in window, evaluated, directives: [...new Set(violations)].toSorted() }
  })
  expect(blocked.pwned).toBe(false)
  expect(blocked.directives).toContain('script-src-elem')
  expect(blocked.evaluated).toBe('refused')
})

test('the page has three doors and nothing of Node or Electron', async ({ start }) => {
  const { page } = await start()
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    doors: Object.keys(Reflect.get(globalThis, 'inbetween') as object).toSorted(),
  }))
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', doors: ['call', 'on', 'pathForFile'] })
})

test('navigation to https and to a file is refused', async ({ start }) => {
  const { page, app } = await start()
  const before = page.url()
  const refused = inMain(
    app,
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible())
        shown?.webContents.once('will-navigate', (event) => {
          // The application's own guard was registered first, so its verdict is known here.
          resolve(`${event.url} ${event.defaultPrevented ? 'refused' : 'allowed'}`)
        })
      }),
  )
  await page.evaluate(() => (location.href = 'https://example.com/'))
  expect(await refused).toBe('https://example.com/ refused')
  await page.evaluate(() => (location.href = 'file:///etc/passwd'))
  // Chromium itself keeps a page from files; the answer of a further call shows that the page still lives.
  expect(await page.evaluate(() => location.href)).toBe(before)
})

test('no new window opens', async ({ start }) => {
  const { page, app, call } = await start()
  // The samples are stored by then, so the media window is open and counted.
  await call['draft.get'](undefined)
  const countWindows = () => inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  const before = await countWindows()
  for (const url of ['https://example.com/', 'app://inbetween/index.html', 'about:blank']) {
    expect(await page.evaluate((address) => window.open(address) === null, url)).toBe(true)
  }
  expect(await countWindows()).toBe(before)
})

test('permissions and devices are refused', async ({ start }) => {
  const { page } = await start()
  const answers = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
    geolocation: await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(String(error.code)),
      ),
    ),
  }))
  expect(answers.notifications).toBe('denied')
  expect(answers.camera).not.toBe('granted')
  expect(answers.geolocation).toBe('1')
})

test('a window of another origin gets no answer, even with the real preload', async ({ start }) => {
  const { app, call } = await start()
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>elsewhere</title>'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const preload = join(projectFolder, 'out/preload/preload.cjs')
  try {
    for (const url of [`http://127.0.0.1:${port}/`, 'data:text/html,<title>data</title>']) {
      const reply = await inMain(
        app,
        async ({ BrowserWindow }, [address, script]) => {
          const window = new BrowserWindow({
            show: false,
            webPreferences: { preload: script, sandbox: true, contextIsolation: true },
          })
          await window.loadURL(address)
          const answer: unknown = await window.webContents.executeJavaScript(
            'window.inbetween.call("app.info")',
          )
          window.destroy()
          return answer
        },
        [url, preload] as const,
      )
      expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    }
  } finally {
    server.close()
  }
  expect(await call['app.info'](undefined)).toMatchObject({ version: '0.1.0' })
})

test('only listed https pages are opened outside', async ({ start }) => {
  const { app, call } = await start()
  await inMain(app, ({ shell }) => {
    const opened: string[] = []
    Reflect.set(globalThis, 'opened', opened)
    shell.openExternal = async (url) => void opened.push(url)
  })
  const bad = [
    'https://example.com/',
    'http://www.electronjs.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://www.electronjs.org.evil.com/',
    'https://user@www.electronjs.org/',
    'not an address',
  ]
  for (const url of bad) {
    await expect(call['app.openExternal']({ url })).rejects.toMatchObject({ code: 'forbidden' })
  }
  await call['app.openExternal']({ url: 'https://www.electronjs.org/' })
  expect(await inMain(app, () => Reflect.get(globalThis, 'opened') as unknown)).toEqual([
    'https://www.electronjs.org/',
  ])
})

/** The status a fetch of the page gets for a path. */
function status({ page }: Running, path: string): Promise<number> {
  return page.evaluate(async (address) => (await fetch(address)).status, path)
}

test('the media route never leads out of the library', async ({ start, home }) => {
  const first = await start()
  const [result] = await first.call['library.import']({ paths: [fixture('clip.mp4')] })
  if (result?.kind !== 'clip') throw new Error('the fixture was not imported')
  const { id, file } = result.clip
  expect(await status(first, `/media/${id}`)).toBe(200)

  const outside = [
    '/media/../../../etc/passwd',
    '/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/media/..%5c..%5cetc%5cpasswd',
    '/media//etc/passwd',
    '/media/%2fetc%2fpasswd',
    `/media/${id}/../../../../etc/passwd`,
    `/media/${id}%00`,
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
  ]
  for (const path of outside) expect([403, 404], path).toContain(await status(first, path))
  await first.quit()

  // A library from elsewhere: its rows and links are not to be believed.
  const secret = join(dirname(home.library), 'secret.mp4')
  await writeFile(secret, 'not for the page')
  const ways: Readonly<Record<string, string>> = {
    up: '../secret.mp4',
    absolute: secret,
    link: 'clips/link.mp4',
    folder: 'clips/linked/secret.mp4',
  }
  await symlink(secret, join(home.library, 'clips/link.mp4'))
  await symlink(dirname(secret), join(home.library, 'clips/linked'))
  for (const way of Object.values(ways)) {
    const db = new DatabaseSync(join(home.library, '.inbetween/library.db'))
    db.prepare('update clips set file = ? where id = ?').run(way, id)
    db.close()
    const again = await start()
    expect([403, 404], way).toContain(await status(again, `/media/${id}`))
    await expect(again.call['clips.reveal']({ id })).rejects.toMatchObject({ code: /forbidden|not-found/ })
    await again.quit()
  }
  await mkdir(dirname(join(home.library, file)), { recursive: true })
  await copyFile(fixture('clip.mp4'), join(home.library, file))
  await rm(secret)
})
