import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { providers } from '../../shared/providers'
import { cardOf, dropOn, expectClip, generate, generateUnpriced } from './composing'
import { lastJob } from './gestures'
import { expect, test } from './practice'

/** A platform's clip in 720p is one that others can go on from: 24 fps, MP4, and as long as it was asked for. */
test('a clip of Krea is extended by upload and edited through the bucket, byte for byte, and the bucket is empty after it', async ({
  practice,
  home,
}) => {
  const { inferencesh, uniall, bucket } = practice
  const running = await practice.start()
  const { page, call } = running
  const composer = page.getByRole('region', { name: 'Composer' })
  await composer.getByRole('radio', { name: providers.krea.name }).click()
  const sizes = composer.getByRole('radiogroup', { name: 'Resolution' })
  await expect(sizes.getByRole('radio', { name: '720p' })).toBeChecked()
  await generate(page, 'krea', 'The crane')
  await expectClip(page, 'The crane')
  const made = await lastJob(running)
  const { file, title, media } = await call['clips.get']({ id: made.clipId ?? '' })
  expect(media).toMatchObject({ width: 1280, height: 720, fps: 24, durationS: 4 })
  const sha256 = createHash('sha256')
    .update(await readFile(join(home.library, file)))
    .digest('hex')

  await page
    .getByRole('region', { name: 'Gallery' })
    .getByRole('option', { name: `${title}, 4 s` })
    .click()
  await page.getByRole('region', { name: 'Inspector' }).getByRole('button', { name: 'Extend' }).click()
  await expect(composer.getByRole('group', { name: 'Source clip' })).toBeVisible()
  await composer.getByRole('radio', { name: providers.inferencesh.name }).click()
  await dropOn(page, 'First frame', 'a.png')
  await expect(composer).toContainText('A source clip goes without pictures.')
  await composer.getByRole('button', { name: 'Remove the pictures' }).click()
  await expect(composer).not.toContainText('A source clip goes without pictures.')

  await generate(page, 'inferencesh', 'The crane goes on')
  await expect(cardOf(page, 'The crane goes on')).toContainText('Done', { timeout: 30_000 })
  expect(inferencesh.record.pictures).toMatchObject([{ type: 'video/mp4', sha256 }])
  const longer = await call['clips.get']({ id: (await lastJob(running)).clipId ?? '' })
  expect(longer.media).toMatchObject({ width: 1280, height: 720, fps: 24, durationS: 11 })

  await composer.getByRole('radiogroup', { name: 'What becomes of the clip' }).getByText('Edit').click()
  await generateUnpriced(page, 'The same in winter', 'uniall')
  await expect(cardOf(page, 'The same in winter')).toContainText('Done', { timeout: 30_000 })
  expect(uniall.record.pictures).toMatchObject([{ type: 'video/mp4', sha256 }])
  await expect.poll(() => bucket.objects().size).toBe(0)
  expect(bucket.deletions()).toHaveLength(1)
})
