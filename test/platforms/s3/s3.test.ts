import { expect, test } from 'vitest'
import { until } from '../../support/until'
import { send } from '../client'
import { s3Practice } from './s3'
import { bytes, codeIn, name, presigned, put, s3, sendSigned, signed } from './s3-client'
import { denied, unavailable } from './s3-faults'

const { bucket } = s3Practice

test('put, head, a link without credentials, delete', async () => {
  const { server, url } = await s3()
  expect((await put(url)).status).toBe(200)
  expect(server.objects().get(name)).toMatchObject({ bytes, contentType: 'image/png' })
  const head = await sendSigned({ url, method: 'HEAD' })
  expect([head.status, head.headers['content-length']]).toEqual([200, '11'])
  const got = await send(await presigned(url))
  expect(got).toMatchObject({ status: 200, bytes, headers: { 'content-type': 'image/png' } })
  expect((await sendSigned({ url, method: 'DELETE' })).status).toBe(204)
  expect([server.objects().size, server.deletions()]).toEqual([0, [name]])
  expect((await sendSigned({ url, method: 'DELETE' })).status).toBe(204)
  expect(server.deletions()).toEqual([name])
  expect(codeIn((await send(await presigned(url))).text)).toBe('NoSuchKey')
  expect((await sendSigned({ url: `${server.origin}/${bucket}`, method: 'HEAD' })).status).toBe(200)
  expect(server.record.requests.map(({ method, status }) => `${method} ${status}`)).toContain('DELETE 204')
  expect(server.record.violations).toEqual([])
})

test('names with every kind of sign, in both styles', async () => {
  const { server } = await s3()
  const odd = "a b+c/ü~!'()*&=?#%25.png"
  const path = odd.split('/').map(encodeURIComponent).join('/')
  expect((await put(`${server.origin}/${bucket}/${path}`)).status).toBe(200)
  expect(server.objects().has(odd)).toBe(true)
  const { port } = new URL(server.origin)
  const virtual = `http://${bucket}.s3.practice.test:${port}`
  const link = new URL(await presigned(`${virtual}/${path}`))
  const got = await send(`${server.origin}${link.pathname}${link.search}`, { headers: { host: link.host } })
  expect(got).toMatchObject({ status: 200, bytes })
})

test('its own time may be off', async () => {
  const { url } = await s3({ skewMs: -20 * 60_000 })
  const { text, headers } = await put(url)
  expect(codeIn(text)).toBe('RequestTimeTooSkewed')
  expect(text).toContain('<ServerTime>2026-11-21T11:40:00Z</ServerTime>')
  expect(headers.date).toBe('Sat, 21 Nov 2026 11:40:00 GMT')
})

test('without credentials, with both kinds, with a stranger’s header: refused', async () => {
  const { server, url } = await s3({ foreignKeys: () => ['platform-key'] })
  await put(url)
  expect(codeIn((await send(url)).text)).toBe('AccessDenied')
  const link = await presigned(url)
  const both = await send(link, { headers: { authorization: 'Bearer platform-key' } })
  expect(codeIn(both.text)).toBe('InvalidArgument')
  expect(server.record.violations).toMatchObject([{ rule: 'key-on-result-host' }])
  const bearer = await send(url, { headers: { authorization: 'Bearer x' } })
  expect(codeIn(bearer.text)).toBe('AuthorizationHeaderMalformed')
})

test('another bucket, another method, a path that is no text', async () => {
  const { server, url } = await s3()
  const other = await put(`${server.origin}/other-bucket/${name}`)
  expect([other.status, codeIn(other.text)]).toEqual([404, 'NoSuchBucket'])
  expect((await sendSigned({ url, method: 'POST' })).status).toBe(405)
  const { headers } = await signed({ url, method: 'GET' })
  expect(codeIn((await send(`${server.origin}/%ff`, { headers })).text)).toBe('InvalidURI')
})

test('faults: refused, busy, slow, cut', async () => {
  const { server, url } = await s3()
  server.faults.add(denied, { method: 'PUT' })
  server.faults.add(unavailable)
  expect(codeIn((await put(url)).text)).toBe('AccessDenied')
  expect((await put(url)).status).toBe(503)
  server.faults.add({ kind: 'cut', acted: false })
  await expect(put(url)).rejects.toThrow(/hang up|reset/)
  expect(server.objects().size).toBe(0)
  server.faults.add({ kind: 'cut', acted: true })
  await expect(put(url)).rejects.toThrow(/hang up|reset/)
  expect(server.objects().size).toBe(1)
  const { promise, resolve } = Promise.withResolvers<void>()
  server.faults.add({ kind: 'slow', until: promise })
  let isAnswered = false
  const deleted = sendSigned({ url, method: 'DELETE' }).then((answer) => {
    isAnswered = true
    return answer
  })
  await until(() => expect(server.deletions()).toEqual([name]))
  expect(isAnswered).toBe(false)
  resolve()
  expect((await deleted).status).toBe(204)
  server.faults.add(denied, { times: Infinity })
  server.faults.clear()
  expect((await put(url)).status).toBe(200)
})
