import { once } from 'node:events'
import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { connect, type ClientHttp2Session } from 'node:http2'
import { onTestFinished } from 'vitest'

/** A plain client for the contract servers: it follows, repeats and hides nothing. */
export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is; anything else as JSON with its content type. */
  readonly body?: unknown
  /** A body that goes out byte for byte. */
  readonly bytes?: Uint8Array
  readonly agent?: Agent
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
}

/** One request over HTTP/1, on a connection of its own unless an agent is given. Rejects when the connection breaks. */
export async function send(
  url: string,
  { method = 'GET', headers = {}, body, bytes: raw, agent }: Sent = {},
): Promise<Received> {
  const { text, type } = encode(body)
  const all = { ...(type === null ? {} : { 'content-type': type }), ...headers }
  const sent = request(url, { method, headers: all, agent: agent ?? false })
  sent.end(raw ?? text)
  const [answer] = await once(sent, 'response')
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  return { status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString() }
}

/** An agent with one kept-alive connection, closed with the test. */
export function keptAlive(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  return agent
}

/** An HTTP/2 session over TLS, closed with the test. */
export async function http2Session(secure: { readonly origin: string; readonly ca: string }) {
  const session = connect(secure.origin, { ca: secure.ca })
  onTestFinished(() => session.destroy())
  await once(session, 'connect')
  return session
}

/** One request over HTTP/2, with the length its answer promised. Rejects when the stream is refused or cut unanswered. */
export async function send2(session: ClientHttp2Session, path: string, sent: Sent = {}) {
  const { text, type } = encode(sent.body)
  const headers = {
    ':method': sent.method ?? 'GET',
    ':path': path,
    ...(type === null ? {} : { 'content-type': type }),
  }
  const stream = session.request({ ...headers, ...sent.headers })
  stream.end(text)
  // A cut connection closes its streams without an error.
  const cut = once(stream, 'close').then(() => Promise.reject(new Error('stream closed')))
  const [head] = await Promise.race([once(stream, 'response'), cut])
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  return { status: Number(head[':status']), promised: Number(head['content-length']), bytes }
}

function encode(body: unknown): { readonly text: string | undefined; readonly type: string | null } {
  if (body === undefined) return { text: undefined, type: null }
  if (typeof body === 'string') return { text: body, type: null }
  return { text: JSON.stringify(body), type: 'application/json' }
}

/** Headers and bytes of a multipart upload with one file. */
export async function form(
  file: { readonly name: string; readonly type: string; readonly bytes: Buffer },
  fields: Readonly<Record<string, string>> = {},
): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> }> {
  const data = new FormData()
  data.append('file', new File([new Uint8Array(file.bytes)], file.name, { type: file.type }))
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  const encoded = new Response(data)
  const contentType = encoded.headers.get('content-type') ?? ''
  return { headers: { 'content-type': contentType }, body: await encoded.bytes() }
}
