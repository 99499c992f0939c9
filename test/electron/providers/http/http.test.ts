import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Redacted } from '../../../../electron/keys/redacted'
import { createHttp } from '../../../../electron/providers/http/http'
import { httpLimits } from '../../../../electron/providers/http/http-limits'
import { Unreachable, type ApiRequest, type Send } from '../../../../electron/providers/provider'
import { createKreaServer, kreaPracticeKey } from '../../../platforms/krea/krea'
import { codeOf } from '../../../support/failure'
import { lineTo } from '../../../support/lines'

const auth = { header: 'authorization', prefix: 'Bearer ' }
const get: ApiRequest = { method: 'GET', path: '/jobs?limit=1' }
const submit = (intent: string): ApiRequest => ({
  method: 'POST',
  path: '/generate/video/google/veo-3.1-fast',
  json: JSON.stringify({ prompt: `fox intent:${intent}` }),
})

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  // A server that listens on TCP has an AddressInfo.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that treats each connection as told, and how many there were. */
async function rawServer(onSocket: (socket: Socket) => void) {
  const seen = { connections: 0, bytes: '' }
  const server = createServer((socket) => {
    seen.connections += 1
    socket.on('error', () => {}).on('data', (data) => (seen.bytes += data.toString()))
    onTestFinished(() => void socket.destroy())
    onSocket(socket)
  })
  return { seen, host: await listening(server) }
}

async function answering(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener)
  onTestFinished(() => server.closeAllConnections())
  return `http://${await listening(server)}`
}

