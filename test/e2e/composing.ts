import { expect, type Locator, type Page } from '@playwright/test'
import { providers } from '../../shared/providers'
import type { RemoteProviderId } from '../../shared/provider'
import { dropFiles, middleOf } from './gestures'
import { fixture } from './launch'

/** Drops a fixture on a slot, as from the desktop. */
export async function dropOn(page: Page, slot: 'First frame' | 'Last frame', name: string): Promise<void> {
  await dropFiles(page, [fixture(name)], await middleOf(page, 'group', slot))
  await expect(page.getByRole('group', { name: slot }).getByRole('img', { name })).toBeVisible()
}

/** Empties a slot with the button that hovering shows. */
export async function clearSlot(page: Page, slot: 'First frame' | 'Last frame'): Promise<void> {
  await page.getByRole('group', { name: slot }).hover()
  await page.getByRole('button', { name: `Clear ${slot.toLowerCase()}` }).click()
}

/** Types a prompt, chooses the provider's row and presses Generate. */
export async function generate(page: Page, provider: RemoteProviderId, prompt: string): Promise<void> {
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt)
  await composer.getByRole('radio', { name: providers[provider].name }).click()
  await composer.getByRole('button', { name: /^Generate/ }).click()
}

/** The same, with a yes to the question what a job in credits, or without any price, costs in dollars. */
export async function generateUnpriced(
  page: Page,
  prompt: string,
  provider: RemoteProviderId = 'apiframe',
): Promise<void> {
  await generate(page, provider, prompt)
  const question = page.getByRole('dialog', { name: 'Price unknown' })
  await question.getByRole('button', { name: /^Generate/ }).click()
  await expect(question).toBeHidden()
}

/** The card of the job with this prompt. */
export function cardOf(page: Page, prompt: string): Locator {
  return page.getByRole('region', { name: 'Queue' }).getByRole('listitem').filter({ hasText: prompt })
}

/** Presses a button of a job's card. */
export async function press(page: Page, action: string, prompt: string): Promise<void> {
  await cardOf(page, prompt)
    .getByRole('button', { name: `${action}: ${prompt}`, exact: true })
    .click()
}

/** Settles when the clip of this prompt is in the gallery. */
export async function expectClip(page: Page, prompt: string): Promise<Locator> {
  const cell = page.getByRole('region', { name: 'Gallery' }).getByRole('option', { name: `${prompt}, 4 s` })
  await expect(cell).toBeVisible({ timeout: 25_000 })
  return cell
}

/** Sets the cap of a day in the spending dialog, in dollars; empty for none. */
export async function setDayCap(page: Page, dollars: string): Promise<void> {
  await page.getByRole('button', { name: /open spending/ }).click()
  const spending = page.getByRole('dialog', { name: 'Spending' })
  await spending.getByRole('textbox', { name: '$ a day' }).fill(dollars)
  await spending.getByRole('button', { name: 'Save' }).click()
  await expect(spending).toBeHidden()
}
