import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../../shared/error'
import { createFakeMedia, failing } from '../../support/fake-media'
import { failFileCall } from '../../support/file-calls'
import { boundByModes, importScene, makePipe } from '../../support/importing'
import { avifHeader, ftyp, jpegHeader, mp4, png, pngHeader, webm, webpHeader } from '../../support/pictures'

const nothing = { partial: [], rows: 0, files: [] }

type Make = (folder: string, name: string) => void
const bytes =
  (content: Uint8Array | string): Make =>
  (folder, name) =>
    writeFileSync(join(folder, name), content)
const sparse =
  (length: number): Make =>
  (folder, name) => {
    writeFileSync(join(folder, name), pngHeader(1000, 1000))
    truncateSync(join(folder, name), length)
  }

const refusals: readonly (readonly [string, string, Make, string, RegExp])[] = [
  ['text', 'notes.png', bytes('dear diary'), 'unknown-type', /^notes\.png is neither a picture nor a video/],
  ['a GIF', 'anim.png', bytes('GIF89a'), 'unknown-type', /^anim\.png is a gif file inside/],
  ['no bytes', 'empty.jpg', bytes(''), 'empty', /^empty\.jpg is empty \(0 bytes\)/],
  [
    'a JPEG that ends in its header',
    'a.jpg',
    bytes(jpegHeader(8, 6).subarray(0, 12)),
    'damaged',
    /^a\.jpg is damaged/,
  ],
  ['60,000 x 10 pixels', 'wide.png', bytes(pngHeader(60_000, 10)), 'too-many-pixels', /60000×10/],
  ['20,001 pixels high', 'high.png', bytes(pngHeader(1, 20_001)), 'too-many-pixels', /1×20001/],
  [
    'a column more than 100 megapixels',
    'big.jpg',
    bytes(jpegHeader(10_001, 10_000)),
    'too-many-pixels',
    /100 megapixels/,
  ],
  ['300 MB', 'huge.png', sparse(300_000_000), 'too-large', /^huge\.png is 300 MB; .* up to 100 MB/],
  ['a byte more than 100 MB', 'large.png', sparse(100_000_001), 'too-large', /^large\.png/],
  ['HEIC', 'phone.jpg', bytes(ftyp('heic')), 'not-decodable', /^phone\.jpg is a HEIC picture.*JPEG or PNG/],
  ['a folder', 'shots', (folder, name) => mkdirSync(join(folder, name)), 'is-folder', /^shots is a folder/],
  [
    'a link to a folder',
    'there',
    (folder, name) => symlinkSync(folder, join(folder, name)),
    'is-folder',
    /folder/,
  ],
  ['nothing at all', 'gone.png', () => undefined, 'not-found', /^gone\.png is no longer there/],
  [
    'a link to nowhere',
    'l.png',
    (folder, name) => symlinkSync('nowhere', join(folder, name)),
    'not-found',
    /^l\.png/,
  ],
  ['a pipe', 'pipe.png', makePipe, 'unknown-type', /^pipe\.png is not a file/],
]

test.each(refusals)(
  '%s is refused in plain words and changes nothing',
  async (_what, name, make, code, message) => {
    const { importer, from, traces, media, logged } = await importScene()
    make(from, name)
    const results = await importer.paths([join(from, name)])
    expect(results).toEqual([{ kind: 'refused', name, error: expect.objectContaining({ code }) as object }])
    expect(results[0]?.kind === 'refused' && results[0].error.message).toMatch(message)
    expect(await traces()).toEqual(nothing)
    expect(media.tasks).toEqual([])
    expect(logged).toEqual([])
  },
)

const undecodable = [
  ['a truncated JPEG', 'cut.jpg', jpegHeader(800, 600), { still: failing('damaged') }],
  ['a picture the decoder cannot take', 'odd.avif', avifHeader(8, 6), { still: failing('not-decodable') }],
  ['a clip without its end', 'cut.mp4', mp4(), { clip: failing('damaged') }],
  ['a clip of an unknown codec', 'odd.mov', ftyp('qt  '), { clip: failing('not-decodable') }],
] as const

