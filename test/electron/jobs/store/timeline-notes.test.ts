import { expect, test } from 'vitest'
import { finishedJob } from '../../../support/engine-finished'
import { DownloadFailure } from '../../../../electron/downloads/failure'

test('the timeline notes how much a download brings in all, and when all of it is here', async () => {
  const { id, fetched, world, passes, commands } = await finishedJob()
  world.downloads.push(({ hooks }) => {
    hooks.onResume({ validator: '"v7"', total: 12_000_000, type: 'video/mp4' })
    throw new DownloadFailure('network', 'cut')
  })
  await fetched()
  await passes(id, 'done')
  const notes = commands.timeline(id).entries.flatMap(({ event, note }) => (event === 'result' ? [note] : []))
  expect(notes).toContain('12.0 MB in all')
  expect(notes.at(-1)).toMatch(/^all \d+\.\d MB are here$/)
})
