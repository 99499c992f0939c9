import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTransfers } from '../../../electron/media/transfers'
import { maxOutputChunk } from '../../../shared/media'
import { halveWrites } from '../../support/file-calls'
import { temporaryFolder } from '../../support/folder'
import { idOf } from '../../support/samples'

const task = idOf(1)

function scene() {
  const folder = temporaryFolder()
  const input = join(folder, 'in.mp4')
  const output = join(folder, 'out.part')
  writeFileSync(input, '0123456789')
  const transfers = createTransfers()
  transfers.open(task, { inputs: { clip: input }, outputs: { poster: output } })
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await transfers.handle(new Request(`app://inbetween${path}`, init))
    return { status: response.status, body: await response.text() }
  }
  const put = async (path: string, body: string | Uint8Array<ArrayBuffer>) =>
    (await ask(path, { method: 'PUT', body })).status
  return { folder, output, transfers, ask, put, written: () => readFileSync(output, 'utf8') }
}

test('an input is read, whole or in part', async () => {
  const { ask } = scene()
  expect(await ask(`/task/${task}/clip`)).toEqual({ status: 200, body: '0123456789' })
  const headers = { range: 'bytes=-3' }
  expect(await ask(`/task/${task}/clip`, { headers })).toEqual({ status: 206, body: '789' })
})

test('an output is written piece by piece, and pieces may be written over', async () => {
  const { put, written } = scene()
  expect(await put(`/task/${task}/poster?at=0`, 'abcdef')).toBe(204)
  expect(await put(`/task/${task}/poster?at=6`, 'ghi')).toBe(204)
  expect(await put(`/task/${task}/poster?at=2`, 'CD')).toBe(204)
  expect(written()).toBe('abCDefghi')
})

test('the first piece begins anew what an earlier try left', async () => {
  const { put, written, output } = scene()
  writeFileSync(output, 'a long half of an earlier try')
  await put(`/task/${task}/poster?at=0`, 'new')
  expect(written()).toBe('new')
})

const reads = [
  `/task/${task}/poster`,
  `/task/${task}/other`,
  `/task/${task}/`,
  `/task/${task}`,
  `/task/${task}/clip/more`,
  `/task/${task}/..%2f..%2fetc%2fpasswd`,
  `/task/${task}/%2e%2e`,
  `/task/${task}/clip%00`,
  `/task/${task}/constructor`,
  `/task/${task}/__proto__`,
  `/task/${task}/toString`,
  `/task/${idOf(2)}/clip`,
  '/task/constructor/clip',
  '/task/__proto__/clip',
  `/other/${task}/clip`,
  '/',
] as const

test.each(reads)('GET %s gives nothing', async (path) => {
  expect(await scene().ask(path)).toEqual({ status: 404, body: '' })
})

const writes = [
  `/task/${task}/clip?at=0`,
  `/task/${task}/other?at=0`,
  `/task/${task}/..%2fother?at=0`,
  `/task/${task}/__proto__?at=0`,
  `/task/${idOf(2)}/poster?at=0`,
  `/task/${task}/poster?at=-1`,
  `/task/${task}/poster?at=1.5`,
  `/task/${task}/poster?at=+1`,
  `/task/${task}/poster?at=NaN`,
  `/task/${task}/poster?at=1e400`,
  `/task/${task}/poster?at=9007199254740992`,
  `/task/${task}/poster?at=0x10`,
  `/task/${task}/poster?at=`,
  `/task/${task}/poster`,
] as const

test.each(writes)('PUT %s writes nothing', async (path) => {
  const { put, folder } = scene()
  expect(await put(path, 'evil')).toBe(404)
  expect(readdirSync(folder)).toEqual(['in.mp4'])
  expect(readFileSync(join(folder, 'in.mp4'), 'utf8')).toBe('0123456789')
})

test('a piece beyond the end would leave a hole: refused', async () => {
  const { put, written } = scene()
  expect(await put(`/task/${task}/poster?at=0`, 'abc')).toBe(204)
  for (const at of [4, 1_000_000_000_000]) {
    expect(await put(`/task/${task}/poster?at=${at}`, 'x')).toBe(409)
  }
  expect(written()).toBe('abc')
})

test('a piece may be as large as is said, and no larger', async () => {
  const { put, output } = scene()
  expect(await put(`/task/${task}/poster?at=0`, new Uint8Array(maxOutputChunk))).toBe(204)
  expect(readFileSync(output)).toHaveLength(maxOutputChunk)
  expect(await put(`/task/${task}/poster?at=0`, new Uint8Array(maxOutputChunk + 1))).toBe(413)
  expect(readFileSync(output)).toHaveLength(maxOutputChunk)
})

test('a task that is over reads and writes nothing more', async () => {
  const { ask, put, transfers, folder } = scene()
  transfers.close(task)
  expect((await ask(`/task/${task}/clip`)).status).toBe(404)
  expect(await put(`/task/${task}/poster?at=0`, 'late')).toBe(404)
  expect(readdirSync(folder)).toEqual(['in.mp4'])
})

test('an output that is a link is not followed: a library from elsewhere may hold one', async () => {
  const { put, output } = scene()
  const precious = join(temporaryFolder(), 'precious.txt')
  writeFileSync(precious, 'precious')
  symlinkSync(precious, output)
  for (const at of [0, 2]) {
    await expect(put(`/task/${task}/poster?at=${at}`, 'overwritten')).rejects.toMatchObject({ code: 'ELOOP' })
  }
  expect(readFileSync(precious, 'utf8')).toBe('precious')
})

test('a full disk is told by its own status, for the window to word it', async () => {
  const transfers = createTransfers()
  transfers.open(task, { inputs: {}, outputs: { poster: '/dev/full' } })
  const request = new Request(`app://inbetween/task/${task}/poster?at=0`, { method: 'PUT', body: 'x' })
  expect((await transfers.handle(request)).status).toBe(507)
})

test('a disk that takes less than it is given gets the rest too', async () => {
  const { put, written, folder } = scene()
  await halveWrites(join(folder, 'in.mp4'))
  expect(await put(`/task/${task}/poster?at=0`, 'abcdefghij')).toBe(204)
  expect(written()).toBe('abcdefghij')
})

test('a failing disk is an error, not a success', async () => {
  const { put, output } = scene()
  mkdirSync(output)
  await expect(put(`/task/${task}/poster?at=0`, 'x')).rejects.toMatchObject({ code: 'EISDIR' })
})
