import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyRecipe } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { test } from '../e2e/fixtures'
import { dropFiles, middleOf, waitForJob } from '../e2e/gestures'
import { fixture, projectFolder, type Running } from '../e2e/launch'

const folder = join(projectFolder, 'docs/screenshots')

/** The sizes of design/interface.md: designed at the first, usable at the second. */
const sizes = [
  [1440, 900],
  [1100, 700],
] as const

/** Photographs the window as it is, at both sizes. */
async function shoot({ app, page }: Running, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [width, height] of sizes) {
    await app.evaluate(
      ({ BrowserWindow }, [w, h]) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.setContentSize(w, h),
      [width, height] as const,
    )
    await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const)
    // Two frames: one to lay out, one to paint.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    await page.screenshot({ path: join(folder, `${name}-${width}x${height}.png`) })
  }
}

async function make(running: Running, change: Partial<Recipe>): Promise<void> {
  const recipe = { ...emptyRecipe, ...change }
  const job = await running.call['jobs.create']({ recipe, provider: 'animatic' })
  await waitForJob(running, job.id, ({ state }) => state === 'done')
}

/** Settles when every clip has its poster. */
async function waitForPreviews({ page, call }: Running): Promise<void> {
  const query = { search: '', sort: 'newest', offset: 0, limit: 200 } as const
  await page.waitForFunction(() =>
    [...document.querySelectorAll('img')].every((image) => image.complete && image.naturalWidth > 0),
  )
  for (;;) {
    const { clips } = await call['clips.page'](query)
    if (clips.every(({ previews }) => previews === 'ready')) return
  }
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
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.mouse.move(1, 1)
  await shoot(running, 'main')

  await page.getByRole('searchbox').fill('nothing like this')
  await page.getByText('Nothing matches').waitFor()
  await shoot(running, 'nothing-found')
  await page.getByRole('searchbox').fill('')

  const long = { ...recipe, durationS: 8, resolution: '4k' } as const
  const job = await running.call['jobs.create']({ recipe: long, provider: 'animatic' })
  await running.call['jobs.create']({
    recipe: { ...long, prompt: 'City lights come on' },
    provider: 'animatic',
  })
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
