import { createServer } from 'node:https'
import { createServer as createPlainServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createHttp, type HttpDeps } from '../../../../electron/providers/http/http'
import { Unreachable } from '../../../../electron/providers/provider'
import { Redacted } from '../../../../electron/keys/redacted'
import { createCertificate } from '../../../platforms/certificate'
import { codeOf, failureOf } from '../../../support/failure'
import { by, connectProxy } from '../../../support/proxies'

/** A store that takes everything and says what it was sent; `/moved` redirects. */
async function store({ secure = true } = {}) {
  const certificate = createCertificate()
  const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = []
  const listener: Parameters<typeof createPlainServer>[1] = async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    const { method = '', url = '', headers } = request
    seen.push({ method, url, headers, body })
    if (url === '/moved') response.writeHead(307, { location: '/there' }).end()
    else if (url.startsWith('/cut')) request.socket.destroy()
    else response.writeHead(200, { etag: '"e"' }).end(method === 'HEAD' ? '' : 'taken')
  }
  const server = secure ? createServer(certificate, listener) : createPlainServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return { seen, port, ca: certificate.cert, url: `http${secure ? 's' : ''}://127.0.0.1:${port}` }
}

function elsewhere(deps: Partial<HttpDeps> = {}) {
  const http = createHttp({ allowLoopback: true, ...deps })
  onTestFinished(() => http.close())
  return http
}

const png = { 'content-type': 'image/png' }
const picture = () => new Blob(['the picture'], { type: 'text/plain' })

test('a file is put as it is, with the headers given and no others that tell', async () => {
  const { seen, url, ca } = await store()
  const http = elsewhere({ ca })
  http.line({ origin: 'https://a.example', auth: { header: 'x-key', prefix: '' }, key: new Redacted('k-1') })
  const put = { method: 'PUT', url: `${url}/a%20b?sign=1%2F2#no`, headers: png, body: picture() } as const
  expect(await http.elsewhere(put)).toMatchObject({ status: 200, text: 'taken', headers: { etag: '"e"' } })
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({ method: 'PUT', url: '/a%20b?sign=1%2F2', body: 'the picture' })
  expect(seen[0]?.headers).toEqual({
    host: url.slice('https://'.length),
    connection: 'keep-alive',
    'content-length': '11',
    'content-type': 'image/png',
    'user-agent': 'Inbetween',
  })
})

test.each(['GET', 'DELETE'] as const)('%s', async (method) => {
  const { seen, url, ca } = await store()
  const answer = await elsewhere({ ca }).elsewhere({ method, url: `${url}/a`, headers: {} })
  expect([answer.status, answer.text]).toEqual([200, 'taken'])
  expect(seen[0]).toMatchObject({ method, url: '/a', body: '' })
})

test('a redirect is an answer and is not followed', async () => {
  const { seen, url, ca } = await store()
  const answer = await elsewhere({ ca }).elsewhere({
    method: 'PUT',
    url: `${url}/moved`,
    headers: {},
    body: picture(),
  })
  expect([answer.status, answer.headers['location'], seen.length]).toEqual([307, '/there', 1])
})

test('in clear only to this computer, where that is allowed', async () => {
  const { seen, url } = await store({ secure: false })
  const get = (at: string, allowLoopback = true) =>
    elsewhere({ allowLoopback }).elsewhere({ method: 'GET', url: at, headers: {} })
  expect((await get(`${url}/a`)).status).toBe(200)
  expect(await codeOf(() => get(`${url}/a`, false))).toBe('bad-request')
  expect(await codeOf(() => get('http://8.8.8.8/a'))).toBe('bad-request')
  expect(await codeOf(() => get('http://a.example/a'))).toBe('bad-request')
  expect(await codeOf(() => get('ftp://a.example/a'))).toBe('bad-request')
  expect(seen).toHaveLength(1)
})

test('an address is not quoted: it may be signed', async () => {
  const { message } = await failureOf(() =>
    elsewhere().elsewhere({ method: 'PUT', url: 'http://a.example/x?sign=secret', headers: {} }),
  )
  expect(message).toContain('http://a.example.')
  expect(message).not.toContain('secret')
  const { url, ca } = await store()
  const error: unknown = await elsewhere({ ca })
    .elsewhere({ method: 'PUT', url: `${url}/cut?sign=secret`, headers: {}, body: picture() })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Unreachable)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('sign=secret')
})

test.each(['https://10.0.0.1/a', 'https://169.254.169.254/a', 'https://[fd00::1]/a', 'https://localhost/a'])(
  '%s lies in a private network: refused before anything is sent',
  async (url) => {
    const send = () => elsewhere({ allowLoopback: false }).elsewhere({ method: 'PUT', url, headers: {} })
    expect(await codeOf(send)).toBe('bad-request')
  },
)

test('the user’s own host may lie there, at its own port', async () => {
  const { seen, port, url, ca } = await store()
  const hosts = new Set<string>()
  const http = elsewhere({ ca, allowLoopback: false, allowedHosts: () => hosts })
  const put = () => http.elsewhere({ method: 'PUT', url: `${url}/a`, headers: {}, body: picture() })
  expect((await failureOf(put)).message).toContain(`127.0.0.1:${port} lies inside a private network`)
  hosts.add(`127.0.0.1:${port + 1}`)
  expect(await codeOf(put)).toBe('bad-request')
  hosts.add(`127.0.0.1:${port}`)
  expect((await put()).status).toBe(200)
  expect(seen).toHaveLength(1)
})

test('through a proxy: the same refusals, before the proxy hears of it', async () => {
  const { seen, url, ca } = await store()
  const proxy = await connectProxy()
  const proxyFor = by(proxy.way())
  const to = (address: string, allowLoopback = false) =>
    elsewhere({ ca, proxyFor, allowLoopback }).elsewhere({ method: 'PUT', url: address, headers: {} })
  for (const host of ['10.0.0.1', '[::1]', '127.0.0.1', 'localhost', 'nas.local', 'printer', 'a.internal']) {
    expect([host, await codeOf(() => to(`https://${host}/a`))]).toEqual([host, 'bad-request'])
  }
  expect(proxy.connects).toEqual([])
  expect((await to(`${url}/a`, true)).status).toBe(200)
  expect([seen.length, proxy.connects.length]).toEqual([1, 1])
})

test.each([
  ['cut before an answer', '/cut', false],
  ['nothing listens', null, true],
])('%s: unreachable, unsent %s', async (_title, path, isUnsent) => {
  const { url, ca } = await store()
  const at = path === null ? 'https://127.0.0.1:1/a' : url + path
  const error: unknown = await elsewhere({ ca })
    .elsewhere({ method: 'PUT', url: at, headers: {}, body: picture() })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Unreachable)
  expect(error).toMatchObject({ isUnsent })
})

test('it can be called off, and has an end', async () => {
  const server = createPlainServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on TCP has an AddressInfo.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const stopped = elsewhere().elsewhere({ method: 'GET', url, headers: {} }, AbortSignal.timeout(30))
  await expect(stopped).rejects.toBeInstanceOf(Unreachable)
  const ended = elsewhere({ limits: { totalMs: 30 } }).elsewhere({ method: 'GET', url, headers: {} })
  await expect(ended).rejects.toBeInstanceOf(Unreachable)
})
