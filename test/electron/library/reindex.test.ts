import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { reindex } from '../../../electron/library/reindex'
import { sidecarText } from '../../../electron/library/sidecar'
import type { Clip } from '../../../shared/clip-schema'
import { failFileCall } from '../../support/file-calls'
import { filesBelow } from '../../support/folder'
import { testLibrary } from '../../support/library'
import { idOf, noon, sampleClip } from '../../support/samples'

type TestLibrary = Awaited<ReturnType<typeof testLibrary>>

/** Puts a clip's file and sidecar into the library, without a row. */
function putFiles({ folder }: TestLibrary, clip: Clip, content: string): void {
  const path = join(folder, clip.file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  writeFileSync(path.replace(/\.[^.]+$/, '.json'), sidecarText(clip))
}

async function rebuild({ paths, clips }: TestLibrary) {
  const announced: string[] = []
  const logged: string[] = []
  const found = await reindex({
    paths,
    clips,
    onClip: ({ id }) => announced.push(id),
    log: (what) => logged.push(what),
  })
  const rows = clips.page({ search: '', sort: 'oldest', offset: 0, limit: 200 }).clips
  return { found, announced, logged, rows }
}

const content = 'bytes of a clip'
const file = (n: number, extension = 'mp4') => `clips/2026/11/red 'fox' [${n}] 100.${extension}`
const clipOf = (n: number, change: Partial<Clip> = {}) =>
  sampleClip({ id: idOf(n), createdAt: noon + n, file: file(n), previews: 'ready', ...change }, content)

test('with the index deleted, every clip comes back from its sidecar alone', async () => {
  const first = await testLibrary()
  const all = [
    clipOf(1),
    clipOf(2, { file: file(2, 'webm') }),
    clipOf(3, {
      file: 'clips/2025/01/雪.mov',
      origin: { kind: 'imported', fileName: '雪.mov' },
      title: '雪',
    }),
  ]
  for (const clip of all) {
    putFiles(first, clip, content)
    first.clips.put(clip)
  }
  first.close()
  unlinkSync(first.paths.database)

  const second = await testLibrary(first.folder)
  expect(second.library.mayLackRows).toBe(true)
  const before = await filesBelow(join(first.folder, 'clips'))
  const { found, announced, rows } = await rebuild(second)
  expect(found).toBe(3)
  expect(announced.toSorted()).toEqual([1, 2, 3].map(idOf))
  expect(rows).toEqual(all.map((clip) => ({ ...clip, previews: 'pending' })))
  expect(await filesBelow(join(first.folder, 'clips'))).toEqual(before)
})

test('rows that are there stay as they are, and a second run finds nothing', async () => {
  const library = await testLibrary()
  putFiles(library, clipOf(1), content)
  putFiles(library, clipOf(2), content)
  library.clips.put(clipOf(1))
  expect((await rebuild(library)).announced).toEqual([idOf(2)])
  expect((await rebuild(library)).found).toBe(0)
  expect(library.clips.get(idOf(1))?.previews).toBe('ready')
})

test('a moved clip lies where it is found, not where it was', async () => {
  const library = await testLibrary()
  const moved = { ...clipOf(1), file: 'clips/2026/12/by hand.mp4' }
  putFiles(library, moved, content)
  expect((await rebuild(library)).rows[0]?.file).toBe('clips/2026/12/by hand.mp4')
})

test('a sidecar without its whole clip makes no row', async () => {
  const library = await testLibrary()
  putFiles(library, clipOf(1), content.slice(1))
  putFiles(library, clipOf(2), content)
  unlinkSync(join(library.folder, file(2)))
  expect((await rebuild(library)).rows).toEqual([])
})

test('foreign and hostile JSON beside clips is left alone, and hides no good one', async () => {
  const library = await testLibrary()
  putFiles(library, clipOf(9), content)
  const inClips = (name: string) => join(library.folder, 'clips/2026/11', name)
  writeFileSync(inClips('a.json'), '{"name":"someone else’s"}')
  writeFileSync(inClips('b.json'), 'not JSON')
  writeFileSync(inClips('c.json'), sidecarText(clipOf(3)).replace(idOf(3), '../../../etc/passwd'))
  writeFileSync(inClips('d.json'), `[${'['.repeat(50_000)}`)
  mkdirSync(inClips('e.json'))
  symlinkSync(inClips('nowhere'), inClips('f.json'))
  symlinkSync('/dev/zero', inClips('g.json'))
  const { rows, found, logged } = await rebuild(library)
  expect(rows.map(({ id }) => id)).toEqual([idOf(9)])
  expect(logged.join()).toContain('f.json')
  expect(found).toBe(1)
  expect(readFileSync(inClips('b.json'), 'utf8')).toBe('not JSON')
})

test('a sidecar that may not be read is logged and hides no good one; a file that has a row keeps it', async () => {
  const library = await testLibrary()
  for (const n of [1, 2, 3]) putFiles(library, clipOf(n), content)
  failFileCall('readFile', 'EACCES', (path) => String(path).includes('[1]'))
  library.clips.put(clipOf(4, { file: file(2) }))
  const { rows, logged } = await rebuild(library)
  expect(rows.map(({ id }) => id)).toEqual([3, 4].map(idOf))
  expect(logged).toHaveLength(1)
  expect(logged.join()).toContain('[1]')
})

test('an empty library has nothing to find', async () => {
  expect((await rebuild(await testLibrary())).found).toBe(0)
})
