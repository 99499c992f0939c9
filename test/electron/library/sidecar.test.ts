import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSidecar, sidecarPath, sidecarText } from '../../../electron/library/sidecar'
import { temporaryFolder } from '../../support/folder'
import { sampleClip, sampleRecipe } from '../../support/samples'

async function reread(text: string | Uint8Array) {
  const path = join(temporaryFolder(), 'clip.json')
  writeFileSync(path, text)
  return await readSidecar(path)
}

const clips = [
  sampleClip(),
  sampleClip({
    origin: {
      kind: 'generated',
      provider: 'animatic',
      recipe: sampleRecipe({ prompt: '雪\n"🦊"\u0000', slots: { first: 'a'.repeat(64) } }),
      tookMs: 0,
      remark: 'Made as VP9.',
    },
  }),
  sampleClip({ origin: { kind: 'imported', fileName: 'Holiday.mov' } }),
]

test.each(clips)('what is written comes back, but not where it lay', async (clip) => {
  const { file: _file, previews: _previews, ...kept } = clip
  expect(await reread(sidecarText(clip))).toEqual(kept)
})

test('it is readable without Inbetween', () => {
  expect(sidecarText(sampleClip())).toMatch(
    /^\{\n {2}"format": "inbetween-clip",\n {2}"version": 1,[^]*\}\n$/,
  )
})

const ours = JSON.parse(sidecarText(sampleClip())) as { clip: object }
const changed = (change: object) => JSON.stringify({ ...ours, ...change })
const changedClip = (change: object) => changed({ clip: { ...ours.clip, ...change } })

const notOurs: readonly (readonly [string, string | Uint8Array])[] = [
  ['no JSON', 'hello'],
  ['half of one', sidecarText(sampleClip()).slice(0, 200)],
  ['an empty file', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['JSON of another program', '{"name":"package","version":1}'],
  ['another format', changed({ format: 'other-clip' })],
  ['a later version', changed({ version: 2 })],
  ['a path for an id', changedClip({ id: '../../../../etc' })],
  ['no recipe', changedClip({ origin: { kind: 'generated', provider: 'animatic' } })],
  ['another kind of origin', changedClip({ origin: { kind: '__proto__' } })],
  ['a negative length', changedClip({ bytes: -1 })],
  ['a number beyond all', changedClip({ createdAt: 1e300 })],
  ['a title that is no text', changedClip({ title: { toString: 1 } })],
  ['more than any sidecar', `${' '.repeat(1_000_000)}${sidecarText(sampleClip())}`],
  ['binary', Uint8Array.of(0xff, 0xfe, 0, 0)],
]

test.each(notOurs)('%s is not a sidecar', async (_name, text) => {
  expect(await reread(text)).toBeUndefined()
})

test('what a stranger adds is not taken in', async () => {
  const read = await reread(changedClip({ file: '../../etc/passwd', previews: 'ready', __proto__x: 1 }))
  expect(read).not.toHaveProperty('file')
  expect(read).not.toHaveProperty('previews')
  expect(read).not.toHaveProperty('__proto__x')
})

test.each([
  ['a folder', (path: string) => mkdirSync(path)],
  ['a device without end', (path: string) => symlinkSync('/dev/zero', path)],
])('%s is not a sidecar', async (_name, make) => {
  const path = join(temporaryFolder(), 'clip.json')
  make(path)
  expect(await readSidecar(path)).toBeUndefined()
})

test('a sidecar that cannot be read is not taken for a foreign one', async () => {
  await expect(readSidecar(join(temporaryFolder(), 'clip.json'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['/l/clips/2026/11/a.mp4', '/l/clips/2026/11/a.json'],
  ['/l/clips/2026/11/a.b.c.webm', '/l/clips/2026/11/a.b.c.json'],
  ['/l/v1.2/a', '/l/v1.2/a'],
  ['C:\\l.x\\a.mov', 'C:\\l.x\\a.json'],
])('beside %j lies %j', (file, sidecar) => {
  expect(sidecarPath(file)).toBe(sidecar)
})
