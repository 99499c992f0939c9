import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createPreviews } from '../../../electron/library/previews'
import { AppError } from '../../../shared/error'
import type { Clip } from '../../../shared/clip-schema'
import { createFakeMedia, failing } from '../../support/fake-media'
import { testLibrary } from '../../support/library'
import { idOf, noon, sampleClip } from '../../support/samples'
import { until } from '../../support/until'

async function scene(media = createFakeMedia()) {
  const { clips, paths, close } = await testLibrary()
  const told: string[] = []
  const logged: string[] = []
  const previews = createPreviews({
    paths,
    clips,
    media,
    onClip: (clip) => told.push(`${Number(`0x${clip.id}`)} ${clip.previews}`),
    log: (what) => logged.push(what),
  })
  const add = (n: number, change: Partial<Clip> = {}) => {
    const clip = sampleClip({ id: idOf(n), createdAt: noon + n, ...change })
    const path = join(paths.root, clip.file)
    if (path.startsWith(paths.root)) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, 'bytes of a clip')
    }
    clips.put(clip)
    return clip
  }
  const isDone = () => expect(clips.nextWithoutPreviews()).toBeUndefined()
  return { previews, clips, paths, add, told, logged, media, isDone, close }
}

test('poster and filmstrip are made for every clip that lacks them, newest first', async () => {
  const { previews, add, told, paths, isDone } = await scene()
  add(1)
  add(3)
  add(2, { previews: 'ready' })
  previews.wake()
  await until(isDone)
  expect(told).toEqual(['3 ready', '1 ready'])
  expect(readFileSync(paths.poster(idOf(3)), 'utf8')).toBe('poster')
  expect(readFileSync(paths.filmstrip(idOf(1)), 'utf8')).toBe('filmstrip')
})

test('one that fails is told and logged, not tried for ever, and holds up no other', async () => {
  const { previews, add, told, logged, media, isDone, clips } = await scene(
    createFakeMedia({ previews: failing() }),
  )
  add(1)
  add(2)
  previews.wake()
  await until(isDone)
  previews.wake()
  expect(told).toEqual(['2 failed', '1 failed'])
  expect(media.tasks).toHaveLength(2)
  expect(logged).toHaveLength(2)
  expect(clips.get(idOf(1))?.previews).toBe('failed')
})

test('one at a time, however often it is woken, and a clip added meanwhile is made too', async () => {
  let open = 0
  const most: number[] = []
  const gates: (() => void)[] = []
  const media = createFakeMedia({
    async previews() {
      open += 1
      most.push(open)
      await new Promise<void>((resolve) => gates.push(resolve))
      open -= 1
      return { kind: 'previews' }
    },
  })
  const { previews, add, isDone, told } = await scene(media)
  add(1)
  for (let times = 0; times < 3; times += 1) previews.wake()
  await until(() => expect(gates).toHaveLength(1))
  add(2)
  previews.wake()
  gates[0]?.()
  await until(() => expect(gates).toHaveLength(2))
  gates[1]?.()
  await until(isDone)
  expect(told).toEqual(['1 ready', '2 ready'])
  expect(most).toEqual([1, 1])
})

test('stopped, it leaves the row pending for the next start', async () => {
  const { previews, add, media, clips, told, close } = await scene(
    createFakeMedia({ previews: () => new Promise(() => undefined) }),
  )
  add(1)
  previews.wake()
  await until(() => expect(media.tasks).toHaveLength(1))
  previews.stop()
  previews.wake()
  expect(clips.get(idOf(1))?.previews).toBe('pending')
  expect(told).toEqual([])
  expect(media.tasks).toHaveLength(1)
  close()
})

test.each([
  ['a path out of the library', '../secret.mp4'],
  ['a link out of the library', 'clips/link.mp4'],
])('a row that names %s is not read', async (_what, file) => {
  const { previews, clips, paths, media, isDone } = await scene()
  const secret = join(paths.root, '..', 'secret.mp4')
  writeFileSync(secret, 'secret')
  mkdirSync(join(paths.root, 'clips'))
  symlinkSync(secret, join(paths.root, 'clips/link.mp4'))
  clips.put(sampleClip({ file }))
  previews.wake()
  await until(isDone)
  expect(media.tasks).toEqual([])
  expect(clips.get(idOf(1))?.previews).toBe('failed')
})

test('previews found gone are made again; those that failed are not', async () => {
  const { previews, add, told, isDone } = await scene()
  add(1, { previews: 'ready' })
  add(2, { previews: 'failed' })
  for (const n of [1, 2, 3]) previews.remake(idOf(n))
  await until(isDone)
  expect(told).toEqual(['1 pending', '1 ready'])
})

test('what passes, such as a full disk, leaves a clip pending for the next wake', async () => {
  let isFull = true
  const { previews, add, told, logged, isDone } = await scene(
    createFakeMedia({
      previews() {
        if (isFull) throw new AppError('disk-full', 'The disk is full.')
        return { kind: 'previews' }
      },
    }),
  )
  add(1)
  previews.wake()
  await until(() => expect(logged).toHaveLength(1))
  expect(told).toEqual([])
  isFull = false
  previews.wake()
  await until(isDone)
  expect(told).toEqual(['1 ready'])
})