test.each(undecodable)(
  '%s is refused by the decoder, and nothing is left',
  async (_what, name, content, answers) => {
    const { importer, from, traces, announced } = await importScene(createFakeMedia(answers))
    writeFileSync(join(from, name), content)
    const [result] = await importer.paths([join(from, name)])
    const error = { message: `${name}: The end of this file is missing.`, details: 'decoder said so' }
    expect(result).toMatchObject({ kind: 'refused', name, error })
    expect(await traces()).toEqual(nothing)
    expect(announced).toEqual([])
  },
)

test.each([
  ['a picture', png(4, 4)],
  ['a clip', mp4()],
])('%s that may not be read is refused, and nothing is left', async (_what, content) => {
  const { importer, from, traces, logged } = await importScene()
  const path = join(from, 'private.png')
  writeFileSync(path, content)
  chmodSync(from, 0o755)
  chmodSync(path, 0o000)
  const [result] = await boundByModes(async () => importer.paths([path]))
  expect(result).toMatchObject({ kind: 'refused', error: { code: 'unreadable' } })
  expect(await traces()).toEqual(nothing)
  expect(logged).toEqual([])
})

const fullDisks = [
  ['a picture', 'a.png', png(4, 4), 'writeFile', 'ENOSPC'],
  ['a clip', 'a.mp4', mp4(), 'copyFile', 'ENOSPC'],
  ['a clip', 'a.mp4', mp4(), 'link', 'EDQUOT'],
  ['a picture', 'a.png', png(4, 4), 'rename', 'EDQUOT'],
] as const

test.each(fullDisks)(
  '%s on a full disk (%s, %o, %s, %s) is told as that',
  async (_what, name, content, call, code) => {
    const { importer, from, traces } = await importScene()
    writeFileSync(join(from, name), content)
    failFileCall(call, code)
    const [result] = await importer.paths([join(from, name)])
    expect(result).toMatchObject({ kind: 'refused', error: { code: 'disk-full' } })
    expect(await traces()).toEqual(nothing)
  },
)

test('what nobody thought of is told without blame, and logged', async () => {
  const { importer, from, traces, logged } = await importScene()
  const [result] = await importer.paths([join(from, 'a\0b.png')])
  expect(result).toMatchObject({ kind: 'refused', error: { code: 'internal' } })
  expect(logged).toEqual(['import of a\0b.png'])
  expect(await traces()).toEqual(nothing)
})

const accepted = [
  ['PNG', png(4, 3), 'still', 'png'],
  ['a PNG of exactly 100 megapixels', pngHeader(20_000, 5000), 'still', 'png'],
  ['JPEG', jpegHeader(4, 3), 'still', 'jpeg'],
  ['WebP', webpHeader(4, 3), 'still', 'webp'],
  ['AVIF', avifHeader(4, 3), 'still', 'avif'],
  ['MP4', mp4(), 'clip', '.mp4'],
  ['WebM', webm, 'clip', '.webm'],
  ['QuickTime', ftyp('qt  '), 'clip', '.mov'],
] as const

test.each(accepted)(
  '%s is taken by its content, whatever it is called',
  async (_what, content, kind, type) => {
    const { importer, from, announced } = await importScene()
    writeFileSync(join(from, 'file.txt'), content)
    const [result] = await importer.paths([join(from, 'file.txt')])
    expect(result).toMatchObject({ kind, name: 'file.txt' })
    if (result?.kind === 'still') expect(result.still.type).toBe(type)
    if (result?.kind === 'clip') expect(result.clip.file.endsWith(type)).toBe(true)
    expect(announced).toHaveLength(kind === 'clip' ? 1 : 0)
  },
)

