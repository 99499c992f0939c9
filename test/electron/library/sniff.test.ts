import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sniffFile } from '../../../electron/library/sniff'
import { temporaryFolder } from '../../support/folder'
import { avifHeader, ftyp, jpegHeader, mp4, png, pngHeader, webm, webpHeader } from '../../support/pictures'

const other = (type: string | undefined) => ({ kind: 'other', type })

const files: readonly (readonly [string, Uint8Array, object])[] = [
  ['PNG', png(2, 2), { kind: 'still', type: 'png' }],
  ['a PNG’s header', pngHeader(60_000, 10), { kind: 'still', type: 'png' }],
  ['JPEG', jpegHeader(8, 6), { kind: 'still', type: 'jpeg' }],
  ['WebP', webpHeader(8, 6), { kind: 'still', type: 'webp' }],
  ['AVIF', avifHeader(8, 6), { kind: 'still', type: 'avif' }],
  ['HEIC', ftyp('heic'), { kind: 'heic' }],
  ['a HEIC sequence', ftyp('hevc'), { kind: 'heic' }],
  ['HEIF', ftyp('mif1'), { kind: 'heic' }],
  ['MP4', mp4(), { kind: 'clip', extension: '.mp4' }],
  ['M4V', ftyp('M4V '), { kind: 'clip', extension: '.mp4' }],
  ['QuickTime', ftyp('qt  '), { kind: 'clip', extension: '.mov' }],
  ['WebM', webm, { kind: 'clip', extension: '.webm' }],
  ['GIF', Buffer.from('GIF89a'), other('gif')],
  ['PDF', Buffer.from('%PDF-1.7'), other('pdf')],
  ['text', Buffer.from('dear reader'), other(undefined)],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), other(undefined)],
  ['HTML', Buffer.from('<!doctype html><script>1</script>'), other(undefined)],
  ['one byte', Buffer.of(0x89), other(undefined)],
  ['nothing', Buffer.alloc(0), other(undefined)],
  ['zeroes', Buffer.alloc(5000), other(undefined)],
]

test.each(files)('%s is told by its bytes, whatever it is called', async (_name, bytes, expected) => {
  const folder = temporaryFolder()
  for (const name of ['x', 'x.png', 'x.mp4']) {
    writeFileSync(join(folder, name), bytes)
    expect(await sniffFile(join(folder, name))).toEqual(expected)
  }
})
