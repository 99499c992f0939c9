import { expect, test, vi } from 'vitest'
import { uploadFile } from '../../../renderer/intake/upload'
import { AppError } from '../../../shared/error'
import { stillOf } from '../support/pieces'

const answered = { kind: 'still', name: 'a b.png', still: stillOf(1) } as const

test('bytes are sent under their name', async () => {
  const send = vi.fn(() => Promise.resolve(Response.json(answered)))
  const file = new File(['abc'], 'a b&c.png')
  expect(await uploadFile(file, send)).toEqual(answered)
  expect(send).toHaveBeenCalledExactlyOnceWith('/import?name=a%20b%26c.png', { method: 'POST', body: file })
})

test('a file over 100 MB never leaves the page', async () => {
  const send = vi.fn()
  const huge = Object.defineProperty(new File([], 'huge.png'), 'size', { value: 100_000_001 })
  expect(await uploadFile(huge, send)).toMatchObject({ kind: 'refused', error: { code: 'too-large' } })
  expect(send).not.toHaveBeenCalled()
})

test('a page instead of a result is a failure, not a result', async () => {
  const send = () => Promise.resolve(new Response('<h1>oh</h1>', { status: 500 }))
  await expect(uploadFile(new File(['a'], 'a.png'), send)).rejects.toBeInstanceOf(AppError)
  const odd = () => Promise.resolve(Response.json({ kind: 'other' }))
  await expect(uploadFile(new File(['a'], 'a.png'), odd)).rejects.toBeInstanceOf(AppError)
})
