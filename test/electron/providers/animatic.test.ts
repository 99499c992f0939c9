import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createAnimatic } from '../../../electron/providers/animatic'
import { animatic } from '../../../shared/providers/animatic'
import { validate } from '../../../shared/validate/validate'
import type { Recipe } from '../../../shared/recipe-schema'
import { createFakeMedia, failing } from '../../support/fake-media'
import { codeOf } from '../../support/failure'
import { testLibrary } from '../../support/library'
import { mp4 } from '../../support/pictures'
import { noon, sampleMedia, sampleRecipe } from '../../support/samples'

const idFor = (letter: string) => letter.repeat(64)

async function scene(media = createFakeMedia()) {
  const { paths, stills } = await testLibrary()
  for (const letter of ['a', 'b', 'c', 'd', 'e']) {
    stills.put({ id: idFor(letter), type: 'jpeg', width: 1, height: 1, bytes: 1, name: letter }, noon)
    const path = paths.still(idFor(letter), 'jpeg')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, letter)
  }
  const part = join(paths.partial, 'job.part')
  const progress: number[] = []
  const make = (change: Partial<Recipe>, signal = new AbortController().signal) =>
    createAnimatic({ paths, stills, media }).make(
      sampleRecipe(change),
      part,
      (each) => progress.push(each),
      signal,
    )
  return { make, part, paths, media, progress }
}

test('it is the animatic of the composer', async () => {
  const { paths, stills } = await testLibrary()
  const provider = createAnimatic({ paths, stills, media: createFakeMedia() })
  expect(provider).toMatchObject(animatic)
  expect(validate(sampleRecipe(), provider)).toEqual([])
})

test('words alone: no pictures; the clip is written to the part', async () => {
  const { make, media, part, progress } = await scene()
  expect(await make({ prompt: 'A slate', durationS: 3, resolution: '1080p', aspectRatio: '9:16' })).toEqual({
    media: sampleMedia,
    extension: '.mp4',
    remark: undefined,
  })
  expect(media.tasks).toEqual([
    {
      task: { kind: 'animatic', pictures: 0, prompt: 'A slate', durationS: 3, width: 1080, height: 1920 },
      files: { inputs: {}, outputs: { clip: part } },
    },
  ])
  expect(readFileSync(part).equals(mp4())).toBe(true)
  expect(progress).toEqual([0.5])
})

test('pictures go in the order they are seen, by their place in the library', async () => {
  const { make, media, paths } = await scene()
  await make({
    slots: { last: idFor('b'), ref3: idFor('e'), ref1: idFor('c'), first: idFor('a'), ref2: idFor('d') },
  })
  const order = ['a', 'c', 'd', 'e', 'b'].map((letter) => paths.still(idFor(letter), 'jpeg'))
  expect(media.tasks[0]?.task).toMatchObject({ pictures: 5 })
  expect(media.tasks[0]?.files.inputs).toEqual(
    Object.fromEntries(order.map((path, n) => [`picture${n}`, path])),
  )
})

test('one picture in two places is given twice', async () => {
  const { make, media } = await scene()
  await make({ slots: { first: idFor('a'), last: idFor('a') } })
  expect(Object.keys(media.tasks[0]?.files.inputs ?? {})).toEqual(['picture0', 'picture1'])
})

test('another codec is passed on, with what the user should know', async () => {
  const remark = 'Made as VP9.'
  const answer = {
    kind: 'animatic',
    media: { ...sampleMedia, codec: 'vp9' },
    remark,
  } as const
  const { make } = await scene(createFakeMedia({ animatic: () => answer }))
  expect(await make({})).toEqual({ media: answer.media, extension: '.mp4', remark })
})

test('a picture that is not in the library is told before anything runs', async () => {
  const { make, media } = await scene()
  expect(await codeOf(() => make({ slots: { first: idFor('a'), last: idFor('f') } }))).toBe('not-found')
  expect(media.tasks).toEqual([])
})

test('a failure is passed on as it is, and leaves no part', async () => {
  const { make, part } = await scene(createFakeMedia({ animatic: failing('damaged') }))
  expect(await codeOf(() => make({}))).toBe('damaged')
  expect(existsSync(part)).toBe(false)
})

test('it can be cancelled', async () => {
  const { make, part } = await scene()
  expect(await codeOf(() => make({}, AbortSignal.abort()))).toBe('cancelled')
  expect(existsSync(part)).toBe(false)
})

test('a picture whose file was deleted is told as such, not as a missing clip', async () => {
  const { make, paths } = await scene()
  rmSync(paths.still(idFor('a'), 'jpeg'))
  await expect(make({ slots: { first: idFor('a') } })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('picture of this recipe') as string,
  })
})
