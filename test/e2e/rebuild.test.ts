import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import { createJob, lastJob, waitForJob } from './gestures'
import { fixture } from './launch'

test('with the index and all caches gone, clips, recipes and pictures come back from the files', async ({
  start,
  home,
}) => {
  const first = await start()
  await first.page.getByRole('button', { name: 'Generate the sample · free' }).click()
  await expect(async () => expect((await lastJob(first)).state).toBe('done')).toPass({ timeout: 30_000 })
  await first.call['library.import']({ paths: [fixture('clip.webm'), fixture('exif-rotated.jpg')] })
  const query = { search: '', sort: 'oldest', offset: 0, limit: 10 } as const
  const before = await first.call['clips.page'](query)
  const { recipe } = await lastJob(first)
  const stillIds = [recipe.slots.first ?? '', recipe.slots.last ?? '']
  const stillsBefore = await first.call['stills.get']({ ids: stillIds })
  await first.quit()
  for (const name of ['library.db', 'posters', 'filmstrips', 'thumbnails']) {
    await rm(join(home.library, '.inbetween', name), { recursive: true })
  }

  const again = await start()
  await expect(async () => {
    const after = await again.call['clips.page'](query)
    expect(after.clips.map(({ previews }) => previews)).toEqual(['ready', 'ready'])
    expect(after).toEqual({ total: 2, clips: before.clips.map((clip) => ({ ...clip, previews: 'ready' })) })
    const stills = await again.call['stills.get']({ ids: stillIds })
    // Only the name a picture came with is not in its file.
    expect(stills.map(({ name: _name, ...rest }) => rest)).toEqual(
      stillsBefore.map(({ name: _name, ...rest }) => rest),
    )
  }).toPass({ timeout: 20_000 })
  const job = await createJob(again, { ...recipe, durationS: 1 })
  expect(await waitForJob(again, job.id, ({ state }) => state === 'done')).toMatchObject({ error: null })
})

test('posters and thumbnails that were deleted alone come back too', async ({ start, home }) => {
  const first = await start()
  await first.call['library.import']({ paths: [fixture('clip.mp4')] })
  const poster = first.page.getByRole('option').locator('img')
  await expect(poster).toBeVisible()
  await first.quit()
  for (const name of ['posters', 'filmstrips', 'thumbnails']) {
    await rm(join(home.library, '.inbetween', name), { recursive: true })
  }
  const { page } = await start()
  const isShown = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0
  await expect.poll(() => page.getByRole('option').locator('img').evaluate(isShown)).toBe(true)
  const slot = page.getByRole('group', { name: 'First frame' }).getByRole('img')
  await expect.poll(() => slot.evaluate(isShown)).toBe(true)
})
