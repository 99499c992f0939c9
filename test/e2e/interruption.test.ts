import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyRecipe } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { inMain } from './in-main'
import { expect, test } from './fixtures'
import { listFiles } from './files'
import { createJob, jobOf, waitForJob } from './gestures'
import { createHome, launch, type Home, type Running } from './launch'
import { playToEnd, readClip } from './media'

const slate: Recipe = { ...emptyRecipe, prompt: 'A red fox crosses the snow', durationS: 1 }
const long: Recipe = { ...slate, durationS: 8, resolution: '1080p' }

const generate = async (running: Running, recipe: Recipe) => (await createJob(running, recipe)).id

/** What lies in the library's folders, seen without Inbetween. */
async function filesOf({ library }: Home) {
  const list = (pattern: string) => listFiles(library, pattern)
  return {
    clips: await list('clips/**/*.mp4'),
    sidecars: await list('clips/**/*.json'),
    others: await list('clips/**/*.tmp'),
    parts: await list('.inbetween/partial/*'),
  }
}

/** The one clip there is, whole, with its sidecar and its row. */
async function expectOneWholeClip(home: Home, running: Running): Promise<void> {
  // Storing the samples has parts of its own; they are stored by then.
  await running.call['draft.get'](undefined)
  const files = await filesOf(home)
  expect(files).toMatchObject({ others: [], parts: [] })
  expect([files.clips.length, files.sidecars.length]).toEqual([1, 1])
  const { total, clips } = await running.call['clips.page']({
    search: '',
    sort: 'newest',
    offset: 0,
    limit: 9,
  })
  const [clip] = clips
  if (!clip) throw new Error('no row')
  expect([total, clip.file]).toEqual([1, files.clips[0]])
  const facts = await readClip(join(home.library, clip.file))
  expect([facts.packets / 24, facts.emptyPackets]).toEqual([Math.round(clip.media.durationS), 0])
  expect(await playToEnd(running.page, clip.id)).toMatchObject({ ended: true, error: null })
}

test('kill -9 while rendering: the job is made after the next start', async ({ start, home }) => {
  const first = await start()
  const id = await generate(first, long)
  await waitForJob(first, id, ({ state, progress }) => state === 'running' && progress > 0.1)
  await first.kill()
  expect((await filesOf(home)).clips).toEqual([])
  const again = await start()
  await waitForJob(again, id, ({ state }) => state === 'done')
  await expectOneWholeClip(home, again)
})

/**
 * Makes a clip, kills right before the given step of saving it, starts again and expects it whole. The step's name, or
 * null when saving has fewer steps.
 */
async function crashBefore(crashAt: number): Promise<string | null> {
  const home = await createHome()
  const record = join(home.userData, 'steps.txt')
  const environment = { INBETWEEN_CRASH_AT: String(crashAt), INBETWEEN_CRASH_RECORD: record }
  const crashing = await launch(home, ['-r', join(import.meta.dirname, 'crash-hook.cjs')], environment)
  // The samples are stored before, so that every step counted belongs to the clip.
  await crashing.call['draft.get'](undefined)
  const id = await generate(crashing, slate)
  const end = await waitForJob(crashing, id, ({ state }) => state === 'done').then(
    () => 'done',
    () => 'killed',
  )
  if (end === 'done') {
    await crashing.quit()
    await home.remove()
    return null
  }
  const step = (await readFile(record, 'utf8')).trim().split('\n').at(-1) ?? ''
  const again = await launch(home)
  await waitForJob(again, id, ({ state }) => state === 'done')
  await expectOneWholeClip(home, again)
  await again.quit()
  await home.remove()
  return step.replace(/^\d+ /, '')
}

