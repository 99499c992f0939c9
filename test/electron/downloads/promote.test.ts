import { existsSync, mkdirSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { planFile, promote } from '../../../electron/downloads/promote'
import { libraryPaths } from '../../../electron/library/paths'
import { readSidecar } from '../../../electron/library/sidecar'
import type { Clip } from '../../../shared/clip-schema'
import { codeOf } from '../../support/failure'
import { failFileCall, recordFileCalls } from '../../support/file-calls'
import { filesBelow, temporaryFolder } from '../../support/folder'
import { idOf, noon, sampleClip } from '../../support/samples'

const content = 'bytes of a clip'
const name = 'clips/2026/11/fox.mp4'
const second = 'clips/2026/11/fox 2.mp4'
const third = 'clips/2026/11/fox 3.mp4'

/** A library folder with a finished part, and the plans that were saved. */
function scene() {
  const root = temporaryFolder()
  const paths = libraryPaths(root)
  mkdirSync(paths.partial, { recursive: true })
  const part = join(paths.partial, `${idOf(1)}.part`)
  writeFileSync(part, content)
  const clip = sampleClip({ file: name }, content)
  const plans: string[] = []
  const run = (planned: Clip = clip, onPlan?: (plan: Clip) => void) =>
    promote(
      {
        paths,
        savePlan: (plan) => {
          plans.push(plan.file)
          onPlan?.(plan)
        },
      },
      { part, clip: planned },
    )
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  return { root, part, clip, plans, run, put, read }
}

test('the calls come in the order that no power cut can break', async () => {
  const { root, run, clip } = scene()
  const { calls, stop } = recordFileCalls(root)
  const promoted = await run(clip, () => calls.push('plan saved'))
  stop()
  const part = `.inbetween/partial/${idOf(1)}.part`
  const sidecar = 'clips/2026/11/fox.json'
  expect(calls.filter((call) => !/^(open|close)/.test(call))).toEqual([
    'plan saved',
    'mkdir clips/2026/11',
    `sync ${part}`,
    'writeFile .inbetween/partial/fox.json.*.tmp',
    'sync .inbetween/partial/fox.json.*.tmp',
    `rename .inbetween/partial/fox.json.*.tmp ${sidecar}`,
    'sync clips/2026/11',
    `link ${part} ${name}`,
    `unlink ${part}`,
    'sync clips/2026/11',
  ])
  expect(promoted).toEqual(clip)
  expect(await filesBelow(root)).toEqual([sidecar, name])
})

test('the clip has its original bytes, the sidecar all that the index needs', async () => {
  const { root, run, read, clip } = scene()
  await run()
  expect(read(name)).toBe(content)
  const { file: _file, previews: _previews, ...kept } = clip
  expect(await readSidecar(join(root, 'clips/2026/11/fox.json'))).toEqual(kept)
})

const foreign = [
  ['of another length', 'a film of somebody else'],
  ['of the same length', content.toUpperCase()],
] as const

test.each(foreign)(
  'a foreign file %s keeps its name and its sidecar; the next name is taken',
  async (_what, theirs) => {
    const { root, run, put, read, plans } = scene()
    put(name, theirs)
    put('clips/2026/11/fox.json', '{"theirs":true}')
    const promoted = await run()
    expect(promoted.file).toBe(second)
    expect(plans).toEqual([second])
    expect(read(name)).toBe(theirs)
    expect(read('clips/2026/11/fox.json')).toBe('{"theirs":true}')
    expect(read(second)).toBe(content)
    expect(await filesBelow(root)).toEqual([
      'clips/2026/11/fox 2.json',
      second,
      'clips/2026/11/fox.json',
      name,
    ])
  },
)

test('a foreign file that appears at the last moment is not replaced either', async () => {
  const { root, run, put, read, clip, plans } = scene()
  const promoted = await run(clip, ({ file }) => {
    if (file === name) put(name, 'theirs')
  })
  expect(promoted.file).toBe(second)
  expect(plans).toEqual([name, second])
  expect(read(name)).toBe('theirs')
  expect(await filesBelow(root)).toEqual(['clips/2026/11/fox 2.json', second, name])
})

test('two names taken: the third', async () => {
  const { run, put } = scene()
  put(name, 'theirs')
  put(second, 'theirs too')
  expect((await run()).file).toBe(third)
})

test('a folder in the way counts as taken', async () => {
  const { root, run } = scene()
  mkdirSync(join(root, name), { recursive: true })
  expect((await run()).file).toBe(second)
})

test('when every name is taken it gives up, part and foreign files untouched', async () => {
  const { root, run, put, part } = scene()
  put(name, 'theirs')
  for (let number = 2; number <= 20; number += 1) put(`clips/2026/11/fox ${number}.mp4`, 'theirs')
  expect(await codeOf(run)).toBe('internal')
  expect(existsSync(part)).toBe(true)
  expect((await filesBelow(root)).filter((file) => file.startsWith('clips'))).toHaveLength(20)
})

test.each([
  ['by link', undefined],
  ['by rename, on a disk without links', 'EPERM'],
])(
  'cut off before any of its steps (%s) and done again, it gives exactly one clip',
  async (_how, linkFails) => {
    if (linkFails !== undefined) failFileCall('link', linkFails)
    const probe = scene()
    const { calls, stop } = recordFileCalls(probe.root)
    await probe.run()
    stop()
    for (let cut = 1; cut <= calls.length; cut += 1) {
      const { root, run, read, clip } = scene()
      let saved = clip
      const recorder = recordFileCalls(root, () => {
        // From the cut on nothing happens any more, as after a kill: not even tidying up.
        if (recorder.calls.length >= cut) throw new Error('cut')
      })
      await expect(run(clip, (plan) => (saved = plan))).rejects.toThrow('cut')
      recorder.stop()
      const promoted = await run(saved)
      expect(promoted).toEqual(clip)
      expect(read(name)).toBe(content)
      const left = (await filesBelow(root)).filter((file) => !file.endsWith('.tmp'))
      expect(left, `cut at ${calls[cut - 1]}`).toEqual(['clips/2026/11/fox.json', name])
    }
    expect(calls.length).toBeGreaterThan(12)
  },
)

test('done twice, the second time changes nothing', async () => {
  const { root, run, plans } = scene()
  await run()
  const { calls, stop } = recordFileCalls(root)
  expect((await run()).file).toBe(name)
  stop()
  expect(plans).toEqual([name])
  expect(calls.filter((call) => /^(link|rename|writeFile|copyFile)/.test(call))).toEqual([])
})

test('part gone and the planned file there: it completes', async () => {
  const { run, part, plans } = scene()
  await run()
  expect(existsSync(part)).toBe(false)
  expect((await run()).file).toBe(name)
  expect(plans).toEqual([name])
})

test.each([
  ['nothing', undefined],
  ['another file at the planned place', 'not ours at all'],
])('part gone and %s: not-found, and nothing is made up', async (_what, theirs) => {
  const { root, run, put, part, read } = scene()
  if (theirs !== undefined) put(name, theirs)
  unlinkSync(part)
  expect(await codeOf(run)).toBe('not-found')
  if (theirs !== undefined) expect(read(name)).toBe(theirs)
  expect((await filesBelow(root)).filter((file) => file.endsWith('.json'))).toEqual([])
})

test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])(
  'a disk without hard links (%s): the part moves',
  async (code) => {
    const { root, run, read, part } = scene()
    const link = failFileCall('link', code)
    expect((await run()).file).toBe(name)
    expect(link).toHaveBeenCalledOnce()
    expect(read(name)).toBe(content)
    expect(existsSync(part)).toBe(false)
    expect(await filesBelow(root)).toEqual(['clips/2026/11/fox.json', name])
  },
)

test.each(['ENOSPC', 'EIO', 'EROFS', 'EMLINK'])(
  '%s at the link: told, the part is kept, no sidecar without clip',
  async (code) => {
    const { root, run, part } = scene()
    failFileCall('link', code)
    await expect(run()).rejects.toMatchObject({ code })
    expect(readFileSync(part, 'utf8')).toBe(content)
    expect(readdirSync(join(root, 'clips/2026/11'))).toEqual([])
  },
)

test('the planned place: folder by day, name by words, maker and id', () => {
  expect(planFile(sampleClip({ id: '7f3a9c02d1ee55aa0b0c' }), '.mp4')).toBe(
    'clips/2026/11/2026-11-21 red fox crosses the snow (animatic 4s) 7f3a9c02d1.mp4',
  )
  const imported = sampleClip({
    origin: { kind: 'imported', fileName: '../../My.Holiday.MOV' },
    createdAt: noon,
  })
  expect(planFile(imported, '.mov')).toBe('clips/2026/11/2026-11-21 My.Holiday (imported) 0000000000.mov')
})
