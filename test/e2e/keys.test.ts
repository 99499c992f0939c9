import type { Page } from '@playwright/test'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { contract } from '../../shared/contract'
import type { RemoteProviderId } from '../../shared/provider'
import { emptyRecipe } from '../../shared/recipe'
import { inMain } from './in-main'
import { expect, test as base } from './fixtures'
import { lastJob, waitForJob } from './gestures'
import { noKeyring, openKeyring, type Keyring } from './keyring'
import { launch, type Running } from './launch'
import { filesHolding, heldInHeap, holds } from './traces'

const key = 'kr_live_e2e_7Qz0Xw93Lm5TfA2b'

/** These keys are made up, but the platforms are the real ones: they are not asked. */
const noNetwork = join(import.meta.dirname, 'no-network-hook.cjs')

/** How an application is started that may store keys: in a session with or without a keyring. */
type Session = Pick<Keyring, 'args' | 'environment'>

const test = base.extend<{
  keyring: Keyring
  startIn: (session: Session) => Promise<Running>
}>({
  // Playwright reads which fixtures a fixture needs from its first argument, so an empty pattern must stand there.
  // oxlint-disable-next-line no-empty-pattern
  keyring: async ({}, use) => {
    const keyring = await openKeyring()
    await use(keyring)
    await keyring.close()
  },
  startIn: async ({ home }, use) => {
    const started: Running[] = []
    await use(async ({ args, environment }) => {
      // The tests' Electron may be a third-party build, to which only the user's word lets keys.
      const environmentOfTests = { ...environment, INBETWEEN_TRUST_RUNTIME: '1' }
      const running = await launch(home, [...args, '-r', noNetwork], environmentOfTests)
      started.push(running)
      // The samples are stored by then: a first start is over, and quitting interrupts nothing.
      await running.call['draft.get'](undefined)
      return running
    })
    for (const { isOpen, kill } of started) if (isOpen()) await kill()
  },
})

async function keyOf({ call }: Running, provider: RemoteProviderId) {
  return (await call['providers.list'](undefined)).find(({ id }) => id === provider)?.key
}

test('a key is encrypted by a real keyring, and read again after a restart', async ({
  home,
  keyring,
  startIn,
}) => {
  const stored = { kind: 'stored', last4: 'fA2b', backend: keyring.name, refused: false }
  const first = await startIn(keyring)
  const saved = await first.call['providers.saveKey']({ provider: 'krea', key, forSession: false })
  expect(saved.key).toEqual(stored)
  await first.quit()

  const file = join(home.userData, 'keys.json')
  const content = await readFile(file)
  expect(holds(content, key)).toBe(false)
  if (process.platform !== 'win32') expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
  if (process.platform === 'linux') {
    const { keys } = JSON.parse(content.toString()) as { keys: readonly { cipher: string }[] }
    // v11: with the keyring's password; v10 would be the one in Chromium's source.
    expect(keys.map(({ cipher }) => Buffer.from(cipher, 'base64').toString('latin1', 0, 3))).toEqual(['v11'])
  }

  const again = await startIn(keyring)
  expect(await keyOf(again, 'krea')).toEqual(stored)
  expect(await keyOf(again, 'apiframe')).toEqual({ kind: 'none' })
  await again.call['providers.removeKey']({ provider: 'krea' })
  await again.quit()
  expect(await keyOf(await startIn(keyring), 'krea')).toEqual({ kind: 'none' })
})

// Only Linux knows sessions without a key store.
if (process.platform === 'linux') {
  test('without a keyring no key is stored; for the session it is held, and gone after a restart', async ({
    home,
    startIn,
  }) => {
    const first = await startIn(noKeyring)
    await expect(
      first.call['providers.saveKey']({ provider: 'krea', key, forSession: false }),
    ).rejects.toMatchObject({ code: 'no-key-store' })
    expect(await keyOf(first, 'krea')).toEqual({ kind: 'none' })
    await first.call['providers.saveKey']({ provider: 'krea', key, forSession: true })
    expect(await keyOf(first, 'krea')).toEqual({
      kind: 'stored',
      last4: 'fA2b',
      backend: 'session',
      refused: false,
    })
    await first.quit()
    expect(await filesHolding(home.userData, key)).toEqual([])
    expect(await keyOf(await startIn(noKeyring), 'krea')).toEqual({ kind: 'none' })
  })

  test('a session without the keyring keeps the stored key, says so, and the next one with it has it', async ({
    home,
    keyring,
    startIn,
  }) => {
    const first = await startIn(keyring)
    await first.call['providers.saveKey']({ provider: 'krea', key, forSession: false })
    await first.quit()
    const file = join(home.userData, 'keys.json')
    const before = await readFile(file, 'utf8')

    const without = await startIn(noKeyring)
    expect(await keyOf(without, 'krea')).toEqual({ kind: 'none' })
    expect((await without.call['app.info'](undefined)).notices.join()).toContain('GNOME Keyring')
    await expect(
      without.call['providers.saveKey']({ provider: 'krea', key: `${key}2`, forSession: false }),
    ).rejects.toMatchObject({ code: 'no-key-store' })
    await without.quit()
    expect(await readFile(file, 'utf8')).toBe(before)
    expect(await keyOf(await startIn(keyring), 'krea')).toMatchObject({ kind: 'stored', last4: 'fA2b' })
  })
}