async function failure(work: Promise<unknown>): Promise<Unreachable> {
  const error: unknown = await work.then(
    () => new Error('it was answered'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Unreachable) return error
  throw error
}

const closedOrigin = async () => {
  const server = createServer()
  const host = await listening(server)
  server.close()
  await once(server, 'close')
  return `http://${host}`
}

const doors = ['send', 'submit'] as const

test.each(doors)('%s: nothing listens: proven unsent', async (door) => {
  const error = await failure(lineTo({ origin: await closedOrigin(), auth }, 'key')[door](get))
  expect(error.isUnsent).toBe(true)
  expect(error.message).toMatch(/cannot be reached \(ECONNREFUSED\). Nothing was sent/)
})

test.each(doors)('%s: no such name: proven unsent', async (door) => {
  const error = await failure(lineTo({ origin: 'https://nowhere.invalid', auth }, 'key')[door](get))
  expect(error.isUnsent).toBe(true)
})

test.each(doors)('%s: a certificate that nobody vouches for: proven unsent', async (door) => {
  const server = await createKreaServer({ http2: true })
  onTestFinished(() => server.close())
  const origin = server.secure?.origin ?? ''
  const error = await failure(lineTo({ origin, auth }, kreaPracticeKey)[door](submit('i')))
  expect(error.isUnsent).toBe(true)
  expect(server.record.requests).toEqual([])
})

test.each(doors)(
  '%s: the connection ends in the TLS handshake: proven unsent, key not seen',
  async (door) => {
    const { seen, host } = await rawServer((socket) => socket.once('data', () => socket.destroy()))
    const error = await failure(lineTo({ origin: `https://${host}`, auth }, 'the-key')[door](submit('i')))
    expect(error.isUnsent).toBe(true)
    expect(seen.bytes).not.toContain('the-key')
  },
)

test('a TLS handshake without an end: proven unsent after the time for connecting', async () => {
  const { host } = await rawServer(() => {})
  const line = lineTo({ origin: `https://${host}`, auth }, 'key', { limits: { connectMs: 60 } })
  expect((await failure(line.submit(submit('i')))).isUnsent).toBe(true)
})

test('a submit to a server that closes each connection at once: one connection, and it may have been sent', async () => {
  const { seen, host } = await rawServer((socket) => socket.destroy())
  const error = await failure(lineTo({ origin: `http://${host}`, auth }, 'key').submit(submit('i')))
  expect(error.isUnsent).toBe(false)
  expect(seen.connections).toBe(1)
})

test('a submit to a server that ends each connection in peace: one connection', async () => {
  const { seen, host } = await rawServer((socket) => socket.end())
  const error = await failure(lineTo({ origin: `http://${host}`, auth }, 'key').submit(submit('i')))
  expect(error.isUnsent).toBe(false)
  expect(seen.connections).toBe(1)
})

test('a submit that is not answered in time may have arrived', async () => {
  const { host } = await rawServer(() => {})
  const line = lineTo({ origin: `http://${host}`, auth }, 'key', { limits: { submitHeadersMs: 60 } })
  const error = await failure(line.submit(submit('i')))
  expect(error.isUnsent).toBe(false)
  expect(error.message).toMatch(/ended without an answer \(UND_ERR_HEADERS_TIMEOUT\)/)
})

test('an answer that trickles for ever has an end', async () => {
  const origin = await answering((_request, response) => {
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  })
  const line = lineTo({ origin, auth }, 'key', { limits: { totalMs: 100 } })
  expect((await failure(line.send(get))).isUnsent).toBe(false)
})

test('an answer larger than an answer is not taken', async () => {
  const origin = await answering((_request, response) => response.end('x'.repeat(2000)))
  const line = lineTo({ origin, auth }, 'key', { limits: { maxAnswerBytes: 1000 } })
  expect((await failure(line.submit(submit('i')))).isUnsent).toBe(false)
  expect(httpLimits.maxAnswerBytes).toBe(20_000_000)
})

test('an ordinary request can be called off', async () => {
  const { host } = await rawServer(() => {})
  const stop = new AbortController()
  const asked = lineTo({ origin: `http://${host}`, auth }, 'key').send(get, stop.signal)
  stop.abort()
  expect(await failure(asked)).toBeInstanceOf(Unreachable)
})

test('close ends what is under way; a submit among it is unclear', async () => {
  const { host, seen } = await rawServer(() => {})
  const http = createHttp({ allowLoopback: true })
  const line = http.line({ origin: `http://${host}`, auth, key: null })
  const both = [failure(line.submit(submit('i'))), failure(line.send(get))]
  while (!seen.bytes.includes('POST')) await new Promise((resolve) => setImmediate(resolve))
  await http.close()
  expect((await both[0])?.isUnsent).toBe(false)
  await both[1]
})

test('each submit has a fresh connection, ordinary requests share one', async () => {
  const server = await createKreaServer()
  onTestFinished(() => server.close())
  const { send, submit: post } = lineTo({ origin: server.origin, auth }, kreaPracticeKey)
  for (const request of [get, get]) expect((await send(request)).status).toBe(200)
  for (const intent of ['a', 'b']) expect((await post(submit(intent))).status).toBe(200)
  await send(get)
  const { requests } = server.record
  const posts = requests.filter(({ method }) => method === 'POST')
  expect(posts.map(({ socketUse, http }) => [socketUse, http])).toEqual([
    [1, 1],
    [1, 1],
  ])
  // Whether the second finds the first's connection idle already is a matter of turns; the third finds one.
  expect(requests.at(-1)?.socketUse).toBeGreaterThan(1)
  expect(posts[0]?.headers['connection']).toBe('close')
  expect(server.record.violations).toEqual([])
})

test.each([false, true])('a stale socket cannot meet a submit; job made by a fault: %s', async (acted) => {
  const server = await createKreaServer()
  onTestFinished(() => server.close())
  const { send, submit: post } = lineTo({ origin: server.origin, auth }, kreaPracticeKey)
  await send(get)
  server.faults.add({ kind: 'stale-socket', acted }, { route: 'submit' })
  for (const intent of ['a', 'b', 'c']) expect((await post(submit(intent))).status).toBe(200)
  expect(server.faults.left()).toBe(1)
  expect([...server.bill.posts().values()]).toEqual([1, 1, 1])
  expect([...server.bill.accepted().values()]).toEqual([1, 1, 1])
})

test.each([
  ['cut', true],
  ['cut', false],
  ['cut-in-answer', true],
] as const)('a %s connection (job made: %s) never makes a second POST', async (kind, acted) => {
  const server = await createKreaServer()
  onTestFinished(() => server.close())
  server.faults.add(kind === 'cut' ? { kind, acted } : { kind }, { route: 'submit' })
  const { submit: post } = lineTo({ origin: server.origin, auth }, kreaPracticeKey)
  expect((await failure(post(submit('i')))).isUnsent).toBe(false)
  expect(server.bill.posts().get('i')).toBe(1)
  expect(server.bill.accepted().get('i') ?? 0).toBe(acted ? 1 : 0)
})

test.each(['refused-stream', 'goaway'] as const)(
  'HTTP/2 is never spoken, so %s cannot repeat a POST',
  async (kind) => {
    const server = await createKreaServer({ http2: true })
    onTestFinished(() => server.close())
    const { origin, ca } = server.secure ?? { origin: '', ca: '' }
    server.faults.add({ kind, acted: true }, { route: 'submit' })
    const line = lineTo({ origin, auth }, kreaPracticeKey, { ca, allowLoopback: false })
    expect((await line.submit(submit('i'))).status).toBe(200)
    expect((await line.send(get)).status).toBe(200)
    expect(server.record.requests.map(({ http }) => http)).toEqual([1, 1])
    expect(server.bill.posts().get('i')).toBe(1)
  },
)

test.each(doors)('%s: a redirect is an answer and is not followed', async (door) => {
  const seen: string[] = []
  const other = await answering((request, response) => {
    seen.push(request.url ?? '')
    response.end('{}')
  })
  const origin = await answering((_request, response) => {
    response.writeHead(307, { location: `${other}/elsewhere` }).end()
  })
  const answer = await lineTo({ origin, auth }, 'key')[door](submit('i'))
  expect([answer.status, answer.headers['location'], seen]).toEqual([307, `${other}/elsewhere`, []])
})

test('what an answer is: status, names in lower case, text, the platform clock', async () => {
  const headers: Record<string, string | string[]> = { 'X-Two': ['a', 'b'], 'Retry-After': '7' }
  const origin = await answering((_request, response) => {
    response.sendDate = false
    response.writeHead(418, { ...headers, Date: 'Sat, 21 Nov 2026 12:00:00 GMT' }).end('żółw')
  })
  const answer = await lineTo({ origin, auth }, null).send(get)
  expect(answer).toMatchObject({ status: 418, text: 'żółw', date: Date.UTC(2026, 10, 21, 12) })
  expect(answer.headers).toMatchObject({ 'x-two': 'a, b', 'retry-after': '7' })
})

test('what goes out: the key in its header only, JSON byte for byte', async () => {
  const seen: { headers: Readonly<Record<string, unknown>>; body: string }[] = []
  const origin = await answering(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    seen.push({ headers: request.headers, body })
    response.end('{}')
  })
  const request = { ...submit('ü'), headers: { authorization: 'Bearer other', 'idempotency-key': 'i' } }
  await lineTo({ origin, auth }, 'mine').submit(request)
  await lineTo({ origin, auth }, null).send(get)
  expect(seen[0]?.body).toBe(request.json)
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer mine',
    'idempotency-key': 'i',
    'content-type': 'application/json',
  })
  expect(seen[1]?.headers).not.toHaveProperty('authorization')
  expect(seen[1]?.headers).not.toHaveProperty('content-type')
})

