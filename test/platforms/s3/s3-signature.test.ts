import { expect, test } from 'vitest'
import { send } from '../client'
import { createClock } from '../clock'
import { s3Practice } from './s3'
import { sha256, signatureOf } from './s3-canonical'
import { bytes, codeIn, presigned, put, s3, sendSigned, signed, type Signing } from './s3-client'

const { secretAccessKey } = s3Practice

/** The examples of AmazonS3/latest/API/sig-v4-header-based-auth and sigv4-query-string-auth. */
const awsExample = {
  region: 'us-east-1',
  bucket: 'examplebucket',
  domain: 's3.amazonaws.com',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const host = 'examplebucket.s3.amazonaws.com'
const dateTime = '20130524T000000Z'
const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

test.each([
  [
    'GET object',
    { method: 'GET', path: '/test.txt', query: '', headers: { host, range: 'bytes=0-9' } },
    emptyHash,
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'PUT object',
    {
      method: 'PUT',
      path: '/test$file.text',
      query: '',
      headers: {
        host,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      },
    },
    '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'GET bucket lifecycle',
    { method: 'GET', path: '/', query: 'lifecycle', headers: { host } },
    emptyHash,
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'list objects',
    { method: 'GET', path: '/', query: 'prefix=J&max-keys=2', headers: { host } },
    emptyHash,
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])('AWS’s own example: %s', (_name, request, payloadHash, signature) => {
  const headers = { ...request.headers, 'x-amz-date': dateTime, 'x-amz-content-sha256': payloadHash }
  const signedHeaders = Object.keys(headers).toSorted()
  const scope = { day: '20130524', region: 'us-east-1' }
  const { secretAccessKey: secret } = awsExample
  const made = signatureOf(
    { ...request, headers },
    { secretAccessKey: secret, scope, dateTime, signedHeaders, payloadHash },
  )
  expect(made).toBe(signature)
})

test('AWS’s own examples over HTTP: PUT by header, and the presigned GET', async () => {
  const clock = createClock(() => Date.UTC(2013, 4, 24))
  const { server } = await s3({ ...awsExample, clock })
  const content = Buffer.from('Welcome to Amazon S3.')
  const headers = {
    host,
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    'x-amz-date': dateTime,
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': sha256(content),
    authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd`,
  }
  const stored = await send(`${server.origin}/test$file.text`, { method: 'PUT', headers, bytes: content })
  expect([stored.status, server.objects().get('test$file.text')?.bytes]).toEqual([200, content])

  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=${dateTime}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`
  const get = () => send(`${server.origin}/test.txt?${query}`, { headers: { host } })
  // Past the door, and nothing there.
  expect(codeIn((await get()).text)).toBe('NoSuchKey')
  clock.advance(86_399_000)
  expect(codeIn((await get()).text)).toBe('NoSuchKey')
  clock.advance(1000)
  expect((await get()).text).toContain('Request has expired')
})

test.each<[string, string, Partial<Signing>]>([
  ['another key id', 'InvalidAccessKeyId', { accessKeyId: 'ANOTHER' }],
  ['another secret', 'SignatureDoesNotMatch', { secretAccessKey: `${secretAccessKey}x` }],
  ['another region', 'AuthorizationHeaderMalformed', { region: 'us-east-1' }],
  [
    'another service',
    'AuthorizationHeaderMalformed',
    { service: 'ec2', headers: { 'x-amz-content-sha256': sha256(bytes) } },
  ],
  ['a time 15 min 1 s before', 'RequestTimeTooSkewed', { datetime: '20261121T114459Z' }],
  ['a time 15 min 1 s after', 'RequestTimeTooSkewed', { datetime: '20261121T121501Z' }],
  ['a content type outside the signature', 'AccessDenied', { allHeaders: false }],
  [
    'the hash of other bytes',
    'XAmzContentSHA256Mismatch',
    { headers: { 'x-amz-content-sha256': sha256('other') } },
  ],
  ['a hash that is none', 'InvalidArgument', { headers: { 'x-amz-content-sha256': 'x' } }],
])('%s: %s', async (_what, code, signing) => {
  const { server, url } = await s3()
  expect(codeIn((await put(url, signing)).text)).toBe(code)
  expect(server.objects().size).toBe(0)
})

test.each([
  ['15 min before', '20261121T114500Z'],
  ['15 min after', '20261121T121500Z'],
])('%s is in time', async (_what, datetime) => {
  const { url } = await s3()
  expect((await put(url, { datetime })).status).toBe(200)
})

test('the true hash of the body passes, and only with these bytes', async () => {
  const { url } = await s3()
  const headers = { 'x-amz-content-sha256': sha256(bytes) }
  const request = { url, method: 'PUT', headers }
  expect((await sendSigned(request, { bytes })).status).toBe(200)
  const { text } = await sendSigned(request, { bytes: Buffer.from('the pictures') })
  expect(codeIn(text)).toBe('XAmzContentSHA256Mismatch')
})

const flipped = (text: string) => (text.endsWith('0') ? `${text.slice(0, -1)}1` : `${text.slice(0, -1)}0`)

test.each<[string, (url: URL) => void]>([
  ['signature', ({ searchParams: q }) => q.set('X-Amz-Signature', flipped(q.get('X-Amz-Signature') ?? ''))],
  ['path', (url) => (url.pathname = url.pathname.replace('.png', '.pnh'))],
  ['date', ({ searchParams: q }) => q.set('X-Amz-Date', '20261121T120001Z')],
  ['expires', ({ searchParams: q }) => q.set('X-Amz-Expires', '601')],
  ['another parameter', ({ searchParams: q }) => q.set('response-content-type', 'text/html')],
])('a link whose %s was changed is refused', async (_what, change) => {
  const { url } = await s3()
  await put(url)
  const link = new URL(await presigned(url))
  expect((await send(link.toString())).status).toBe(200)
  change(link)
  const { status, text } = await send(link.toString())
  expect([status, codeIn(text)]).toEqual([403, 'SignatureDoesNotMatch'])
})

test.each<[string, (headers: Record<string, string>) => Record<string, string>]>([
  ['signature', (h) => ({ ...h, authorization: flipped(h['authorization'] ?? '') })],
  ['date', (h) => ({ ...h, 'x-amz-date': '20261121T120001Z' })],
  ['content type', (h) => ({ ...h, 'content-type': 'image/pnh' })],
  ['hash', (h) => ({ ...h, 'x-amz-content-sha256': sha256(bytes) })],
])('a put whose %s was changed is refused', async (_what, change) => {
  const { server, url } = await s3()
  const request = await signed({
    url,
    method: 'PUT',
    headers: { 'content-type': 'image/png' },
    allHeaders: true,
  })
  const changed = await send(url, { method: 'PUT', bytes, headers: change(request.headers) })
  expect(codeIn(changed.text)).toBe('SignatureDoesNotMatch')
  const path = await send(url.replace('.png', '.pnh'), { ...request, bytes })
  expect(codeIn(path.text)).toBe('SignatureDoesNotMatch')
  expect(server.objects().size).toBe(0)
})

test('the life of a link is judged by the server’s clock', async () => {
  const { server, url } = await s3()
  await put(url)
  const link = await presigned(url, '600')
  const ofTomorrow = await presigned(url, '600', { datetime: '20261122T120000Z' })
  expect((await send(ofTomorrow)).text).toContain('Request is not yet valid')
  server.clock.advance(599_999)
  expect((await send(link)).status).toBe(200)
  server.clock.advance(1)
  const late = await send(link)
  expect([late.status, codeIn(late.text)]).toEqual([403, 'AccessDenied'])
  expect(late.text).toContain('<Expires>2026-11-21T12:10:00Z</Expires>')
})

test.each(['0', '604801', '1.5', '-1', 'x', ''])('a link for %s s is none', async (expires) => {
  const { url } = await s3()
  const { text } = await send(await presigned(url, expires))
  expect(codeIn(text)).toBe('AuthorizationQueryParametersError')
})

test('a link for a week is one', async () => {
  const { url } = await s3()
  expect(codeIn((await send(await presigned(url, '604800'))).text)).toBe('NoSuchKey')
})
