import { expect, test } from 'vitest'
import { mediaContract, mediaTaskSchema } from '../../shared/media-schema'
import { idOf, sampleMedia } from '../support/samples'

const animatic = { kind: 'animatic', pictures: 2, prompt: '', durationS: 4, width: 1280, height: 720 }

const tasks: readonly (readonly [string, object, boolean])[] = [
  ['an animatic', animatic, true],
  ['an animatic of text', { ...animatic, pictures: 0 }, true],
  ['six pictures', { ...animatic, pictures: 6 }, false],
  ['nine seconds', { ...animatic, durationS: 9 }, false],
  ['no width', { ...animatic, width: 0 }, false],
  ['a frame', { kind: 'frame', timeS: 0 }, true],
  ['a frame before the start', { kind: 'frame', timeS: -1 }, false],
  ['something else', { kind: 'shell' }, false],
]

test.each(tasks)('task: %s', (_name, task, isTaken) => {
  expect(mediaTaskSchema.safeParse(task).success).toBe(isTaken)
})

const done = (result: unknown) =>
  mediaContract.calls['media.done'].input.safeParse({ id: idOf(1), result }).success

test('answers of the media window are checked before anything believes them', () => {
  expect(done({ kind: 'clip', media: sampleMedia })).toBe(true)
  expect(done({ kind: 'clip', media: { ...sampleMedia, fps: 0 } })).toBe(false)
  expect(done({ kind: 'still', width: -1, height: 4 })).toBe(false)
  expect(done({ kind: 'animatic', media: sampleMedia, remark: 7 })).toBe(false)
  const progress = mediaContract.calls['media.progress'].input
  expect(progress.safeParse({ id: '../..', fraction: 0 }).success).toBe(false)
  expect(progress.safeParse({ id: idOf(1), fraction: 2 }).success).toBe(false)
})
