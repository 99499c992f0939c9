import { expect, test } from 'vitest'
import { textOf } from '../../../electron/bucket/xml'
import { send } from '../client'
import { s3Practice, type S3Options } from './s3'
import { codeIn, presigned, s3, sendSigned, signed } from './s3-client'

/** A bucket with three objects, and what a signed list of it answers. */
async function shelf(options: S3Options = {}) {
  const { server, url } = await s3(options)
  for (const name of ['b/2.png', 'a.png', 'b/1&<.png']) server.add(name)
  const base = `${server.origin}/${s3Practice.bucket}`
  const list = (query: string, slash = '/') => sendSigned({ url: `${base}${slash}?${query}`, method: 'GET' })
  return { server, url, base, list }
}

const keysIn = (text: string) => [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key)

test.each(['', '/'])('by prefix, in order, with size and time; bucket%s', async (slash) => {
  const { list } = await shelf()
  const { status, text, headers } = await list('list-type=2&prefix=b%2F', slash)
  expect([status, headers['content-type'], keysIn(text)]).toEqual([
    200,
    'application/xml',
    ['b/1&amp;&lt;.png', 'b/2.png'],
  ])
  expect(text).toContain('<LastModified>2026-11-21T12:00:00.000Z</LastModified>')
  expect(text).toContain('<KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>')
})

test('its own clock tells when', async () => {
  const { list } = await shelf({ skewMs: 60_000 })
  expect((await list('list-type=2')).text).toContain('<LastModified>2026-11-21T12:01:00.000Z</LastModified>')
})

test.each([
  ['what is asked for', {}, '&max-keys=2'],
  ['what the store gives', { pageSize: 2 }, ''],
])('page by page, as many as %s', async (_what, options, more) => {
  const { list } = await shelf(options)
  const first = await list(`list-type=2${more}`)
  expect(keysIn(first.text)).toEqual(['a.png', 'b/1&amp;&lt;.png'])
  expect(first.text).toContain('<IsTruncated>true</IsTruncated>')
  const token = encodeURIComponent(textOf(first.text, 'NextContinuationToken') ?? '')
  const second = await list(`list-type=2${more}&continuation-token=${token}`)
  expect(keysIn(second.text)).toEqual(['b/2.png'])
  expect(second.text).not.toContain('<NextContinuationToken>')
})

test.each([
  'prefix=b',
  'list-type=1',
  'list-type=2&max-keys=many',
  'list-type=2&continuation-token=made-up',
  'list-type=2&start-after=a',
])('%s: refused', async (query) => {
  const { list } = await shelf()
  const { status, text } = await list(query)
  expect([status, codeIn(text)]).toEqual([400, 'InvalidArgument'])
})

test('the signature covers the query; a link may list, too', async () => {
  const { base } = await shelf()
  expect(codeIn((await send(`${base}?list-type=2`)).text)).toBe('AccessDenied')
  const { url, headers } = await signed({ url: `${base}?list-type=2&prefix=a`, method: 'GET' })
  const other = await send(url.replace('prefix=a', 'prefix=b'), { headers })
  expect(codeIn(other.text)).toBe('SignatureDoesNotMatch')
  const { url: link } = await signed({
    url: `${base}?list-type=2&X-Amz-Expires=60`,
    method: 'GET',
    signQuery: true,
  })
  expect(keysIn((await send(link)).text)).toHaveLength(3)
})

test('without the right: refused, and not told what is missing', async () => {
  let mayList = false
  const { list, url } = await shelf({ mayList: () => mayList })
  const { status, text } = await list('list-type=2')
  expect([status, codeIn(text)]).toEqual([403, 'AccessDenied'])
  expect(codeIn((await send(await presigned(url))).text)).toBe('AccessDenied')
  mayList = true
  expect((await list('list-type=2')).status).toBe(200)
})

test('of the bucket itself, nothing but HEAD and GET', async () => {
  const { base } = await shelf()
  expect((await sendSigned({ url: `${base}/`, method: 'PUT' })).status).toBe(405)
})
