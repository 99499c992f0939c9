import { describe, expect, test } from 'vitest'
import { failure } from '../answer'
import { send } from '../client'
import { createClock } from '../clock'
import { createInferenceshServer, inferenceshPracticeKey } from './inferencesh'
import { auth, fixture, inferencesh, put } from './inferencesh-client'
import type { InferenceshPlan } from './inferencesh-view'
import { createPlatformState } from '../jobs'
import { createRecord } from '../record'
import { createResultHost } from '../result-host'

const png = { 'content-type': 'image/png' }

describe('an upload', () => {
  test('is reserved, then put without a key, then there', async () => {
    const { server, reserved } = await inferencesh()
    const upload = await reserved()
    expect(upload).toMatchObject({ filename: 'a.png', content_type: 'image/png' })
    expect(upload.size).toBe(fixture('a.png').length)
    expect(new URL(upload.upload_url).origin).not.toBe(server.origin)
    expect((await send(upload.uri)).status).toBe(404)
    expect((await put(upload.upload_url, fixture('a.png'), png)).status).toBe(200)
    expect((await send(upload.uri)).bytes).toEqual(fixture('a.png'))
    expect(server.record.violations).toEqual([])
  })

  test('the storage refuses a key, and it is recorded', async () => {
    const { server, reserved } = await inferencesh()
    const { upload_url, uri } = await reserved()
    expect(await put(upload_url, fixture('a.png'), { ...png, ...auth })).toMatchObject({
      status: 400,
      text: '<Error><Code>InvalidArgument</Code></Error>',
    })
    expect(new Set(server.record.violations.map(({ rule }) => rule))).toEqual(new Set(['key-on-result-host']))
    expect((await send(uri)).status).toBe(404)
  })

  test('the storage refuses another type, another size, no length, no signature, a late one', async () => {
    const { server, reserved } = await inferencesh({ uploadLinkTtlMs: 60_000 })
    const { upload_url, uri } = await reserved()
    const bytes = fixture('a.png')
    expect((await put(upload_url, bytes, { 'content-type': 'image/jpeg' })).status).toBe(403)
    expect((await put(upload_url, bytes, {})).status).toBe(403)
    expect((await put(upload_url, bytes.subarray(1), png)).status).toBe(400)
    const chunked = { ...png, 'transfer-encoding': 'chunked' }
    expect((await send(upload_url, { method: 'PUT', bytes, headers: chunked })).status).toBe(411)
    expect((await put(uri, bytes, png)).status).toBe(403)
    expect((await put(`${upload_url}0`, bytes, png)).status).toBe(403)
    expect((await put(new URL('/f/x/y/z', uri).href, bytes, png)).status).toBe(404)
    server.clock.advance(60_000)
    expect((await put(upload_url, bytes, png)).status).toBe(403)
    expect((await send(uri)).status).toBe(404)
  })

  test.each([
    ['no files', { files: [] }],
    ['a uri of its own', { files: [{ uri: 'x', filename: 'a', content_type: 'image/png', size: 1 }] }],
    ['no size', { files: [{ uri: '', filename: 'a', content_type: 'image/png' }] }],
    ['an unknown key', { files: [{ uri: '', filename: 'a', content_type: 'image/png', size: 1, key: 1 }] }],
    ['a type that is none', { files: [{ uri: '', filename: 'a', content_type: 'png', size: 1 }] }],
  ])('is refused with %s', async (_what, body) => {
    const { at } = await inferencesh()
    expect((await at('/files', { method: 'POST', body })).status).toBe(400)
  })

  test('faults of the route put: another answer, a cut before and after the bytes are stored', async () => {
    const { server, reserved } = await inferencesh()
    const { upload_url, uri } = await reserved()
    const bytes = fixture('a.png')
    const answer = failure(503, 'slow down')
    server.faults.add({ kind: 'answer', acted: false, answer }, { route: 'put' })
    expect((await put(upload_url, bytes, png)).status).toBe(503)
    server.faults.add({ kind: 'cut', acted: false }, { route: 'put' })
    await expect(put(upload_url, bytes, png)).rejects.toThrow()
    expect((await send(uri)).status).toBe(404)
    server.faults.add({ kind: 'cut', acted: true }, { route: 'put' })
    await expect(put(upload_url, bytes, png)).rejects.toThrow()
    expect((await send(uri)).status).toBe(200)
    expect(server.faults.left()).toBe(0)
  })

  test('survives a restart that shares the host, and can still be put', async () => {
    const clock = createClock()
    const host = await createResultHost({ clock, record: createRecord(), keys: () => [] })
    const state = createPlatformState<InferenceshPlan>()
    const before = await createInferenceshServer({ clock, host, state })
    const files = [{ uri: '', filename: 'a', content_type: 'image/png', size: fixture('a.png').length }]
    const told = await send(`${before.origin}/files`, { method: 'POST', headers: auth, body: { files } })
    await before.close()
    const after = await inferencesh({ clock, host, state })
    const [upload] = JSON.parse(told.text).data
    expect((await put(upload.upload_url, fixture('a.png'), png)).status).toBe(200)
    await after.started({ prompt: 'x', image: upload.uri })
    expect(after.server.record.pictures).toHaveLength(1)
    await host.close()
  })
})