test('a key goes only to an origin that may have it, and by a path of it', async () => {
  const http = createHttp({ allowLoopback: false })
  expect(await codeOf(() => http.line({ origin: 'http://127.0.0.1:3000', auth, key: null }))).toBe(
    'bad-request',
  )
  const { seen, host } = await rawServer(() => {})
  const line = lineTo({ origin: `http://${host}`, auth }, 'key')
  for (const door of doors) {
    await expect(line[door]({ method: 'GET', path: '//evil.example/' })).rejects.toThrow('not a path')
  }
  expect(seen.connections).toBe(0)
})

test('no error shows the key', async () => {
  const { host } = await rawServer((socket) => socket.destroy())
  const failures: Unreachable[] = []
  for (const origin of [`http://${host}`, await closedOrigin()]) {
    const line = lineTo({ origin, auth }, 'sk-secret-12345')
    for (const door of doors) failures.push(await failure(line[door](submit('i'))))
  }
  for (const error of failures) {
    const shown =
      inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error) + (error.stack ?? '')
    expect(shown).not.toContain('sk-secret-12345')
  }
  expect(failures).toHaveLength(4)
})

test('a key that cannot be a header is not sent', async () => {
  const { seen, host } = await rawServer(() => {})
  const send: Send = lineTo({ origin: `http://${host}`, auth }, 'bad\r\nx-evil: 1').submit
  expect((await failure(send(get))).isUnsent).toBe(true)
  expect(seen.bytes).toBe('')
})

test('clean takes the key of the line out', () => {
  const line = createHttp({ allowLoopback: false }).line({
    origin: 'https://api.krea.ai',
    auth,
    key: new Redacted('kr_live_1/2'),
  })
  expect(line.clean('said kr_live_1/2 and kr_live_1%2F2')).toBe('said <redacted> and <redacted>')
})
