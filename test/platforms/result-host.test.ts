import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/folder'
import { empty, htmlPage } from './answer'
import { send } from './client'
import { createClock } from './clock'
import { createRecord } from './record'
import { createResultHost, type ResultHostOptions } from './result-host'

const bytes = Buffer.from(Array.from({ length: 1000 }, (_item, index) => index % 251))
const file = {
  name: 'clip.mp4',
  contentType: 'video/mp4',
  source: bytes,
  linkTtlMs: null,
  purgeAt: null,
  decoy: false,
}

async function host(options: Partial<ResultHostOptions> = {}) {
  const clock = createClock()
  const record = createRecord()
  const made = await createResultHost({ clock, record, keys: () => ['secret'], ...options })
  onTestFinished(() => made.close())
  const id = made.add(file)
  return { host: made, clock, record, id, url: made.link(id) }
}

test('a whole file, its head, other methods', async () => {
  const { url } = await host()
  const whole = await send(url)
  expect(whole).toMatchObject({ status: 200, bytes })
  expect(whole.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '1000',
    'accept-ranges': 'bytes',
  })
  const head = await send(url, { method: 'HEAD' })
  expect(head.headers['etag']).toBe(whole.headers['etag'])
  expect(head.bytes).toHaveLength(0)
  expect((await send(url, { method: 'POST' })).status).toBe(405)
})

test.each([
  ['bytes=100-', 206, 'bytes 100-999/1000', 900],
  ['bytes=0-0', 206, 'bytes 0-0/1000', 1],
  ['bytes=-10', 206, 'bytes 990-999/1000', 10],
  ['bytes=990-5000', 206, 'bytes 990-999/1000', 10],
  ['bytes=1000-', 416, 'bytes */1000', 0],
  ['bytes=0-1,5-6', 200, undefined, 1000],
])('range %s', async (range, status, contentRange, length) => {
  const { url } = await host()
  const part = await send(url, { headers: { range } })
  expect([part.status, part.headers['content-range'], part.bytes.length]).toEqual([
    status,
    contentRange,
    length,
  ])
})

test('If-Range holds only while the bytes are the same', async () => {
  const { host: made, url, id } = await host()
  const etag = (await send(url)).headers['etag'] ?? ''
  const headers = { range: 'bytes=500-', 'if-range': etag }
  expect((await send(url, { headers })).status).toBe(206)
  made.replace(id, Buffer.alloc(1000))
  expect(await send(url, { headers })).toMatchObject({ status: 200, bytes: Buffer.alloc(1000) })
})

test('a file on disk is served the same way', async () => {
  const { host: made } = await host()
  const path = join(temporaryFolder(), 'large.mp4')
  writeFileSync(path, bytes)
  const url = made.link(made.add({ ...file, source: { path } }))
  expect((await send(url)).bytes).toEqual(bytes)
  expect((await send(url, { headers: { range: 'bytes=10-19' } })).bytes).toEqual(bytes.subarray(10, 20))
})

test('links expire by the clock or on command, and a new one works', async () => {
  const { host: made, clock } = await host({ deadLinkStatus: 403 })
  const id = made.add({ ...file, linkTtlMs: 1000 })
  const first = made.link(id)
  expect(made.link(id)).toBe(first)
  clock.advance(1000)
  const dead = await send(first)
  expect(dead).toMatchObject({ status: 403, headers: { 'content-type': 'application/xml' } })
  const second = made.link(id)
  expect((await send(second)).status).toBe(200)
  made.expireLinks(id)
  expect((await send(second)).status).toBe(403)
  made.purge(id)
  expect((await send(made.link(id))).status).toBe(403)
})

test('a cut comes after exactly the bytes asked for, and a range goes on from there', async () => {
  const { host: made, url } = await host()
  made.faults.add({ kind: 'cut', afterBytes: 300 })
  await expect(send(url)).rejects.toThrow('aborted')
  const rest = await send(url, { headers: { range: 'bytes=300-' } })
  expect(rest.bytes).toEqual(bytes.subarray(300))
})

test('spoiled answers: short, odd type, no range, wrong range, trickling, another answer', async () => {
  const { host: made, url } = await host()
  const range = { headers: { range: 'bytes=100-' } }
  made.faults.add({ kind: 'truncated', bytes: 10 })
  expect(await send(url)).toMatchObject({ status: 200, bytes: bytes.subarray(0, 10) })
  made.faults.add({ kind: 'content-type', contentType: 'text/html' })
  expect((await send(url)).headers['content-type']).toBe('text/html')
  made.faults.add({ kind: 'no-range' })
  expect(await send(url, range)).toMatchObject({ status: 200, bytes })
  made.faults.add({ kind: 'shifted-range', byBytes: 5 })
  expect((await send(url, range)).headers['content-range']).toBe('bytes 105-999/1000')
  made.faults.add({ kind: 'trickle', pieceBytes: 7 })
  expect((await send(url)).bytes).toEqual(bytes)
  made.faults.add({ kind: 'answer', answer: htmlPage(502) })
  expect((await send(url)).status).toBe(502)
  made.faults.add({ kind: 'answer', answer: empty(200) })
  expect((await send(url)).bytes).toHaveLength(0)
  const elsewhere = { ...empty(302), headers: { location: 'http://127.0.0.1:1/x' } }
  made.faults.add({ kind: 'answer', answer: elsewhere })
  expect((await send(url)).headers['location']).toBe('http://127.0.0.1:1/x')
})

test('a stalled answer goes on when it is let go', async () => {
  const { host: made, url, id } = await host()
  const { promise, resolve } = Promise.withResolvers<void>()
  made.faults.add({ kind: 'stall', afterBytes: 400, until: promise }, { fileId: id })
  const answer = await fetch(url)
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  expect(first?.value).toHaveLength(400)
  resolve()
  expect((await reader?.read())?.value).toHaveLength(600)
})

test('any sign of a key is recorded', async () => {
  const { record, url } = await host()
  await send(url, { headers: { authorization: 'Bearer x' } })
  await send(url, { headers: { 'x-note': 'a secret here' } })
  await send(`${url}?key=secret`)
  await send(url)
  const rules = record.violations.map(({ rule }) => rule)
  expect(rules).toEqual(['key-on-result-host', 'key-on-result-host', 'key-on-result-host'])
  expect(record.hostRequests.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})
