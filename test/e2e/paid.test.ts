import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { objections } from './axe'
import { expectLedgerIsBill, expectOnce } from './billing'
import { clearSlot, dropOn, expectClip, generate, generateUnpriced } from './composing'
import { fixture } from './launch'
import { playToEnd } from './media'
import { expect, test, type Practice } from './practice'
import { filesHolding, heldInHeap } from './traces'

/** The clip that came last has run once by itself; played again, it runs from its beginning to its end. */
async function playOnStage(page: Page): Promise<void> {
  const time = page.getByRole('timer', { name: 'Time shown' })
  await expect(time).toHaveText('00:03.23', { timeout: 15_000 })
  await page.getByRole('region', { name: 'Stage' }).focus()
  await page.keyboard.press('Home')
  await expect(time).toHaveText('00:00.00')
  await page.keyboard.press('Space')
  await expect(time).toHaveText('00:03.23', { timeout: 15_000 })
}

async function hashOf(name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(fixture(name)))
    .digest('hex')
}

/** What the platform fetched for the job with this prompt, in the order in which it asked. */
function picturesOf({ jobs, record }: Practice['krea' | 'apiframe'], prompt: string): readonly string[] {
  const job = jobs.all().find(({ intent }) => intent === prompt)
  return record.pictures.filter(({ jobId }) => jobId === job?.id).map(({ sha256 }) => sha256)
}

test('dropped pictures become playing clips on both platforms, for what the bill says', async ({
  practice,
  home,
}) => {
  const running = await practice.start()
  const { page } = running
  await expect(page.getByText('Practice: no money is spent')).toBeVisible()
  await clearSlot(page, 'Last frame')
  await dropOn(page, 'First frame', 'a.png')
  await generate(page, 'krea', 'Krea from one picture')
  await generate(page, 'apiframe', 'Apiframe from one picture')
  const question = page.getByRole('dialog', { name: 'Price unknown' })
  await expect(question).toContainText('Apiframe')
  expect(await objections(running)).toEqual([])
  expect(practice.apiframe.bill.posts().size).toBe(0)
  await question.getByRole('button', { name: /^Generate/ }).click()
  await dropOn(page, 'Last frame', 'b.png')
  await generate(page, 'krea', 'Krea between two pictures')
  await generateUnpriced(page, 'Apiframe between two pictures')

  for (const name of ['Krea', 'Apiframe']) {
    for (const way of ['from one picture', 'between two pictures']) await expectClip(page, `${name} ${way}`)
  }
  await playOnStage(page)
  const { clips } = await running.call['clips.page']({ search: '', sort: 'newest', offset: 0, limit: 9 })
  const played = await Promise.all(clips.map(({ id }) => playToEnd(page, id)))
  expect(played.map(({ ended, error }) => ({ ended, error }))).toEqual(
    clips.map(() => ({ ended: true, error: null })),
  )

  const [first, last] = [await hashOf('a.png'), await hashOf('b.png')]
  for (const [name, platform] of [
    ['Krea', practice.krea],
    ['Apiframe', practice.apiframe],
  ] as const) {
    expect(picturesOf(platform, `${name} from one picture`)).toEqual([first])
    expect(picturesOf(platform, `${name} between two pictures`).toSorted()).toEqual([first, last].toSorted())
    expectOnce(platform, `${name} from one picture`, `${name} between two pictures`)
  }
  const input = practice.krea.jobs.all().find(({ intent }) => intent === 'Krea between two pictures')?.input
  const fetched = new Map(practice.krea.record.pictures.map(({ url, sha256 }) => [url, sha256]))
  expect([fetched.get(String(input?.['start_image'])), fetched.get(String(input?.['end_image']))]).toEqual([
    first,
    last,
  ])
  await expectLedgerIsBill(running, home, practice)

  const keys = Object.values(practice.keys)
  expect(await heldInHeap(page, keys)).toEqual([])
  await running.quit()
  for (const key of keys) {
    for (const folder of [home.userData, home.library]) expect(await filesHolding(folder, key)).toEqual([])
  }
})
