import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyRecipe } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { test } from '../e2e/fixtures'
import { createJob, dropFiles, middleOf, waitForJob } from '../e2e/gestures'
import { fixture, type Running } from '../e2e/launch'
import { rest, shoot, waitForPreviews } from './shoot'

async function make(running: Running, change: Partial<Recipe>): Promise<void> {
  const job = await createJob(running, { ...emptyRecipe, ...change })
  await waitForJob(running, job.id, ({ state }) => state === 'done')
}

test('first run', async ({ start }) => {
  const running = await start()
  await running.page.getByRole('button', { name: 'Generate the sample · free' }).waitFor()
  await waitForPreviews(running)
  await shoot(running, 'first-run')
})

test('main window, rendering, search', async ({ start }) => {
  const running = await start()
  const { page } = running
  const { recipe } = await running.call['draft.get'](undefined)
  const { first = '', last = '' } = recipe.slots
  await make(running, { prompt: 'Blue hour over the lake', slots: { first: last }, durationS: 2 })
  await make(running, { prompt: 'Title card: The long way home', durationS: 3 })
  await make(running, {
    prompt: 'Dawn, the light comes back',
    slots: { first: last, last: first },
    durationS: 2,
  })
  await make(running, {
    prompt: 'Portrait cut for the trailer',
    slots: { first },
    durationS: 2,
    aspectRatio: '9:16',
  })
  await make(running, {
    prompt: 'Square teaser',
    slots: { ref1: first, ref2: last },
    durationS: 3,
    aspectRatio: '1:1',
  })
  await make(running, recipe)
  await waitForPreviews(running)
  await page.getByRole('option').first().click()
  await page.getByRole('region', { name: 'Stage' }).focus()
  await page.keyboard.press('Home')
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight')
  await waitForPreviews(running)
  await rest(page)
  await shoot(running, 'main')

  await page.getByRole('searchbox').fill('nothing like this')
  await page.getByText('Nothing matches').waitFor()
  await shoot(running, 'nothing-found')
  await page.getByRole('searchbox').fill('')

  const long = { ...recipe, durationS: 8, resolution: '4k' } as const
  const job = await createJob(running, long)
  await createJob(running, { ...long, prompt: 'City lights come on' })
  await waitForJob(running, job.id, ({ progress }) => progress > 0.1)
  await shoot(running, 'rendering')
})

test('refused files', async ({ start }) => {
  const running = await start()
  const paths = ['text.png', 'truncated.jpg', 'empty.png', 'huge-side.png', 'heic.heic', 'clip.mp4'].map(
    fixture,
  )
  await dropFiles(running.page, paths, await middleOf(running.page, 'region', 'Stage'))
  await running.page.getByText('5 files were not imported').waitFor()
  await waitForPreviews(running)
  await shoot(running, 'refused-files')
})

test('files held over the window, and a long prompt', async ({ start, home }) => {
  const running = await start()
  const { page } = running
  await page
    .getByRole('textbox', { name: 'Prompt' })
    .fill('A very long prompt that says everything. '.repeat(110))
  await page.getByText('over').first().waitFor()
  await shoot(running, 'prompt-too-long')
  await page.getByRole('button', { name: 'Clear last frame' }).click({ force: true })
  const text = join(home.userData, 'held.txt')
  await writeFile(text, 'held')
  const session = await page.context().newCDPSession(page)
  const held = { items: [], files: [fixture('a.png')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 300, data: held })
  }
  await shoot(running, 'dragging')
})
