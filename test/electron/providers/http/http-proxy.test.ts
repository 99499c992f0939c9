import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FormData } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { createProxyFor } from '../../../../electron/network/create-proxy-for'
import type { Proxy } from '../../../../electron/network/proxy'
import { createCertificate } from '../../../platforms/certificate'
import { createKreaServer, kreaPracticeKey } from '../../../platforms/krea/krea'
import { lineTo } from '../../../support/lines'
import { by, connectProxy } from '../../../support/proxies'
import { auth, closedProxy, doors, failure, get, krea, submit } from '../behind-proxy'

test('requests and submits go through it, over HTTP/1, each submit through a tunnel of its own', async () => {
  const { server, host, line } = await krea()
  const proxy = await connectProxy()
  const { send, submit: post } = line(by(proxy.way()))
  expect((await send(get)).status).toBe(200)
  for (const intent of ['a', 'b']) expect((await post(submit(intent))).status).toBe(200)
  expect((await send(get)).status).toBe(200)
  const { requests } = server.record
  expect(requests.map(({ method, http, socketUse }) => [method, http, socketUse])).toEqual([
    ['GET', 1, 1],
    ['POST', 1, 1],
    ['POST', 1, 1],
    ['GET', 1, 2],
  ])
  expect(proxy.connects.map(({ target }) => target)).toEqual([host, host, host])
  expect([...server.bill.posts().values()]).toEqual([1, 1])
})

test('a proxy that is spoken to over TLS', async () => {
  const certificate = createCertificate('practice proxy')
  const { server, line, ca } = await krea()
  const proxy = await connectProxy({ certificate, login: 'me:word' })
  const trusting = line(by(proxy.way('me:word')), { ca: [ca, certificate.cert] })
  expect((await trusting.submit(submit('a'))).status).toBe(200)
  expect(server.bill.posts().get('a')).toBe(1)
  const error = await failure(line(by(proxy.way('me:word'))).submit(submit('b')))
  expect([error.isUnsent, proxy.connects.length]).toEqual([true, 1])
  expect(error.message).toContain(`The proxy 127.0.0.1:${proxy.port} cannot be reached (`)
})

test('the proxy reads neither key nor body, and the platform nothing of the proxy', async () => {
  const { server, line } = await krea()
  const proxy = await connectProxy({ login: 'me:proxy-word' })
  const way = proxy.way('me:proxy-word')
  for (const door of doors) await line(by(way))[door](submit('i'))
  const told = proxy.bytes()
  expect(told).toContain('CONNECT ')
  expect(told).not.toMatch(new RegExp(`${kreaPracticeKey}|intent:i|Bearer|veo-3`))
  const arrived = JSON.stringify(server.record.requests.map(({ headers }) => headers))
  expect(arrived).toContain('application/json')
  expect(arrived).not.toMatch(/proxy|proxy-word|Basic/i)
})

test('the next way is tried only when the proxy itself cannot be reached', async () => {
  const { server, line } = await krea()
  const dead = await closedProxy()
  const proxy = await connectProxy()
  const unknown: Proxy = { kind: 'unsupported', name: 'SOCKS4' }
  expect((await line(by(dead, unknown, proxy.way())).submit(submit('a'))).status).toBe(200)
  expect((await line(by(dead, { kind: 'direct' })).submit(submit('b'))).status).toBe(200)
  expect(proxy.connects).toHaveLength(1)
  proxy.fail({ kind: 'answer', status: 403 })
  const error = await failure(line(by(proxy.way(), { kind: 'direct' })).submit(submit('c')))
  expect(error.isUnsent).toBe(true)
  expect([...server.bill.posts().keys()]).toEqual(['a', 'b'])
  expect((await failure(line(by(unknown)).submit(submit('d')))).message).toMatch(/“SOCKS4”.*does not speak/)
  expect((await failure(line(by()).submit(submit('d')))).isUnsent).toBe(true)
})

test('NO_PROXY goes around it', async () => {
  const { line } = await krea()
  const proxy = await connectProxy()
  const through = (noProxy: string) =>
    line(
      createProxyFor({
        setting: () => 'system',
        environment: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: noProxy },
        system: async () => 'DIRECT',
        now: () => 0,
        includesLoopback: true,
      }),
    )
  expect((await through('127.0.0.0/8').send(get)).status).toBe(200)
  expect(proxy.connects).toHaveLength(0)
  expect((await through('krea.ai').send(get)).status).toBe(200)
  expect(proxy.connects).toHaveLength(1)
})

test('a picture is uploaded through it, as a form', async () => {
  const { line } = await krea()
  const proxy = await connectProxy()
  const { send } = line(by(proxy.way()))
  const png = readFileSync(join(import.meta.dirname, '../../../fixtures/a.png'))
  const form = new FormData()
  form.append('file', new Blob([png], { type: 'image/png' }), 'a.png')
  const answer = await send({ method: 'POST', path: '/assets', form })
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('image_url')])
  expect(proxy.bytes()).not.toContain('IHDR')
})

test('in clear nothing goes through a proxy', async () => {
  const server = await createKreaServer()
  onTestFinished(() => server.close())
  const proxy = await connectProxy()
  const { send } = lineTo({ origin: server.origin, auth }, kreaPracticeKey, { proxyFor: by(proxy.way()) })
  expect((await send(get)).status).toBe(200)
  expect([proxy.connects, proxy.bytes()]).toEqual([[], ''])
})
