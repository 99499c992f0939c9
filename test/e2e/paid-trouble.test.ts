import { inMain } from './in-main'
import { expect, test } from './practice'
import { providers } from '../../shared/providers'
import { failure, json } from '../platforms/answer'
import { objections } from './axe'
import { expectLedgerIsBill, expectOnce } from './billing'
import { cardOf, expectClip, generate, generateUnpriced, press, setDayCap } from './composing'

const newKey = 'krea-practice-fedcba9876543210'

test('a refused key stops its own platform only; a new key in the settings lets it go on', async ({
  practice,
  home,
}) => {
  const { krea } = practice
  const running = await practice.start()
  const { page } = running
  krea.keys.delete(practice.keys.krea)
  await generate(page, 'krea', 'Needs a new key')
  await expect(cardOf(page, 'Needs a new key')).toContainText('Key refused')
  await expect(cardOf(page, 'Needs a new key')).toContainText('Nothing was sent.')
  await generateUnpriced(page, 'Goes on elsewhere')
  await expectClip(page, 'Goes on elsewhere')

  await press(page, 'New key', 'Needs a new key')
  const dialog = page.getByRole('dialog', { name: 'Krea' })
  await expect(dialog.getByText(/Krea refused this key/)).toBeVisible()
  expect(await objections(running)).toEqual([])
  krea.keys.set(newKey, 'studio')
  await dialog.getByLabel('API key').fill(newKey)
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(dialog.getByText('Key works')).toBeVisible()
  await expect(dialog.getByLabel('API key')).toHaveValue('')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expectClip(page, 'Needs a new key')
  expectOnce(krea, 'Needs a new key')
  await expectLedgerIsBill(running, home, practice)
})

test('what a platform answers is said, costs nothing that is not on the bill, and loses nothing', async ({
  practice,
  home,
}) => {
  test.setTimeout(90_000)
  const { krea, apiframe } = practice
  const answered = (answer: ReturnType<typeof json>) => ({ kind: 'answer', acted: false, answer }) as const
  const running = await practice.start()
  const { app, page } = running
  await inMain(app, ({ shell }) => {
    const urls: string[] = []
    Reflect.set(globalThis, 'opened', urls)
    shell.openExternal = async (url) => void urls.push(url)
  })
  const opened = () => inMain(app, () => Reflect.get(globalThis, 'opened') as unknown)

  krea.faults.add(answered(failure(429, 'slow down', 8)), { route: 'submit' })
  await generate(page, 'krea', 'Asked to slow down')
  const slowed = cardOf(page, 'Asked to slow down')
  await expect(slowed).toContainText(/Krea asked us to slow down, next try in 0:0[5-8]/)
  await expect(slowed).toContainText(/next try in 0:0[1-3]/)

  apiframe.faults.add(
    answered(json(400, { error: 'Validation failed', details: { 'veoParams.duration': ['Must be 8'] } })),
    { route: 'submit' },
  )
  await generateUnpriced(page, 'Not taken like this')
  await expect(cardOf(page, 'Not taken like this')).toContainText('Apiframe did not take this recipe.')
  await expect(cardOf(page, 'Not taken like this')).toContainText('not charged')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('Something else')
  await press(page, 'Edit and try again', 'Not taken like this')
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('Not taken like this')
  const mark = page.getByRole('region', { name: 'Composer' }).getByText('Apiframe said: Must be 8')
  await expect(mark).toBeVisible()
  await page.getByRole('radiogroup', { name: 'Duration' }).getByRole('radio', { name: '8 s' }).click()
  await expect(mark).toBeHidden()
  await page.getByRole('radiogroup', { name: 'Duration' }).getByRole('radio', { name: '4 s' }).click()

  await expectClip(page, 'Asked to slow down')
  krea.jobs.script('Unwelcome', {
    end: 'failed',
    failure: { code: 'content', message: 'Blocked by the content filter' },
  })
  await generate(page, 'krea', 'Unwelcome')
  krea.faults.add(answered(failure(402, 'You have run out of credits')), {
    route: 'submit',
    intent: 'No credit',
  })
  await generate(page, 'krea', 'No credit')
  await expect(cardOf(page, 'No credit')).toContainText('Your Krea account has no credit left')
  await press(page, 'Open billing page', 'No credit')
  await expect.poll(opened).toEqual([providers.krea.pages?.billing])
  const refused = cardOf(page, 'Unwelcome')
  await expect(refused).toContainText('Refused', { timeout: 15_000 })
  await expect(refused).toContainText('Blocked by the content filter')
  await expect(refused).toContainText('given back')
  await press(page, 'Details', 'Unwelcome')
  const details = page.getByRole('dialog', { name: 'Details: Unwelcome' })
  await expect(details).toContainText('Krea refused it')
  await expect(details).toContainText('"status":"failed"')
  expect(await objections(running)).toEqual([])
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Providers:/ }).click()
  const list = page.getByRole('dialog', { name: 'Settings' })
  await expect(list.getByRole('button', { name: /Krea/ })).toContainText('Out of credit')
  expect(await objections(running)).toEqual([])
  await list.getByRole('button', { name: /Krea/ }).click()
  await page.getByRole('dialog', { name: 'Krea' }).getByRole('button', { name: 'Test', exact: true }).click()
  await page.keyboard.press('Escape')
  await expectClip(page, 'No credit')
  expect(krea.bill.accepted()).toEqual(
    new Map([
      ['Asked to slow down', 1],
      ['Unwelcome', 1],
      ['No credit', 1],
    ]),
  )
  expect(apiframe.bill.owed()).toBe(0)
  await expectLedgerIsBill(running, home, practice)
})

