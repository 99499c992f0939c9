import type { Page } from '@playwright/test'
import type { Job } from '../../shared/job-schema'
import { expectLedgerIsBill, expectOnce } from './billing'
import { cardOf, expectClip, generate, generateUnpriced, press } from './composing'
import { waitForJob } from './gestures'
import type { Running } from './launch'
import { playToEnd } from './media'
import { expect, test } from './practice'

const unclean = 'The queue is paused because the last session ended unexpectedly. Nothing was lost.'

const never = new Promise<void>(() => undefined)

async function jobOf({ call }: Running, prompt: string): Promise<Job> {
  const job = (await call['jobs.list'](undefined)).find(({ recipe }) => recipe.prompt === prompt)
  if (!job) throw new Error(`no job “${prompt}”`)
  return job
}

/** Settles once the job of this prompt is in this state. */
async function waitForState(running: Running, prompt: string, state: Job['state']): Promise<Job> {
  // Its row comes a moment after the press.
  await expect
    .poll(async () =>
      jobOf(running, prompt).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  return waitForJob(running, (await jobOf(running, prompt)).id, (job) => job.state === state)
}

async function expectPlays({ page, call }: Running, prompt: string): Promise<void> {
  await expectClip(page, prompt)
  const { clips } = await call['clips.page']({ search: prompt, sort: 'newest', offset: 0, limit: 9 })
  expect(clips).toHaveLength(1)
  expect(await playToEnd(page, clips[0]?.id ?? '')).toMatchObject({ ended: true, error: null })
}

function resume(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Resume', exact: true }).click()
}

test('kill -9 while running and while downloading: each clip arrives, charged once', async ({
  practice,
  home,
}) => {
  test.setTimeout(90_000)
  const { krea } = practice
  const first = await practice.start()
  await first.page.getByRole('button', { name: /^Providers:/ }).click()
  await first.page.getByRole('button', { name: /Krea/ }).click()
  const limits = first.page.getByRole('dialog', { name: 'Krea' })
  await limits.getByRole('textbox', { name: 'At once' }).fill('1')
  await limits.getByRole('button', { name: 'Done' }).click()
  await first.page.keyboard.press('Escape')
  await generate(first.page, 'krea', 'Killed while running')
  await waitForState(first, 'Killed while running', 'running')
  await generate(first.page, 'krea', 'Waits behind it')
  await expect(cardOf(first.page, 'Waits behind it')).toContainText('1 of 1 running on Krea')
  await first.kill()

  const second = await practice.start()
  await expect(second.page.getByText(unclean)).toBeVisible()
  // What is at the platform goes on although the queue is paused; what was not sent waits for the user.
  await expectPlays(second, 'Killed while running')
  await expect(cardOf(second.page, 'Waits behind it')).toContainText('Waiting · the queue is paused')
  expect(krea.bill.posts().get('Waits behind it')).toBeUndefined()

  await resume(second.page)
  await expect(second.page.getByText(unclean)).toBeHidden()
  await waitForState(second, 'Waits behind it', 'running')
  krea.host.faults.add({ kind: 'stall', afterBytes: 20_000, until: never })
  const downloading = await waitForState(second, 'Waits behind it', 'downloading')
  await waitForJob(second, downloading.id, ({ download }) => (download?.done ?? 0) > 0)
  await second.kill()

  const third = await practice.start()
  await expectPlays(third, 'Waits behind it')
  // The bytes that were here were not fetched again.
  const fetched = krea.record.hostRequests.at(-1)
  expect([fetched?.status, fetched?.headers['range']]).toEqual([206, 'bytes=20000-'])
  expectOnce(krea, 'Killed while running', 'Waits behind it')
  await expectLedgerIsBill(third, home, practice)
})

test('kill -9 while submitting: one platform tells by itself, the other is asked about; both charged once', async ({
  practice,
  home,
}) => {
  const { krea, apiframe } = practice
  for (const { faults } of [krea, apiframe]) {
    faults.add({ kind: 'hold', acted: true, until: never }, { route: 'submit' })
  }
  const first = await practice.start()
  await generate(first.page, 'krea', 'Krea without an answer')
  await generateUnpriced(first.page, 'Apiframe without an answer')
  await waitForState(first, 'Krea without an answer', 'submitting')
  await waitForState(first, 'Apiframe without an answer', 'submitting')
  await expect.poll(() => apiframe.bill.accepted().size + krea.bill.accepted().size).toBe(2)
  await first.kill()

  const second = await practice.start()
  const { page } = second
  await expectPlays(second, 'Apiframe without an answer')
  await expect(cardOf(page, 'Krea without an answer')).toContainText('Outcome unknown')
  await press(page, 'Resolve…', 'Krea without an answer')
  const remoteId = krea.jobs.all().find(({ foreign }) => !foreign)?.id ?? ''
  const dialog = page.getByRole('dialog', { name: /^Did Krea accept/ })
  await dialog
    .getByRole('radio', { name: `It is this one` })
    .and(dialog.locator(`[value$="${remoteId}"]`))
    .click()
  await dialog.getByRole('button', { name: 'Attach and fetch' }).click()
  await expect(dialog).toBeHidden()
  await expectPlays(second, 'Krea without an answer')
  expectOnce(krea, 'Krea without an answer')
  expectOnce(apiframe, 'Apiframe without an answer')
  await expectLedgerIsBill(second, home, practice)
})
