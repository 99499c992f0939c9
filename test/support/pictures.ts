import { Buffer } from 'node:buffer'
import { crc32, deflateSync } from 'node:zlib'

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** The first bytes of a PNG of that size: what a header claims, with no picture behind it. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  return Buffer.concat([pngSignature, pngChunk('IHDR', header)])
}

/** A whole grey PNG; `shade` (0 to 255) makes different pictures of one size. */
export function png(width: number, height: number, shade = 128): Buffer {
  const line = Buffer.concat([Buffer.of(0), Buffer.alloc(width, shade)])
  const lines = Buffer.concat(Array.from({ length: height }, () => line))
  const end = pngChunk('IEND', Buffer.alloc(0))
  return Buffer.concat([pngHeader(width, height), pngChunk('IDAT', deflateSync(lines)), end])
}

/** The beginning of a JPEG of that size: header and frame, no picture. */
export function jpegHeader(width: number, height: number): Buffer {
  const app0 = Buffer.from('ffe000104a46494600010100000100010000', 'hex')
  const frame = Buffer.from('ffc0000b08000000000101110000', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.of(0xff, 0xd8), app0, frame, Buffer.from('ffda', 'hex')])
}

/** The beginning of a WebP of that size. */
export function webpHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(32, 4)
  bytes.write('WEBPVP8X', 8, 'latin1')
  bytes.writeUInt32LE(10, 16)
  bytes.writeUIntLE(width - 1, 24, 3)
  bytes.writeUIntLE(height - 1, 27, 3)
  return bytes
}

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** The first box of an ISO file, which says by four letters what it is: `isom`, `qt  `, `heic`, `avif`, … */
export function ftyp(brand: string): Buffer {
  return box('ftyp', Buffer.from(brand, 'latin1'), Buffer.alloc(4), Buffer.from(brand, 'latin1'))
}

/** The beginning of an AVIF of that size. */
export function avifHeader(width: number, height: number): Buffer {
  const size = Buffer.alloc(12)
  size.writeUInt32BE(width, 4)
  size.writeUInt32BE(height, 8)
  const properties = box('iprp', box('ipco', box('ispe', size)))
  return Buffer.concat([ftyp('avif'), box('meta', Buffer.alloc(4), properties)])
}

/** Something that looks like an MP4 of so many bytes; `fill` makes different ones. */
export function mp4(length = 400, fill = 7): Buffer {
  return Buffer.concat([ftyp('isom'), box('mdat', Buffer.alloc(length, fill))])
}

/** The beginning of a WebM. */
export const webm = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701',
  'hex',
)
