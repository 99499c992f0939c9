import { randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createHasher } from '../../../electron/downloads/hasher'
import { openPart } from '../../../electron/downloads/part'
import { halveWrites } from '../../support/file-calls'
import { temporaryFolder } from '../../support/folder'
import { sha256 } from './downloading'

const { signal } = new AbortController()
const bytes = randomBytes(5_000_000)

async function part(path = join(temporaryFolder(), 'job.part')) {
  const hasher = createHasher()
  const made = await openPart(path, hasher)
  onTestFinished(async () => {
    await made.close()
    await hasher.close()
  })
  return { part: made, path, hasher }
}

/** Sizes below, at and above those of the buffers. */
test.each([1, 7001, 1024 ** 2 - 1, 1024 ** 2, 1024 ** 2 + 1, 3_500_000])(
  'what is appended in pieces of %i bytes lies in the file and in the hash',
  async (size) => {
    const { part: made, path } = await part()
    const wanted = size === 1 ? bytes.subarray(0, 3000) : bytes
    for (let at = 0; at < wanted.length; at += size) await made.append(wanted.subarray(at, at + size))
    await made.flush()
    expect(made.length()).toBe(wanted.length)
    expect(readFileSync(path).equals(wanted)).toBe(true)
    expect(await made.digest()).toBe(sha256(wanted))
  },
)

test('a piece may be reused as soon as it was taken', async () => {
  const { part: made } = await part()
  const piece = Buffer.alloc(1000, 1)
  await made.append(piece)
  piece.fill(2)
  await made.flush()
  expect(await made.digest()).toBe(sha256(Buffer.alloc(1000, 1)))
})

test('what is kept is hashed, what is not is cut off', async () => {
  const path = join(temporaryFolder(), 'job.part')
  writeFileSync(path, bytes)
  const { part: made } = await part(path)
  expect(made.length()).toBe(bytes.length)
  expect(Buffer.from(await made.head(10)).equals(bytes.subarray(0, 10))).toBe(true)
  await made.keep(2_500_000, signal)
  await made.append(Buffer.from('end'))
  await made.flush()
  const wanted = Buffer.concat([bytes.subarray(0, 2_500_000), Buffer.from('end')])
  expect(readFileSync(path).equals(wanted)).toBe(true)
  expect(await made.digest()).toBe(sha256(wanted))
})

test('starting anew forgets what was hashed', async () => {
  const { part: made, path } = await part()
  await made.append(bytes)
  await made.flush()
  await made.keep(0, signal)
  expect(statSync(path).size).toBe(0)
  await made.append(Buffer.from('new'))
  await made.flush()
  expect(await made.digest()).toBe(sha256(Buffer.from('new')))
})

test('hashing what is kept can be stopped', async () => {
  const path = join(temporaryFolder(), 'job.part')
  writeFileSync(path, bytes)
  const { part: made } = await part(path)
  await expect(made.keep(5_000_000, AbortSignal.abort())).rejects.toThrow('aborted')
})

test('a disk that takes only part of a write gets the rest', async () => {
  const { part: made, path } = await part()
  await halveWrites(path)
  await made.append(bytes)
  await made.flush()
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

test('a full disk is told, however the bytes come', async () => {
  const { part: made } = await part('/dev/full')
  await made.append(Buffer.alloc(1000))
  await expect(made.flush()).rejects.toMatchObject({ code: 'ENOSPC' })
  await expect(made.flush()).rejects.toMatchObject({ code: 'ENOSPC' })
  const { part: large } = await part('/dev/full')
  await expect(large.append(bytes)).rejects.toMatchObject({ code: 'ENOSPC' })
})

test('several parts share one thread without mixing their bytes', async () => {
  const { part: first, hasher } = await part()
  const path = join(temporaryFolder(), 'other.part')
  const second = await openPart(path, hasher)
  for (let at = 0; at < 3_000_000; at += 300_000) {
    await first.append(bytes.subarray(at, at + 300_000))
    await second.append(bytes.subarray(at + 1, at + 300_001))
  }
  await Promise.all([first.flush(), second.flush()])
  const digests = await Promise.all([first.digest(), second.digest()])
  await second.close()
  expect(digests).toEqual([sha256(bytes.subarray(0, 3_000_000)), sha256(bytes.subarray(1, 3_000_001))])
})