describe('files of an input', () => {
  const hosted = { name: 'p.png', contentType: 'image/png', linkTtlMs: null, purgeAt: null, decoy: false }

  test('never put, expired, of another account, of a wrong kind or too large: the task fails free of charge', async () => {
    const keys = [
      { key: inferenceshPracticeKey, account: 'studio' },
      { key: 'inf_other', account: 'elsewhere' },
    ]
    const { server, at, started, poll, reserved, uploaded } = await inferencesh({
      keys,
      uploadTtlMs: 3_600_000,
    })
    const expired = await uploaded()
    server.clock.advance(3_600_000)
    const missing = await reserved()
    const foreign = await at('/files', {
      method: 'POST',
      headers: { authorization: 'Bearer inf_other' },
      body: { files: [{ uri: '', filename: 'a', content_type: 'image/png', size: fixture('a.png').length }] },
    })
    const [theirs] = JSON.parse(foreign.text).data
    expect((await put(theirs.upload_url, fixture('a.png'), png)).status).toBe(200)
    const webp = await uploaded('square.webp', 'image/webp')
    const text = await uploaded('text.png')
    const huge = await reserved('a.png', 'image/png', 20_000_001)
    expect((await put(huge.upload_url, Buffer.alloc(20_000_001), png)).status).toBe(200)
    const bad = [expired, missing, theirs, webp, text, huge, { uri: 'inf://files/1' }]
    for (const { uri } of [...bad, { uri: 'http://127.0.0.1:1/a.png' }]) {
      const id = await started({ prompt: 'x', image: uri })
      server.clock.advance(20_999)
      expect((await poll(id)).status).toBe(4)
      server.clock.advance(1)
      const task = await poll(id)
      expect(task).toMatchObject({ status: 11, output: null })
      expect(task.error).toMatch(/^Video generation failed: /)
    }
    expect(server.bill.owed()).toBe(0)
    expect(server.record.violations.map(({ rule }) => rule)).toEqual([
      'picture-unreachable',
      'picture-unreachable',
      'picture-unreachable',
      'picture-wrong-type',
      'picture-wrong-type',
      'picture-unreachable',
      'picture-unreachable',
    ])
  })

  test('any web address, references and a video to extend are really fetched', async () => {
    const { server, started, poll, uploaded } = await inferencesh()
    const { host, record } = server
    const image = host.link(host.add({ ...hosted, source: fixture('a.png') }))
    const video = await uploaded('clip.mp4', 'video/mp4')
    const reference = await uploaded('b.png')
    const first = await started({ prompt: 'x', image, reference_images: [reference.uri] })
    const second = await started({ prompt: 'x', video: video.uri })
    server.clock.advance(60_000)
    expect((await poll(first)).status).toBe(10)
    expect((await poll(second)).status).toBe(10)
    expect(record.pictures.map(({ url }) => url).toSorted()).toEqual(
      [image, reference.uri, video.uri].toSorted(),
    )
    const picture = await started({ prompt: 'x', video: reference.uri })
    server.clock.advance(60_000)
    expect((await poll(picture)).status).toBe(11)
  })

  test('knob: the older inf:// addresses', async () => {
    const { server, started, poll, uploaded } = await inferencesh({ uriForm: 'inf' })
    const { uri } = await uploaded()
    expect(uri).toMatch(/^inf:\/\/files\//)
    const id = await started({ prompt: 'x', image: uri })
    server.clock.advance(60_000)
    expect((await poll(id)).status).toBe(10)
  })
})
