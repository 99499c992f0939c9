import { afterEach, expect, test, vi } from 'vitest'
import { readPictures } from '../../../../renderer/media-worker/animatic/pictures'

const size = { width: 8, height: 4 }

afterEach(() => void vi.unstubAllGlobals())

/** A media window whose pictures are all of the clip's size; `canvases` of them can be drawn on. */
function mediaWindow(canvases: number) {
  const bitmaps: { readonly width: number; readonly height: number; readonly close: () => void }[] = []
  let left = canvases
  const context = {
    drawImage: () => undefined,
    getImageData: () => ({ data: new Uint8ClampedArray(size.width * size.height * 4) }),
  }
  vi.stubGlobal('createImageBitmap', () => {
    const bitmap = { ...size, close: vi.fn() }
    bitmaps.push(bitmap)
    return Promise.resolve(bitmap)
  })
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        left -= 1
        return left < 0 ? null : context
      }
    },
  )
  const read = vi.fn((_name: string) => Promise.resolve(new Blob()))
  const files = { read, url: (name: string) => name, write: () => Promise.resolve() }
  return { bitmaps, read, task: { files, report: () => undefined, signal: new AbortController().signal } }
}

test('every picture is read once and closed', async () => {
  const { bitmaps, read, task } = mediaWindow(3)
  expect(await readPictures(3, size, task)).toHaveLength(3)
  expect(read.mock.calls.flat()).toEqual(['picture0', 'picture1', 'picture2'])
  for (const { close } of bitmaps) expect(close).toHaveBeenCalledOnce()
})

test('without pictures nothing is read', async () => {
  const { read, task } = mediaWindow(0)
  expect(await readPictures(0, size, task)).toEqual([])
  expect(read).not.toHaveBeenCalled()
})

test('when a picture cannot be cut, it and the one that decodes meanwhile are closed', async () => {
  const { bitmaps, task } = mediaWindow(1)
  await expect(readPictures(3, size, task)).rejects.toMatchObject({ code: 'media-failed' })
  await vi.waitFor(() => expect(bitmaps).toHaveLength(3))
  for (const { close } of bitmaps) await vi.waitFor(() => expect(close).toHaveBeenCalledOnce())
})

test('a picture that cannot be read either is not heard of once the cut before it failed', async () => {
  const { bitmaps, read, task } = mediaWindow(0)
  read.mockImplementation((name) =>
    name === 'picture0' ? Promise.resolve(new Blob()) : Promise.reject(new Error('gone')),
  )
  await expect(readPictures(2, size, task)).rejects.toMatchObject({ code: 'media-failed' })
  expect(bitmaps).toHaveLength(1)
})
