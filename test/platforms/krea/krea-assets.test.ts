import { describe, expect, test } from 'vitest'
import { failure } from '../answer'
import { form, send } from '../client'
import { fixture, krea, uploaded } from './krea-client'

describe('pictures that the platform cannot use', () => {
  const hosted = { name: 'p.png', contentType: 'image/png', linkTtlMs: null, purgeAt: null, decoy: false }

  test('unreachable, forbidden, not a picture, wrongly declared: the job fails free of charge, and it is recorded', async () => {
    const { server, started, poll } = await krea()
    const { host, record } = server
    const text = host.link(host.add({ ...hosted, source: fixture('text.png') }))
    const jpeg = host.link(host.add({ ...hosted, source: fixture('portrait.jpg') }))
    const locked = host.add({ ...hosted, source: fixture('a.png') })
    host.faults.add({ kind: 'answer', answer: failure(403, 'no') }, { fileId: locked })
    for (const start_image of ['http://127.0.0.1:1/a.png', host.link(locked), text, jpeg]) {
      const job = await poll(await started({ prompt: 'x', start_image }))
      expect(job).toMatchObject({ status: 'failed', error: { code: 'invalid_image' } })
    }
    expect(record.violations.map(({ rule }) => rule)).toEqual([
      'picture-unreachable',
      'picture-needs-key',
      'picture-wrong-type',
      'picture-wrong-type',
    ])
    expect(server.bill.owed()).toBe(0)
  })

  test('an upload that has expired or was deleted', async () => {
    const { server, at, started, poll } = await krea({ assetTtlMs: 3_600_000 })
    const late = await uploaded(at)
    const deleted = await uploaded(at)
    expect((await at(`/assets/${deleted.id}`, { method: 'DELETE' })).status).toBe(200)
    server.clock.advance(3_600_000)
    for (const { image_url: start_image } of [late, deleted]) {
      expect((await poll(await started({ prompt: 'x', start_image }))).status).toBe('failed')
    }
  })
})

describe('uploads', () => {
  test('are told with size and type, listed, shown and deleted', async () => {
    const { at } = await krea()
    const { headers, body } = await form(
      { name: 'a.png', type: 'image/png', bytes: fixture('a.png') },
      { description: 'd' },
    )
    const answer = await at('/assets', { method: 'POST', headers, bytes: body })
    const asset = JSON.parse(answer.text)
    expect(asset).toMatchObject({ width: 1280, height: 720, mime_type: 'image/png', description: 'd' })
    expect(asset.size_bytes).toBe(fixture('a.png').length)
    expect(JSON.parse((await at('/assets?limit=1')).text)).toEqual({ items: [asset], next_cursor: null })
    expect(JSON.parse((await at(`/assets/${asset.id}`)).text)).toEqual(asset)
    await at(`/assets/${asset.id}`, { method: 'DELETE' })
    expect((await at(`/assets/${asset.id}`)).status).toBe(404)
    expect((await send(asset.image_url)).status).toBe(404)
  })

  test.each([
    ['image/jpg', 'portrait.jpg', 'image/jpg', {}],
    ['a type that does not fit the bytes', 'portrait.jpg', 'image/png', {}],
    ['GIF', 'animated.gif', 'image/gif', {}],
    ['no bytes', 'empty.png', 'image/png', {}],
    ['an unknown field', 'a.png', 'image/png', { folder: 'x' }],
  ])('refuse %s', async (_what, name, type, fields) => {
    const { at } = await krea()
    const { headers, body } = await form({ name, type, bytes: fixture(name) }, fields)
    expect((await at('/assets', { method: 'POST', headers, bytes: body })).status).toBe(400)
  })

  test('refuse more than 75 MB', async () => {
    const { at } = await krea()
    const { headers, body } = await form({
      name: 'a.png',
      type: 'image/png',
      bytes: Buffer.alloc(75_000_001),
    })
    expect((await at('/assets', { method: 'POST', headers, bytes: body })).status).toBe(400)
  })
})