test('a cap holds the second job back until it is allowed, and the same recipe at once again asks', async ({
  practice,
  home,
}) => {
  const { krea } = practice
  const running = await practice.start()
  const { page } = running
  await generate(page, 'krea', 'Within the cap')
  await expect(cardOf(page, 'Within the cap')).toBeVisible()
  await generate(page, 'krea', 'Within the cap')
  const again = page.getByRole('dialog', { name: 'Generate again?' })
  await expect(again).toContainText(/The same recipe went to Krea \d+ seconds? ago/)
  await again.getByRole('button', { name: 'Not now' }).click()

  const meter = page.getByRole('button', { name: /open spending/ })
  await meter.click()
  expect(await objections(running)).toEqual([])
  await page.keyboard.press('Escape')
  await setDayCap(page, '0.50')
  await expect(meter).toContainText('$0.34 of $0.50')
  await generate(page, 'krea', 'Over the cap')
  const over = page.getByRole('dialog', { name: 'Over your cap' })
  await expect(over).toContainText('This passes your cap for today by $0.18')
  expect(await objections(running)).toEqual([])
  await over.getByRole('button', { name: 'Let it wait' }).click()
  const card = cardOf(page, 'Over the cap')
  await expect(card).toContainText('Budget')
  await expect(card).toContainText('by $0.18')
  await expectClip(page, 'Within the cap')
  expect(krea.bill.posts().get('Over the cap')).toBeUndefined()
  await press(page, 'Allow this one', 'Over the cap')

  await expectClip(page, 'Over the cap')
  expectOnce(krea, 'Within the cap', 'Over the cap')
  await expectLedgerIsBill(running, home, practice)
})

test('cancelling: before the submit nothing is sent, after it the platform decides', async ({
  practice,
  home,
}) => {
  const { krea, apiframe } = practice
  krea.jobs.script('Called off', { runMs: 600_000 })
  const running = await practice.start()
  const { page } = running
  await generateUnpriced(page, 'No longer watched')
  await expect(cardOf(page, 'No longer watched')).toContainText('queued')
  await press(page, 'Stop watching', 'No longer watched')
  await expect(cardOf(page, 'No longer watched')).toContainText(
    'Not watched · Apiframe goes on, the clip is still fetched',
  )

  await generate(page, 'krea', 'Called off')
  await expect(cardOf(page, 'Called off')).toContainText('backlogged')
  await page.getByRole('button', { name: 'Pause all' }).click()
  await generate(page, 'krea', 'Never sent')
  await expect(cardOf(page, 'Never sent')).toContainText('Waiting · the queue is paused')
  await press(page, 'Cancel', 'Never sent')
  await expect(cardOf(page, 'Never sent')).toContainText('Cancelled before it was sent. Nothing was charged.')
  await page.getByRole('button', { name: 'Resume all' }).click()

  await press(page, 'Cancel', 'Called off')
  await expect(cardOf(page, 'Called off')).toContainText('Stopped. The recipe is kept.', { timeout: 15_000 })
  await expect(cardOf(page, 'Called off')).toContainText('given back')
  await expectClip(page, 'No longer watched')
  expectOnce(apiframe, 'No longer watched')
  expectOnce(krea, 'Called off')
  expect(krea.bill.posts().get('Never sent')).toBeUndefined()
  expect(krea.bill.owed()).toBe(0)
  await expectLedgerIsBill(running, home, practice)
})
