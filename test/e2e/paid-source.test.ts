import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { providers } from '../../shared/providers'
import { cardOf, dropOn, generate, generateUnpriced } from './composing'
import { createJob, waitForJob } from './gestures'
import { expect, test } from './practice'

/** What the fixtures' first start has in the composer makes a clip that platforms can go on from: 720p, 24 fps, MP4. */
test('a clip is extended by upload and edited through the bucket, byte for byte, and the bucket is empty after it', async ({
  practice,
  home,
}) => {
  const { inferencesh, uniall, bucket } = practice
  const running = await practice.start()
  const { page, call } = running
  const { recipe } = await call['draft.get'](undefined)
  const made = await waitForJob(
    running,
    (await createJob(running, recipe)).id,
    ({ state }) => state === 'done',
  )
  const { file, title } = await call['clips.get']({ id: made.clipId ?? '' })
  const sha256 = createHash('sha256')
    .update(await readFile(join(home.library, file)))
    .digest('hex')

  const composer = page.getByRole('region', { name: 'Composer' })
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

  await composer.getByRole('radiogroup', { name: 'What becomes of the clip' }).getByText('Edit').click()
  await generateUnpriced(page, 'The same in winter', 'uniall')
  await expect(cardOf(page, 'The same in winter')).toContainText('Done', { timeout: 30_000 })
  expect(uniall.record.pictures).toMatchObject([{ type: 'video/mp4', sha256 }])
  await expect.poll(() => bucket.objects().size).toBe(0)
  expect(bucket.deletions()).toHaveLength(1)
})
