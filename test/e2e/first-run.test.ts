import { inMain } from './in-main'
import { expect, test } from './fixtures'
import { lastJob, waitForJob } from './gestures'
import { join } from 'node:path'
import { playToEnd, readClip } from './media'

test('a first start makes a clip by one press, and keeps it', async ({ start, home }) => {
  const running = await start()
  const { page } = running
  await expect(page.getByText('Two frames, one clip')).toBeVisible()
  await page.getByRole('button', { name: 'Generate the sample · free' }).click()
  const made = page.getByRole('gridcell').or(page.getByRole('option'))
  await expect(made.filter({ hasText: '4 s' }).first()).toBeVisible({ timeout: 30_000 })

  const job = await waitForJob(running, (await lastJob(running)).id, ({ state }) => state === 'done')
  const clip = await running.call['clips.get']({ id: job.clipId ?? '' })
  expect(clip.media).toMatchObject({ width: 1280, height: 720, codec: 'avc', hasAudio: false })
  const file = join(home.library, clip.file)
  expect(await readClip(file)).toEqual({
    codec: 'avc',
    width: 1280,
    height: 720,
    durationS: 4,
    packets: 96,
    emptyPackets: 0,
    audioTracks: 0,
  })
  const played = await playToEnd(page, clip.id)
  expect(played).toMatchObject({ ended: true, error: null })
  expect(played.frames).toBeGreaterThanOrEqual(90)

  await page.getByRole('textbox', { name: 'Prompt' }).fill('A red fox crosses the snow')
  await expect(async () => {
    const draft = await running.call['draft.get'](undefined)
    expect(draft).toMatchObject({ isSample: false, recipe: { prompt: 'A red fox crosses the snow' } })
  }).toPass()
  await running.quit()

  const again = await start()
  await expect(again.page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('A red fox crosses the snow')
  await expect(again.page.getByRole('group', { name: 'First frame' }).getByRole('img')).toBeVisible()
  await expect(again.page.getByText('Two frames, one clip')).toBeHidden()
  const { total, clips } = await again.call['clips.page']({
    search: '',
    sort: 'newest',
    offset: 0,
    limit: 10,
  })
  expect([total, clips[0]?.id]).toEqual([1, clip.id])
  expect(await playToEnd(again.page, clip.id)).toMatchObject({ ended: true, error: null })
})

test('the whole way works with the network cut, and asks nobody', async ({ start }) => {
  const running = await start(['--host-resolver-rules=MAP * ~NOTFOUND'])
  await inMain(running.app, ({ session }) => {
    const asked: string[] = []
    Reflect.set(globalThis, 'asked', asked)
    for (const each of [session.defaultSession, session.fromPartition('media')]) {
      each.enableNetworkEmulation({ offline: true })
      each.webRequest.onBeforeRequest((details, answer) => {
        if (!/^(app|blob|data|devtools):/.test(details.url)) asked.push(details.url)
        answer({})
      })
    }
  })
  await running.page.getByRole('button', { name: 'Generate the sample · free' }).click()
  await expect(async () => expect((await lastJob(running)).state).toBe('done')).toPass({ timeout: 30_000 })
  const job = await lastJob(running)
  expect(await playToEnd(running.page, job.clipId ?? '')).toMatchObject({ ended: true, error: null })
  await running.page.getByRole('searchbox').fill('dusk')
  await expect(running.page.getByRole('img').first()).toBeVisible()
  expect(await inMain(running.app, () => Reflect.get(globalThis, 'asked') as unknown)).toEqual([])
})
