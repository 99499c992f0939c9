import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { s3Practice } from '../platforms/s3/s3'
import { objections } from './axe'
import { expectLedgerIsBill, expectOnce } from './billing'
import { dropOn } from './composing'
import { fixture } from './launch'
import { expect, test, type Practice } from './practice'
import { filesHolding, heldInHeap } from './traces'

async function hashOf(name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(fixture(name)))
    .digest('hex')
}

/** Puts both pictures and a prompt into the composer. */
async function compose(page: Page, prompt: string): Promise<void> {
  await dropOn(page, 'First frame', 'a.png')
  await dropOn(page, 'Last frame', 'b.png')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt)
}

/** The dialog "Compare on". */
const comparisonIn = (page: Page) => page.getByRole('dialog', { name: 'Compare on' })

const choiceOf = (page: Page, id: RemoteProviderId) =>
  page.getByRole('checkbox', { name: `Send to ${providers[id].name}` })

/** The line of a provider in the dialog, with its reasons. */
const lineOf = (page: Page, id: RemoteProviderId) =>
  comparisonIn(page)
    .getByRole('listitem')
    .filter({ has: choiceOf(page, id) })

/** Says yes to what these providers ask, in whatever order they do. */
async function answerQuestions(page: Page, number: number): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Price unknown' })
  for (let answered = 0; answered < number; answered += 1) {
    await question.getByRole('button', { name: /^Generate/ }).click()
  }
}

/** When a take was made and how long that took, in the inspector. */
const taken = expect.stringMatching(/^Today \d\d:\d\d, took \d+(\.\d)? s$/)

/** What the inspector says of each take, by its provider: when and how fast it was made, and its price. */
async function takesOf(page: Page, prompt: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const name = new RegExp(`^${prompt}, \\d s`)
  const cells = page.getByRole('region', { name: 'Gallery' }).getByRole('option', { name })
  await expect(cells).toHaveCount(5, { timeout: 40_000 })
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const takes = new Map<string, readonly string[]>()
  for (const cell of await cells.all()) {
    await cell.click()
    await expect(cell).toHaveAttribute('aria-selected', 'true')
    const fact = (term: string) =>
      inspector.locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]')
    const cost = fact('Cost')
    const words = [fact('Made'), cost]
    const said = await Promise.all(words.map((word) => word.innerText()))
    takes.set(await fact('Provider').innerText(), said)
  }
  return takes
}

/** What each platform fetched for its one job. */
function picturesAt({ servers }: Practice, id: RemoteProviderId, prompt: string): readonly string[] {
  const { jobs, record } = servers[id]
  const job = jobs.all().find(({ intent }) => intent === prompt)
  return record.pictures.filter(({ jobId }) => jobId === job?.id).map(({ sha256 }) => sha256)
}

test('two stills go to all five at once; the takes lie together, and the ledger is the five bills', async ({
  practice,
  home,
}) => {
  const prompt = 'Two stills on five platforms'
  const running = await practice.start()
  const { page } = running
  await compose(page, prompt)
  await page.getByRole('button', { name: 'Compare on…' }).click()
  for (const id of ['uniall', 'apiframe', 'krea', 'inferencesh'] as const) {
    await expect(choiceOf(page, id)).toBeChecked()
  }
  const bytespike = lineOf(page, 'bytespike')
  await expect(choiceOf(page, 'bytespike')).toBeDisabled()
  await expect(bytespike).toContainText('ByteSpike cannot take a last frame.')
  expect(await objections(running)).toEqual([])
  await bytespike.getByRole('button', { name: 'Remove last frame' }).click()
  await expect(choiceOf(page, 'bytespike')).toBeChecked()
  await expect(bytespike).toContainText('Changed here only: Remove last frame')
  // Below 4K UniAll names no price, and Apiframe only the most that a clip costs there.
  const send = comparisonIn(page).getByRole('button', { name: /^Generate on 5/ })
  await expect(send).toHaveText('Generate on 5 · ≈$0.92 + up to 8 credits + 1 unknown')
  await send.click()
  await answerQuestions(page, 2)

  expect(await takesOf(page, prompt)).toEqual(
    new Map([
      ['UniAll', [taken, 'UniAll did not say']],
      ['Apiframe', [taken, '3 credits']],
      ['Krea', [taken, '$0.336']],
      ['ByteSpike', [taken, '$0.18']],
      ['inference.sh', [taken, '$0.40']],
    ]),
  )
  const [first, last] = [await hashOf('a.png'), await hashOf('b.png')]
  for (const id of remoteProviderIds) {
    expectOnce(practice.servers[id], prompt)
    const pictures = id === 'bytespike' ? [first] : [first, last].toSorted()
    expect(picturesAt(practice, id, prompt).toSorted(), id).toEqual(pictures)
  }
  await expect.poll(() => practice.bucket.objects().size).toBe(0)
  // Two of UniAll's job and one of ByteSpike's.
  expect(practice.bucket.deletions()).toHaveLength(3)
  await expectLedgerIsBill(running, home, practice, ['uniall'])

  const secrets = [...Object.values(practice.keys), s3Practice.secretAccessKey]
  expect(await heldInHeap(page, secrets)).toEqual([])
  await running.quit()
  for (const secret of secrets) {
    for (const folder of [home.userData, home.library]) expect(await filesHolding(folder, secret)).toEqual([])
  }
})

test('in 4K with sound each has its price before and after; two make what they can, by one click each', async ({
  practice,
  home,
}) => {
  const prompt = 'The dearest clip there is'
  const running = await practice.start()
  const { page } = running
  await compose(page, prompt)
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByRole('radio', { name: providers.krea.name }).click()
  await composer.getByRole('radiogroup', { name: 'Duration' }).getByRole('radio', { name: '8 s' }).click()
  await composer.getByRole('radiogroup', { name: 'Resolution' }).getByRole('radio', { name: '4K' }).click()
  await composer.getByRole('switch', { name: 'Audio' }).click()
  await page.getByRole('button', { name: 'Compare on…' }).click()
  await expect(lineOf(page, 'uniall')).toContainText('$1.91')
  await expect(lineOf(page, 'krea')).toContainText('$2.52')
  await expect(lineOf(page, 'inferencesh')).toContainText('$2.80')
  await lineOf(page, 'apiframe').getByRole('button', { name: 'Use 1080p' }).click()
  await lineOf(page, 'bytespike').getByRole('button', { name: 'Change all 4' }).click()
  await expect(lineOf(page, 'apiframe')).toContainText('8 credits')
  await expect(lineOf(page, 'bytespike')).toContainText('$0.23')
  await comparisonIn(page).getByRole('button', { name: 'Generate on 5 · ≈$7.46 + up to 8 credits' }).click()
  await answerQuestions(page, 1)

  expect(await takesOf(page, prompt)).toEqual(
    new Map([
      ['UniAll', [taken, '$1.904']],
      ['Apiframe', [taken, '8 credits']],
      ['Krea', [taken, '$2.52']],
      ['ByteSpike', [taken, '$0.225']],
      ['inference.sh', [taken, '$2.80']],
    ]),
  )
  for (const id of remoteProviderIds) expectOnce(practice.servers[id], prompt)
  await expectLedgerIsBill(running, home, practice)
})