test('200 files at once: each has its result, in order, with progress; the good are stored', async () => {
  const { importer, from, progress, count, paths } = await importScene()
  const names = Array.from({ length: 200 }, (_, index) => `shot ${index}.png`)
  for (const [index, name] of names.entries()) {
    writeFileSync(join(from, name), index % 10 === 9 ? 'broken' : png(3, 3, index))
  }
  const results = await importer.paths(names.map((name) => join(from, name)))
  expect(results.map(({ name }) => name)).toEqual(names)
  expect(results.filter(({ kind }) => kind === 'refused')).toHaveLength(20)
  expect(count('stills')).toBe(180)
  expect(progress).toEqual([
    ...names.map((name, done) => ({ done, total: 200, name })),
    { done: 200, total: 200, name: '' },
  ])
  expect((await importer.paths([join(paths.root, 'none')]))[0]?.kind).toBe('refused')
})

test('the same picture is stored once, in one go, in two at a time, and pasted', async () => {
  const { importer, from, count, media } = await importScene()
  for (const name of ['a.png', 'b.png', 'c.png']) writeFileSync(join(from, name), png(5, 5))
  const [a, b, c] = ['a.png', 'b.png', 'c.png'].map((name) => join(from, name))
  const all = await Promise.all([
    importer.paths([a ?? '', b ?? '']),
    importer.paths([c ?? '']),
    importer.bytes('p', png(5, 5)),
  ])
  const stills = all.flat().map((result) => (result.kind === 'still' ? result.still : undefined))
  expect(new Set(stills.map((still) => still?.id)).size).toBe(1)
  expect(stills.every((still) => still?.name === 'a.png')).toBe(true)
  expect(count('stills')).toBe(1)
  expect(media.tasks).toHaveLength(1)
})

test('pasted bytes are judged as files are, under the name they are given', async () => {
  const { importer, traces } = await importScene()
  expect(await importer.bytes('Pasted.png', png(7, 5))).toMatchObject({
    kind: 'still',
    still: { width: 7, height: 5 },
  })
  expect(await importer.bytes('x', Buffer.from('text'))).toMatchObject({ kind: 'refused', name: 'x' })
  expect(await importer.bytes('x', Buffer.alloc(0))).toMatchObject({
    kind: 'refused',
    error: { code: 'empty' },
  })
  expect((await traces()).partial).toEqual([])
})

test('pasted bytes that find no room are refused as a file would be', async () => {
  const { importer, traces } = await importScene()
  failFileCall('writeFile', 'ENOSPC')
  expect(await importer.bytes('p.png', png(4, 4))).toMatchObject({
    kind: 'refused',
    error: { code: 'disk-full' },
  })
  expect(await traces()).toEqual(nothing)
})

test('what has to be fetched is written to a place of its own, and is gone from there after', async () => {
  const { importer, paths, traces } = await importScene()
  const seen: string[] = []
  const result = await importer.fetched('a.png', async (path) => {
    seen.push(path)
    writeFileSync(path, png(3, 2))
  })
  expect(result).toMatchObject({ kind: 'still', name: 'a.png', still: { width: 3, height: 2 } })
  expect(seen[0]?.startsWith(paths.partial)).toBe(true)
  expect((await traces()).partial).toEqual([])
})

test('a fetch that fails half way is told, and leaves nothing', async () => {
  const { importer, traces } = await importScene()
  const result = await importer.fetched('a.png', async (path) => {
    writeFileSync(path, 'half')
    throw new AppError('link-failed', 'The line broke.')
  })
  expect(result).toMatchObject({ kind: 'refused', name: 'a.png', error: { code: 'link-failed' } })
  expect(await traces()).toEqual(nothing)
})

test('a slow line holds up nothing that is dropped meanwhile; two of the same are one still', async () => {
  const { importer, from, count } = await importScene()
  const line = Promise.withResolvers<void>()
  const fetched = importer.fetched('slow.png', async (path) => {
    await line.promise
    writeFileSync(path, png(3, 2))
  })
  writeFileSync(join(from, 'b.png'), png(3, 2))
  const [dropped] = await importer.paths([join(from, 'b.png')])
  expect(dropped?.kind).toBe('still')
  line.resolve()
  expect((await fetched).kind).toBe('still')
  expect([count('stills'), importer.isBusy()]).toEqual([1, false])
})
