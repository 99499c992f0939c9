import { join } from 'node:path'
import { emptyRecipe, type AspectRatio, type Resolution } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { expect, test } from './fixtures'
import { createJob, dropFiles, lastJob, middleOf, waitForJob } from './gestures'
import { fixture, type Running } from './launch'
import { framePsnr, playToEnd, readClip } from './media'

/** Least likeness of the clip's ends to the pictures, dB: issue "From two stills to a playable clip". */
const leastPsnr = 30

/** Makes a clip through the page's own call, and gives it when it is done. */
async function make(running: Running, recipe: Recipe) {
  const job = await createJob(running, recipe)
  const done = await waitForJob(running, job.id, ({ state }) => state === 'done' || state === 'failed')
  expect(done.error).toBeNull()
  return await running.call['clips.get']({ id: done.clipId ?? '' })
}

async function importStill({ call }: Running, name: string): Promise<string> {
  const [result] = await call['library.import']({ paths: [fixture(name)] })
  if (result?.kind !== 'still') throw new Error(`${name} was not stored`)
  return result.still.id
}

test('two dropped pictures are the first and the last frame', async ({ start, home }) => {
  const running = await start()
  const { page } = running
  await dropFiles(page, [fixture('a.png')], await middleOf(page, 'group', 'First frame'))
  await expect(
    page.getByRole('group', { name: 'First frame' }).getByRole('img', { name: /a\.png/ }),
  ).toBeVisible()
  await dropFiles(page, [fixture('b.png')], await middleOf(page, 'group', 'Last frame'))
  await expect(
    page.getByRole('group', { name: 'Last frame' }).getByRole('img', { name: /b\.png/ }),
  ).toBeVisible()
  await page.getByRole('textbox', { name: 'Prompt' }).press('ControlOrMeta+Enter')
  await expect(async () => expect((await lastJob(running)).state).toBe('done')).toPass({ timeout: 30_000 })

  const { clipId, recipe } = await lastJob(running)
  const clip = await running.call['clips.get']({ id: clipId ?? '' })
  const { durationS, fps } = clip.media
  expect(await framePsnr(page, clip.id, 0, recipe.slots.first ?? '')).toBeGreaterThanOrEqual(leastPsnr)
  const lastFrame = durationS - 0.5 / fps
  expect(await framePsnr(page, clip.id, lastFrame, recipe.slots.last ?? '')).toBeGreaterThanOrEqual(leastPsnr)
  // The two pictures are not alike, so the likeness above says something.
  expect(await framePsnr(page, clip.id, 0, recipe.slots.last ?? '')).toBeLessThan(20)
  expect((await readClip(join(home.library, clip.file))).emptyPackets).toBe(0)
})

const shapes: readonly (readonly [
  string,
  readonly string[],
  Resolution,
  AspectRatio,
  number,
  number,
  number,
])[] = [
  ['one picture', ['portrait.jpg'], '720p', '9:16', 2, 720, 1280],
  ['three references', ['a.png', 'square.webp', 'wide-4k.jpg'], '720p', '1:1', 3, 720, 720],
  ['a prompt alone', [], '1080p', '16:9', 1, 1920, 1080],
  ['two pictures in 4K', ['a.png', 'b.png'], '4k', '16:9', 1, 3840, 2160],
]

test('every mode and shape gives a whole H.264 clip of 24 frames a second', async ({ start, home }) => {
  const running = await start()
  for (const [name, pictures, resolution, aspectRatio, durationS, width, height] of shapes) {
    const ids: string[] = []
    for (const picture of pictures) ids.push(await importStill(running, picture))
    const names = pictures.length === 2 ? ['first', 'last'] : ['ref1', 'ref2', 'ref3']
    const slots = Object.fromEntries(ids.map((id, index) => [ids.length === 1 ? 'first' : names[index], id]))
    const prompt = `${name}: a fox crosses the snow, 雪の上を狐が渡る`
    const clip = await make(running, { ...emptyRecipe, prompt, slots, durationS, resolution, aspectRatio })
    expect(await readClip(join(home.library, clip.file)), name).toEqual({
      codec: 'avc',
      width,
      height,
      durationS,
      packets: durationS * 24,
      emptyPackets: 0,
      audioTracks: 0,
    })
    expect(await playToEnd(running.page, clip.id), name).toMatchObject({ ended: true, error: null })
  }
})

test('a picture turned by its EXIF data is used upright', async ({ start }) => {
  const running = await start()
  const id = await importStill(running, 'exif-rotated.jpg')
  expect(await running.call['stills.get']({ ids: [id] })).toMatchObject([{ width: 600, height: 800 }])
})

test('the exact frame at a time is grabbed', async ({ start }) => {
  const running = await start()
  const [result] = await running.call['library.import']({ paths: [fixture('clip.mp4')] })
  if (result?.kind !== 'clip') throw new Error('the fixture was not imported')
  for (const frame of [0, 1, 37, 95]) {
    const still = await running.call['clips.grabFrame']({ id: result.clip.id, timeS: (frame + 0.5) / 24 })
    const shown = await running.page.evaluate(
      async ([id, count]) => {
        const picture = await createImageBitmap(await (await fetch(`/still/${id}`)).blob())
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
        if (!context) throw new Error('no canvas')
        context.drawImage(picture, 0, 0)
        const bits = Array.from({ length: count }, (_, bit) => {
          const x = Math.round(((bit + 0.5) / count) * picture.width)
          return (context.getImageData(x, picture.height - 10, 1, 1).data[0] ?? 0) > 128 ? '1' : '0'
        })
        return bits.join('')
      },
      [still.id, 8] as const,
    )
    expect(shown).toBe(frame.toString(2).padStart(8, '0'))
  }
})