/** Pastes the key into the field of the settings and saves it, as a user does. */
async function saveInSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Providers:/ }).click()
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: /Krea/ }).click()
  const panel = page.getByRole('dialog', { name: 'Krea' })
  await panel.getByLabel('API key').focus()
  await page.keyboard.insertText(key)
  await panel.getByRole('button', { name: 'Save and test' }).click()
  await expect(panel.getByText('Krea cannot be reached, so the key was not tested.')).toBeVisible()
  await expect(panel.getByLabel('API key')).toHaveValue('')
  await expect(panel.getByLabel('API key')).toHaveAttribute('placeholder', /^•+fA2b$/)
  await panel.getByRole('button', { name: 'Close' }).click()
}

/** Answers every dialog and keeps other programs out, so that each call can be made. */
function answerDialogs({ app }: Running, file: string): Promise<void> {
  return inMain(
    app,
    ({ dialog, shell }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      shell.openPath = async () => ''
      shell.showItemInFolder = () => undefined
    },
    file,
  )
}

test('after the save the key is nowhere: files, logs, replies, events, addresses, memory of the pages', async ({
  home,
  keyring,
  startIn,
}) => {
  const running = await startIn(keyring)
  const { app, page, call } = running
  await answerDialogs(running, join(home.userData, 'ledger.csv'))
  const said: string[] = []
  app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  page.on('console', (message) => said.push(message.text()))
  app.context().on('request', (request) => said.push(request.url(), JSON.stringify(request.headers())))
  await page.exposeFunction('tell', (text: string) => said.push(text))
  await page.evaluate(() => {
    const { inbetween, tell } = globalThis as unknown as {
      inbetween: { on: (listener: (event: string, data: unknown) => void) => void }
      tell: (text: string) => void
    }
    inbetween.on((event, data) => tell(JSON.stringify([event, data])))
  })
  /** Makes a call, and keeps its reply or its failure. */
  const ask = async (answer: Promise<unknown>) => {
    const heard = await answer.catch((error: unknown) => inspect(error))
    said.push(JSON.stringify(heard) ?? '')
  }

  await saveInSettings(page)
  expect(await keyOf(running, 'krea')).toMatchObject({ kind: 'stored', backend: keyring.name })
  // What is refused must not be quoted either.
  await ask(call['providers.saveKey']({ provider: 'krea', key: `${key} ${key}`, forSession: false }))
  await ask(call['providers.saveKey']({ provider: 'nobody' as 'krea', key, forSession: false }))
  // Every call of the contract: most are refused for their empty input, and a refusal may tell too much as well.
  for (const name of Object.keys(contract.calls) as (keyof typeof contract.calls)[]) {
    await ask((call[name] as (input: unknown) => Promise<unknown>)(undefined))
  }
  const recipe = { ...emptyRecipe, prompt: 'A red fox crosses the snow', durationS: 1 }
  await ask(call['jobs.create']({ recipe, provider: 'animatic', yes: [] }))
  await waitForJob(running, (await lastJob(running)).id, ({ state }) => state === 'done')
  expect(said.join()).toContain('"last4":"fA2b"')
  expect(said.join()).toContain('["job.changed"')
  expect(said.join()).toContain('app://inbetween/task/')
  expect(said.filter((text) => holds(Buffer.from(text), key))).toEqual([])

  // The search finds what is there: else it would pass for any reason.
  await page.evaluate(() => Reflect.set(globalThis, 'kept', ['a-text-', 'that-is-kept'].join('')))
  const kept = ['a-text-that', '-is-kept'].join('')
  expect(await heldInHeap(page, [kept, key])).toEqual([kept])
  for (const window of app.windows()) expect(await heldInHeap(window, [key]), window.url()).toEqual([])

  await running.quit()
  expect(await filesHolding(home.userData, 'libraryFolder')).toEqual([join(home.userData, 'settings.json')])
  expect(await filesHolding(home.library, recipe.prompt)).not.toEqual([])
  for (const folder of [home.userData, home.library]) expect(await filesHolding(folder, key)).toEqual([])
})
