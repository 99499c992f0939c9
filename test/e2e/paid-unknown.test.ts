import type { Locator, Page } from '@playwright/test'
import { objections } from './axe'
import { exportLedger, expectOnce } from './billing'
import { cardOf, expectClip, generate, generateUnpriced, press } from './composing'
import { expect, test } from './practice'

/** Opens the question what became of a job. */
async function ask(page: Page, prompt: string): Promise<Locator> {
  await expect(cardOf(page, prompt)).toContainText(/Outcome unknown.*Krea did not answer/)
  await expect(cardOf(page, prompt)).toContainText('maybe charged')
  await press(page, 'Resolve…', prompt)
  const dialog = page.getByRole('dialog', { name: `Did Krea accept “${prompt}”?` })
  await expect(dialog.getByText(/Krea’s job list shows/)).toBeVisible()
  return dialog
}

test('an unknown outcome ends by what the platform lists, by the user’s choice, and never by itself', async ({
  practice,
  home,
}) => {
  test.setTimeout(90_000)
  const { krea, apiframe } = practice
  const cut = (acted: boolean, intent: string) =>
    krea.faults.add({ kind: 'cut', acted }, { route: 'submit', intent })
  cut(true, 'Arrived unseen')
  cut(false, 'Never arrived')
  cut(true, 'Given up')
  apiframe.faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: 'Found by itself' })
  apiframe.faults.add({ kind: 'cut', acted: false }, { route: 'submit', intent: 'Sent once more' })

  const running = await practice.start()
  const { page } = running
  await generate(page, 'krea', 'Arrived unseen')
  await generate(page, 'krea', 'Never arrived')
  await generateUnpriced(page, 'Found by itself')
  await generateUnpriced(page, 'Sent once more')

  const first = await ask(page, 'Arrived unseen')
  const own = krea.jobs.all().find(({ intent }) => intent === 'Arrived unseen')
  const foreign = krea.jobs.all().filter((job) => job.foreign)
  // Jobs of colleagues on the same key are proposed too: only the user can tell which one it is.
  const proposed = first.locator('input[value^="attach "]')
  await expect(proposed).toHaveCount(foreign.length + 1)
  expect(await objections(running)).toEqual([])
  await first.locator(`input[value="attach ${own?.id}"]`).click()
  await first.getByRole('button', { name: 'Attach and fetch' }).click()
  await expect(first).toBeHidden()
  await expectClip(page, 'Arrived unseen')

  const second = await ask(page, 'Never arrived')
  await expect(second.locator(`input[value="attach ${own?.id}"]`)).toHaveCount(0)
  await second.getByRole('radio', { name: /It did not arrive/ }).click()
  await second.getByRole('button', { name: 'Send again · $0.34' }).click()
  await expectClip(page, 'Never arrived')
  expect(krea.bill.posts().get('Never arrived')).toBe(2)
  expect(krea.bill.accepted().get('Never arrived')).toBe(1)

  await generate(page, 'krea', 'Given up')
  const third = await ask(page, 'Given up')
  await third.getByRole('radio', { name: /Give up/ }).click()
  await third.getByRole('button', { name: 'Give up' }).click()
  await expect(cardOf(page, 'Given up')).toContainText('You gave it up. It is still looked for at Krea.')
  await press(page, 'Dismiss', 'Given up')

  await expectClip(page, 'Found by itself')
  await expectClip(page, 'Sent once more')
  expectOnce(krea, 'Arrived unseen', 'Given up')
  expectOnce(apiframe, 'Found by itself')
  const sent = apiframe.bill.lines().filter(({ intent }) => intent === 'Sent once more')
  expect(sent.map(({ event }) => event)).toEqual(['post', 'post', 'accepted'])
  expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)

  // What nobody confirmed stands in the ledger as such: the bill holds one of the two.
  const rows = await exportLedger(running, home)
  const states = rows.filter(({ provider }) => provider === 'krea').map(({ state = '' }) => state)
  expect(states.toSorted()).toEqual(['charged', 'charged', 'maybe', 'maybe'])
  expect(rows.filter(({ provider }) => provider === 'apiframe').map(({ state }) => state)).toEqual([
    'charged',
    'charged',
  ])
  expect(await running.call['money.spend'](undefined)).toMatchObject({
    todayMicros: krea.bill.owed() + 336_000,
    maybeMicros: 2 * 336_000,
    monthCreditMicros: apiframe.bill.owed() * 1e6,
  })
})
