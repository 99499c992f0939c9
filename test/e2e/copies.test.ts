import { randomFillSync } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { emptyRecipe } from '../../shared/recipe'
import { jobOf } from './gestures'
import { fixture, type Running } from './launch'
import { expect, test, type Practice } from './practice'

/** Largest picture inside a request of ByteSpike's, bytes (reference/providers.md §4.5: the body has at most 1 MiB). */
const maxInline = 700_000

test.describe.configure({ timeout: 120_000 })

/** Noise, which nothing compresses; `alphaAt` gives pixels their opacity. */
function noisePng(width: number, height: number, alphaAt?: (x: number) => number): Buffer {
  const channels = alphaAt ? 4 : 3
  const lines = randomFillSync(Buffer.alloc(height * (width * channels + 1)))
  for (let y = 0; y < height; y += 1) {
    const start = y * (width * channels + 1)
    lines[start] = 0
    if (alphaAt) for (let x = 0; x < width; x += 1) lines[start + 4 + x * 4] = alphaAt(x)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, alphaAt ? 6 : 2], 8)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const data = deflateSync(lines, { level: 0 })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A JPEG of noise whose EXIF data says that it is to be turned by a quarter. */
async function turnedJpeg(page: Page, width: number, height: number): Promise<Buffer> {
  const text = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      const image = context.createImageData(w, h)
      for (let n = 0; n < image.data.length; n += 1) image.data[n] = n % 4 === 3 ? 255 : Math.random() * 255
      context.putImageData(image, 0, 0)
      const bytes = new Uint8Array(
        await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer(),
      )
      let all = ''
      for (const byte of bytes) all += String.fromCharCode(byte)
      return btoa(all)
    },
    [width, height] as const,
  )
  const jpeg = Buffer.from(text, 'base64')
  // Orientation 6 (EXIF 2.3, 0x0112): the right side is up.
  const tiff = '4d4d002a00000008000101120003000000010006000000000000'
  const exif = Buffer.from(`457869660000${tiff}`, 'hex')
  const marker = Buffer.from('ffe10000', 'hex')
  marker.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)])
}

async function storeStill({ call }: Running, path: string): Promise<string> {
  const [result] = await call['library.import']({ paths: [path] })
  if (result?.kind !== 'still') throw new Error(`not stored: ${JSON.stringify(result)}`)
  return result.still.id
}

/** The picture that ByteSpike got inside the request of a job with this still as its first frame. */
async function sent(running: Running, practice: Practice, still: string, prompt: string): Promise<Buffer> {
  const recipe = { ...emptyRecipe, prompt, slots: { first: still } }
  const yes = ['again', 'doubtful', 'price-unknown', 'over-cap'] as const
  jobOf(await running.call['jobs.create']({ recipe, provider: 'bytespike', yes: [...yes] }))
  const jobs = () => practice.bytespike.jobs.all().filter(({ intent }) => intent === prompt)
  await expect(() => expect(jobs()).toHaveLength(1)).toPass({ timeout: 60_000 })
  const address = String(jobs()[0]?.input['image_init'])
  expect(address.slice(0, 23)).toBe('data:image/jpeg;base64,')
  return Buffer.from(address.slice(23), 'base64')
}

/** Decodes it as Chromium does: its size, and the mean brightness of its left and its right half. */
function look(page: Page, bytes: Buffer) {
  return page.evaluate(async (text) => {
    const data = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([data], { type: 'image/jpeg' }))
    const { width, height } = picture
    const context = new OffscreenCanvas(width, height).getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(picture, 0, 0)
    const brightness = (x: number) => {
      // A few pixels from the middle: blocks of JPEG may mix there.
      const part = context.getImageData(x, 0, Math.floor(width / 2) - 16, height).data
      let sum = 0
      for (let n = 0; n < part.length; n += 4) sum += (part[n] ?? 0) + (part[n + 1] ?? 0) + (part[n + 2] ?? 0)
      return sum / ((part.length / 4) * 3)
    }
    return { width, height, left: brightness(0), right: brightness(Math.floor(width / 2) + 16) }
  }, bytes.toString('base64'))
}

test('pictures that fit into no request go as JPEG copies that do', async ({ practice, home }) => {
  const folder = await mkdtemp(join(tmpdir(), 'inbetween-copies-'))
  try {
    const running = await practice.start()
    const { page, call } = running
    // Without a bucket they go inside the request.
    await call['bucket.remove'](undefined)
    const put = async (name: string, bytes: Buffer) => {
      await writeFile(join(folder, name), bytes)
      return storeStill(running, join(folder, name))
    }

    const large = noisePng(3700, 7300)
    expect(large.length).toBeGreaterThan(80e6)
    const portrait = await sent(running, practice, await put('large.png', large), '80 MB of noise')
    expect(portrait.length).toBeLessThanOrEqual(maxInline)
    const seen = await look(page, portrait)
    expect(seen.height).toBeLessThanOrEqual(1920)
    expect(seen.height / seen.width).toBeCloseTo(7300 / 3700, 1)
    expect(seen.left).toBeGreaterThan(100)

    const avif = await sent(running, practice, await storeStill(running, fixture('avif.avif')), 'an AVIF')
    expect(avif.length).toBeLessThanOrEqual(maxInline)
    const [original] = await call['stills.get']({ ids: [await storeStill(running, fixture('avif.avif'))] })
    expect(await look(page, avif)).toMatchObject({ width: original?.width, height: original?.height })

    const clear = noisePng(1200, 800, (x) => (x < 600 ? 0 : 255))
    const onBlack = await look(
      page,
      await sent(running, practice, await put('clear.png', clear), 'half clear'),
    )
    expect([onBlack.left < 3, onBlack.right > 100]).toEqual([true, true])
    expect(onBlack.width / onBlack.height).toBeCloseTo(1.5, 2)

    const turned = await turnedJpeg(page, 1600, 900)
    expect(turned.length).toBeGreaterThan(maxInline)
    const upright = await look(page, await sent(running, practice, await put('turned.jpg', turned), 'turned'))
    expect(upright.height / upright.width).toBeCloseTo(1600 / 900, 1)

    // The stills themselves are as they were, and no copy is left. Clips of these jobs may just be arriving there.
    const left = await readdir(join(home.library, '.inbetween/partial'))
    expect(left.filter((name) => !name.endsWith('.part'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
