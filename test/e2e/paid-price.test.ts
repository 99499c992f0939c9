import { objections } from './axe'
import { cardOf, generate } from './composing'
import { expect, test } from './practice'

test('a platform that does not tell its price: said in words, asked about before money, and asked again by itself', async ({
  practice,
}) => {
  const { apiframe, krea } = practice
  apiframe.faults.add({ kind: 'cut', acted: false }, { route: 'models', times: 1000 })
  const running = await practice.start()
  const { page } = running
  const list = page.getByRole('radiogroup', { name: 'Provider' })
  const row = list.getByRole('radio', { name: 'Apiframe' })
  await expect(row).toContainText('no answer')
  await expect(row).toContainText('no price')
  // It holds up nobody else.
  await expect(list.getByRole('radio', { name: 'Krea' })).toContainText('$0.34')
  await row.click()
  const why = page.getByRole('status').filter({ hasText: 'No price: Apiframe does not answer.' })
  await expect(why).toBeVisible()
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByText('Details', { exact: true }).click()
  await expect(composer.getByText(/ended without an answer/)).toBeVisible()
  expect(await objections(running)).toEqual([])

  await page.getByRole('button', { name: 'Compare on…' }).click()
  const comparison = page.getByRole('dialog', { name: 'Compare on' })
  await expect(comparison.getByRole('checkbox', { name: /Apiframe/ })).not.toBeChecked()
  await expect(comparison.getByRole('checkbox', { name: /Krea/ })).toBeChecked()
  await page.keyboard.press('Escape')

  await generate(page, 'apiframe', 'Nobody knows what this costs')
  const question = page.getByRole('dialog', { name: 'Price unknown' })
  await expect(question).toContainText('Apiframe could not be asked what this costs.')
  await question.getByRole('button', { name: 'Not now' }).click()
  expect(apiframe.bill.accepted().size).toBe(0)

  apiframe.faults.clear()
  // Every 15 s; the words of the recipe change nothing about it.
  await expect(row).toContainText('≈8 credits', { timeout: 25_000 })
  await expect(why).toBeHidden()
  expect(krea.bill.accepted().size).toBe(0)
})

test('in the smallest window a problem’s sentence has two lines, and all of it is read with the keys', async ({
  practice,
}) => {
  const { krea } = practice
  krea.faults.add({ kind: 'cut', acted: false }, { route: 'submit' })
  krea.faults.add({ kind: 'cut', acted: false }, { route: 'list', times: 1000 })
  const running = await practice.start()
  const { page, app } = running
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.setContentSize(1100, 700),
  )
  await page.waitForFunction(() => innerWidth === 1100 && innerHeight === 700)
  await generate(page, 'krea', 'Never heard of')
  const card = cardOf(page, 'Never heard of')
  await expect(card).toContainText('Outcome unknown')
  const sentence = card.getByText('Krea did not answer after the request was sent.')
  const lineHeight = 17
  expect(await sentence.evaluate(({ clientHeight }) => clientHeight)).toBeGreaterThanOrEqual(2 * lineHeight)
  await card.getByRole('button', { name: 'Check again: Never heard of' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(card.getByRole('button', { name: 'Details: Never heard of' })).toBeFocused()
  await expect(page.getByRole('tooltip')).toContainText('It may have been charged.')
})