test('kill -9 between every two steps of saving: one whole clip after the next start', async () => {
  test.setTimeout(240_000)
  const killed: string[] = []
  let next = 1
  let isOver = false
  /** Two at a time: much of each is waiting. */
  const work = async () => {
    while (!isOver) {
      const crashAt = next
      next += 1
      const step = await crashBefore(crashAt)
      if (step === null) isOver = true
      else killed[crashAt - 1] = step
    }
  }
  await Promise.all([work(), work()])
  // The order the design asks for; the kill came right before each of these.
  expect(killed).toEqual([
    'row downloading',
    'fsync',
    'fsync',
    'rename',
    'fsync',
    'link',
    'unlink',
    'fsync',
    'row library',
    'row done',
    'end',
  ])
})

test('a media window that dies while rendering costs nothing: the task runs once more', async ({
  start,
  home,
}) => {
  const running = await start()
  const id = await generate(running, long)
  await waitForJob(running, id, ({ state, progress }) => state === 'running' && progress > 0.1)
  await inMain(running.app, ({ BrowserWindow }) => {
    const hidden = BrowserWindow.getAllWindows().find((window) => !window.isVisible())
    if (hidden) process.kill(hidden.webContents.getOSProcessId(), 'SIGKILL')
  })
  expect(await waitForJob(running, id, ({ state }) => state !== 'running')).toMatchObject({ error: null })
  await waitForJob(running, id, ({ state }) => state === 'done')
  await expectOneWholeClip(home, running)
})

test('a media window that dies twice fails the job with a reason, and it can be run again', async ({
  start,
}) => {
  const running = await start()
  // The samples are stored by then, so the render is alone and there is no doubt whose fault it is.
  await running.call['draft.get'](undefined)
  const id = await generate(running, long)
  for (let kills = 0; kills < 2; kills += 1) {
    await inMain(
      running.app,
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const tryKill = () => {
            const hidden = BrowserWindow.getAllWindows().find((window) => !window.isVisible())
            if (!hidden || hidden.webContents.isLoading()) return void setImmediate(tryKill)
            hidden.webContents.once('render-process-gone', () => resolve())
            process.kill(hidden.webContents.getOSProcessId(), 'SIGKILL')
          }
          tryKill()
        }),
    )
  }
  const failed = await waitForJob(running, id, ({ state }) => state === 'failed')
  expect(failed.error).toMatchObject({ code: 'media-failed' })
  await expect(running.page.getByText('Failed').first()).toBeVisible()
  const again = jobOf(await running.call['jobs.rerun']({ id, yes: [] }))
  await waitForJob(running, again.id, ({ state }) => state === 'done')
})

test('cancel stops a render that has begun, in 4K too, and leaves nothing', async ({ start, home }) => {
  const running = await start()
  const id = await generate(running, { ...long, resolution: '4k' })
  await waitForJob(running, id, ({ state, progress }) => state === 'running' && progress > 0)
  await running.call['jobs.cancel']({ id })
  expect(await waitForJob(running, id, ({ state }) => state === 'cancelled')).toMatchObject({ clipId: null })
  // The renderer is free again: the next job is made, and no part of the cancelled one is left.
  const next = await generate(running, slate)
  await waitForJob(running, next, ({ state }) => state === 'done')
  await expectOneWholeClip(home, running)
})

test('a main window whose page dies is loaded again, with what was typed', async ({ start }) => {
  const { app, page, call } = await start()
  await page.getByRole('textbox', { name: 'Prompt' }).fill('typed before the crash')
  await expect
    .poll(async () => (await call['draft.get'](undefined)).recipe.prompt)
    .toBe('typed before the crash')
  const prompt = await inMain(
    app,
    ({ BrowserWindow }) =>
      new Promise<unknown>((resolve) => {
        const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents
        if (!contents) return
        contents.once('did-finish-load', () => {
          const ask = 'window.inbetween.call("draft.get").then(({ value }) => value.recipe.prompt)'
          resolve(contents.executeJavaScript(ask))
        })
        process.kill(contents.getOSProcessId(), 'SIGKILL')
      }),
  )
  expect(prompt).toBe('typed before the crash')
})
