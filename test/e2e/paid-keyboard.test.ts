import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './practice'

test('the key of Generate sends nothing from under an open panel, wherever the focus has gone', async ({
  practice,
}) => {
  const prompt = 'Not from under a panel'
  const mute = createServer(() => undefined)
  mute.listen(0, '127.0.0.1')
  await once(mute, 'listening')
  // A listening TCP server has an AddressInfo.
  const { port } = mute.address() as AddressInfo
  const running = await practice.start()
  const { page } = running
  const prompts = async () => (await running.call['jobs.list'](undefined)).map(({ recipe }) => recipe.prompt)
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt)
  await composer.getByRole('radio', { name: 'Krea' }).click()
  await page.getByRole('button', { name: /^Providers:/ }).click()
  await page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('button', { name: /UniAll/ })
    .click()
  const panel = page.getByRole('dialog', { name: 'UniAll' })
  await panel.getByRole('tab', { name: 'Connection' }).click()
  await panel.getByRole('button', { name: 'Change…' }).click()
  await panel.getByLabel('Base URL').getByRole('textbox').fill(`http://127.0.0.1:${port}`)
  await panel.getByRole('button', { name: 'Check and use' }).click()

  // The pressed button is busy until the address answers, which it never does, and keeps the focus.
  const busy = panel.getByRole('button', { name: 'Checking' })
  await expect(busy).toBeDisabled()
  await expect(busy).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await busy.blur()
  await expect(page.locator('body')).toBeFocused()
  await page.keyboard.press('Control+Enter')

  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await page.keyboard.press('Control+Enter')
  // Had one of the presses before made a job, this one would have asked whether to generate again.
  await expect.poll(prompts).toEqual([prompt])
  await expect(page.getByRole('dialog')).toHaveCount(0)
  mute.closeAllConnections()
  mute.close()
})
