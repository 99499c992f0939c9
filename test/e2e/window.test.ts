import { spawnSync } from 'node:child_process'
import { objections } from './axe'
import { expect, test } from './fixtures'
import { fixture, type Running } from './launch'

async function importClips({ call, page }: Running, names: readonly string[]): Promise<void> {
  await call['library.import']({ paths: names.map(fixture) })
  await expect(page.getByRole('option')).toHaveCount(names.length)
}

test('a screen reader finds nothing wrong on the first run and with clips', async ({ start }) => {
  const running = await start()
  await expect(running.page.getByText('Two frames, one clip')).toBeVisible()
  expect(await objections(running)).toEqual([])
  await importClips(running, ['clip.mp4', 'with-sound.mp4'])
  await running.page.getByRole('option').first().click()
  await expect(running.page.getByRole('slider', { name: 'Position' })).toBeVisible()
  expect(await objections(running)).toEqual([])
})

test('keys on the stage go frame by frame', async ({ start }) => {
  const running = await start()
  const { page } = running
  await importClips(running, ['clip.mp4'])
  await page.getByRole('option').first().click()
  const time = page.getByRole('timer', { name: 'Time shown' })
  await expect(time).toHaveText('00:00.00')
  const isShown = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState >= 2)
  await expect.poll(isShown).toBe(true)
  await page.getByRole('region', { name: 'Stage' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(time).toHaveText('00:00.01')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(time).toHaveText('00:01.07')
  await page.keyboard.press('ArrowLeft')
  await expect(time).toHaveText('00:01.06')
  await page.keyboard.press('End')
  await expect(time).toHaveText('00:03.23')
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await expect(time).toHaveText('00:03.23', { timeout: 15_000 })
})

test('Tab leads on from the position in the clip, both ways', async ({ start }) => {
  const running = await start()
  const { page } = running
  await importClips(running, ['clip.mp4'])
  await page.getByRole('option').first().click()
  const position = page.getByRole('slider', { name: 'Position' })
  // Until the picture is there the buttons cannot be pressed, and Tab passes them by.
  await expect(page.getByRole('button', { name: 'Next frame' })).toBeEnabled()
  await position.focus()
  await page.keyboard.press('Tab')
  await expect(position).not.toBeFocused()
  await expect(page.locator('body')).not.toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(position).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(position).not.toBeFocused()
})

test('a word longer than the composer is broken, and nothing of a provider’s row is cut off', async ({
  start,
}) => {
  const { page } = await start()
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByRole('textbox', { name: 'Prompt', exact: true }).fill('w'.repeat(300))
  const box = await composer.boundingBox()
  const shown = await composer.getByRole('radio').first().boundingBox()
  const wide = () =>
    composer.evaluate((panel) =>
      [...panel.querySelectorAll('*')].flatMap((element) =>
        getComputedStyle(element).overflowX === 'auto' && element.scrollWidth > element.clientWidth
          ? [element.className]
          : [],
      ),
    )
  expect(await wide()).toEqual([])
  expect((shown?.x ?? NaN) + (shown?.width ?? NaN)).toBeLessThanOrEqual((box?.x ?? NaN) + (box?.width ?? NaN))
})

test('a panel gives the focus back, and the first Escape closes it, on its cross too', async ({ start }) => {
  const { page } = await start()
  const openers = [
    { opener: page.getByRole('button', { name: /^Providers:/ }), title: 'Settings' },
    { opener: page.getByRole('button', { name: 'Settings', exact: true }), title: 'Settings' },
    { opener: page.getByRole('button', { name: /open spending/ }), title: 'Spending' },
  ]
  for (const { opener, title } of openers) {
    const panel = page.getByRole('dialog', { name: title })
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(panel).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(panel.getByRole('button', { name: 'Close' })).toBeFocused()
    await expect(page.getByRole('tooltip')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(opener).toBeFocused()
  }
  // Opened by its key: back to the field that had the focus.
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await prompt.focus()
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(prompt).toBeFocused()
})

test('search and sort pick from the gallery; hovering scrubs', async ({ start }) => {
  const running = await start()
  const { page } = running
  await importClips(running, ['clip.mp4', 'with-sound.mp4', 'clip-vfr.mp4'])
  await page.getByRole('searchbox').fill('sound')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option', { name: /with-sound/ })).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: /Sort|Newest/ }).click()
  await page.getByRole('menuitemradio', { name: 'Name' }).click()
  await expect(page.getByRole('option').first()).toHaveAccessibleName(/^clip,/)

  const cell = page.getByRole('option', { name: /^clip,/ })
  await expect(cell.getByRole('img').or(cell.locator('img')).first()).toBeVisible()
  const box = await cell.boundingBox()
  if (!box) throw new Error('the cell is not shown')
  const stripAt = async (fraction: number) => {
    await page.mouse.move(box.x + box.width * fraction, box.y + box.height / 2)
    const strip = cell.locator('[style*="/filmstrip/"]')
    await expect(strip).toBeVisible()
    return await strip.evaluate((element) => getComputedStyle(element).backgroundPosition)
  }
  expect(await stripAt(0.1)).not.toBe(await stripAt(0.9))
})

test('the recipe of a clip comes back to the composer, and letters typed there are not keys', async ({
  start,
}) => {
  const { page } = await start()
  await page.getByRole('button', { name: 'Generate the sample · free' }).click()
  await expect(page.getByRole('button', { name: 'Use this recipe' })).toBeVisible({ timeout: 30_000 })
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  const before = await prompt.inputValue()
  await prompt.fill('')
  await prompt.pressSequentially('a fast fox []qgf')
  await expect(page.getByRole('button', { name: 'Use this recipe' })).toBeVisible()
  await page.getByRole('button', { name: 'Use this recipe' }).click()
  await expect(prompt).toHaveValue(before)
})

test('the third-party Electron is named in the window', async ({ start }) => {
  const { page, call } = await start()
  const { trustedRuntime } = await call['app.info'](undefined)
  const chip = page.getByRole('button', { name: 'Development runtime' })
  if (trustedRuntime) return expect(chip).toBeHidden()
  await chip.click()
  await expect(page.getByText('API keys will not be stored under it')).toBeVisible()
})

test('a library that another Inbetween holds is not opened twice', async ({ start, home }) => {
  const first = await start()
  await first.call['draft.get'](undefined)
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const db = new DatabaseSync(process.argv[1], { timeout: 0 })
    try { db.exec('begin exclusive'); console.log('taken') } catch (error) { console.log(error.message) }`
  const { stdout } = spawnSync(process.execPath, ['-e', script, `${home.library}/.inbetween/lock.db`])
  expect(stdout.toString()).toMatch(/locked/)
})
