import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { Elsewhere } from '../../../electron/providers/provider'
import { maxLinkLifetimeS } from '../../../electron/bucket/signer'
import { Redacted } from '../../../electron/keys/redacted'
import { Unreachable } from '../../../electron/providers/provider'
import { send } from '../../platforms/client'
import { s3Practice } from '../../platforms/s3/s3'
import { sha256 } from '../../platforms/s3/s3-canonical'
import { denied, unavailable } from '../../platforms/s3/s3-faults'
import { codeOf, failureOf } from '../../support/failure'
import { bucketScene, keyText, picture, realSend } from './scene'

test('put, open by the link alone, remove', async () => {
  const { server, bucket, settings } = await bucketScene()
  const name = bucket.newName('png')
  expect(name).toBe('inbetween/00000000000000000000000000000001.png')
  await bucket.put(name, picture, 'image/png')
  expect(server.objects().get(name)).toMatchObject({
    bytes: Buffer.from('the picture'),
    contentType: 'image/png',
  })
  const link = await bucket.presign(name, 600)
  expect(link).toContain(`${settings.endpoint}/${settings.bucket}/${name}?`)
  expect(new URL(link).host).toBe(bucket.host)
  expect(await send(link)).toMatchObject({
    status: 200,
    text: 'the picture',
    headers: { 'content-type': 'image/png' },
  })
  await bucket.remove(name)
  expect([server.objects().size, server.deletions()]).toEqual([0, [name]])
  await bucket.remove(name)
  expect(server.record.violations).toEqual([])
})

test('a body goes unsigned, or with its hash', async () => {
  const { server, bucket, sent } = await bucketScene()
  const name = bucket.newName('png')
  const hash = sha256('the picture')
  await bucket.put(name, picture, 'image/png')
  await bucket.put(name, picture, 'image/png', hash)
  expect(sent.map(({ headers }) => headers['x-amz-content-sha256'])).toEqual(['UNSIGNED-PAYLOAD', hash])
  await bucket.remove(name)
  const error = await failureOf(() => bucket.put(name, picture, 'image/png', sha256('another')))
  expect(error.code).toBe('provider-failed')
  expect(error.message).toContain('did not take the file: “The provided')
  expect(server.objects().size).toBe(0)
})

test('the link lives by the injected clock, as long as was asked', async () => {
  const { server, bucket } = await bucketScene()
  const name = bucket.newName('png')
  await bucket.put(name, picture, 'image/png')
  const link = await bucket.presign(name, maxLinkLifetimeS)
  expect(new URL(link).searchParams.get('X-Amz-Date')).toBe('20261121T120000Z')
  server.clock.advance(maxLinkLifetimeS * 1000 - 1)
  expect((await send(link)).status).toBe(200)
  server.clock.advance(1)
  expect((await send(link)).status).toBe(403)
})

test.each([0, -1, 1.5, Number.NaN, maxLinkLifetimeS + 1])('no link lives %s s', async (lifetimeS) => {
  const { bucket } = await bucketScene()
  await expect(bucket.presign(bucket.newName('png'), lifetimeS)).rejects.toThrow(RangeError)
})

test('virtual-host style: the bucket stands before the endpoint', async () => {
  const real = realSend()
  let origin = ''
  // No name of ours resolves here, so the request goes to the loopback under its own Host.
  const toLoopback: Elsewhere = (request) => {
    const { host, pathname, search } = new URL(request.url)
    return real({
      ...request,
      url: `${origin}${pathname}${search}`,
      headers: { ...request.headers, host },
    })
  }
  const { server, bucket } = await bucketScene({
    settings: { endpoint: 'https://s3.practice.test/', pathStyle: false },
    deps: { send: toLoopback, allowLoopback: false },
  })
  ;({ origin } = server)
  expect(bucket.host).toBe(`${s3Practice.bucket}.s3.practice.test`)
  await bucket.test()
  const name = bucket.newName('jpg')
  expect(await bucket.presign(name, 60)).toContain(
    `https://${s3Practice.bucket}.s3.practice.test/${name}?X-Amz-`,
  )
  expect(server.deletions()).toHaveLength(1)
})

test.each(['other/x.png', 'inbetween/../x.png', `inbetween/${'0'.repeat(32)}.png?x`, ''])(
  'the name %j is not one of ours',
  async (name) => {
    const { bucket, sent } = await bucketScene()
    await expect(bucket.put(name, picture, 'image/png')).rejects.toThrow('not a name of ours')
    await expect(bucket.remove(name)).rejects.toThrow('not a name of ours')
    await expect(async () => bucket.presign(name, 60)).rejects.toThrow('not a name of ours')
    expect(sent).toEqual([])
  },
)

test('random digits that are too few make no name', async () => {
  const { bucket } = await bucketScene({ deps: { random: () => 'abc' } })
  expect(() => bucket.newName('png')).toThrow('not a name of ours')
})

test.each([
  ['http://192.0.2.1:9000', 'https'],
  ['http://s3.example.com', 'https'],
  ['http://localhost:9000', 'https'],
])('%s would send pictures in clear', async (endpoint) => {
  const error = await failureOf(() => bucketScene({ settings: { endpoint } }))
  expect([error.code, error.message]).toEqual([
    'bad-request',
    'The endpoint must be https:// and a host name. Nothing was sent.',
  ])
})

test('the loopback in clear is for practice only', async () => {
  expect(await codeOf(() => bucketScene({ deps: { allowLoopback: false } }))).toBe('bad-request')
})

test('settings and keys that cannot be right make no bucket', async () => {
  const name = await failureOf(() => bucketScene({ settings: { bucket: 'My Bucket' } }))
  expect(name.message).toMatch(/^The bucket’s name has 3 to 63 .* Nothing was sent\.$/)
  expect(await codeOf(() => bucketScene({ deps: { keys: new Redacted('one-key') } }))).toBe('bad-request')
})

test('what is refused says so; what is not answered may be tried again', async () => {
  const { server, bucket } = await bucketScene()
  const name = bucket.newName('png')
  const put = () => bucket.put(name, picture, 'image/png')
  server.faults.add(unavailable)
  expect(await codeOf(put)).toBe('provider-down')
  server.faults.add(denied)
  expect(await codeOf(put)).toBe('forbidden')
  server.faults.add({ kind: 'cut', acted: true })
  await expect(put()).rejects.toThrow(Unreachable)
  server.faults.add(denied)
  const removal = await failureOf(() => bucket.remove(name))
  expect([removal.code, removal.message.includes(name)]).toEqual(['forbidden', true])
})

test('the secret is in nothing that goes out, is thrown or can be printed', async () => {
  const { server, bucket, sent } = await bucketScene()
  const { secretAccessKey } = s3Practice
  await bucket.test()
  const link = await bucket.presign(bucket.newName('png'), 60)
  const message = `Only https://x/?X-Amz-Signature=0123456789abcdef&a=b may`
  const text = `<Error><Code>Odd</Code><Message>${message.replace('&', '&amp;')}</Message></Error>`
  server.faults.add({
    kind: 'answer',
    answer: { status: 400, body: { text, contentType: 'application/xml' } },
  })
  const error = await failureOf(() => bucket.put(bucket.newName('png'), picture, 'image/png'))
  const everything = inspect([sent, link, error, bucket, error.details], { depth: 9, showHidden: true })
  for (const secret of [secretAccessKey, encodeURIComponent(secretAccessKey), keyText, '0123456789abcdef']) {
    expect(everything).not.toContain(secret)
  }
  expect(server.record.violations).toEqual([])
})
