import fastify, { type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Answer } from './answer'
import { connectionOf, createConnections } from './break'
import type { Core } from './core'
import { checkOwnRequest, holdsKey } from './key-traces'
import { listen, type Listening } from './listen'
import type { Plan } from './plan'
import { createRateLimit } from './rate-limit'
import { flatHeaders, type RecordedRequest } from './record'
import { createSocketUses } from './socket-use'
import { sendAnswer, suffer } from './suffer'

/** Largest request body, bytes: just above Krea's 75 MB uploads (§3.5), so that the platform's own limit speaks first. */
const maxBodyBytes = 80_000_000

/** A request that has passed the door: known route, right key, readable body. */
export interface Call {
  readonly account: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
}

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown; readonly raw: string }
  | { readonly kind: 'form'; readonly bytes: Buffer; readonly contentType: string }

export interface Route {
  /** What faults are armed for. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** Answers without a key. */
  readonly open?: boolean
  /** A submit: counted as a post of its intent. */
  readonly paid?: boolean
  /** The idempotency key of a submit. Default: its header of that name. */
  readonly idempotencyKey?: (call: Call) => string | null
  /** The intent behind a request, for faults and the count of posts. */
  readonly intent: (call: Call) => string
  readonly answer: (call: Call) => Answer | Promise<Answer>
}

export interface Surface {
  readonly routes: readonly Route[]
  /** Lower-case name of the header that carries the key, and the key in it; null when its form is wrong. */
  readonly authHeader: string
  readonly keyIn: (header: string) => string | null
  /** A second header that opens the door when the first is not sent at all. */
  readonly otherAuth?: { readonly header: string; readonly keyIn: (header: string) => string | null }
  /** The platform's own error body for what goes wrong at the door: 401, 404, 400, 413, 415. */
  readonly refuse: (status: number, message: string) => Answer
  /** Headers on every answer. */
  readonly headers?: () => Readonly<Record<string, string>>
  /** Opens a second door: HTTP/2 and HTTP/1 over TLS. Default no. */
  readonly http2?: boolean
  readonly port?: number
  /** Requests a minute for each account, above which all are answered 429 with Retry-After. Default null, no limit. */
  readonly requestsPerMinute?: number | null
}

export interface PlatformHttp extends Listening {
  /** Sets the platform's `Date` header off from its clock, ms; null leaves the header out. */
  readonly setDateSkew: (ms: number | null) => void
}

/** The HTTP surface of a platform on the loopback: door, routes, faults. Listening when the promise resolves. */
export async function createPlatformHttp<P extends Plan>(
  core: Core<P>,
  surface: Surface,
): Promise<PlatformHttp> {
  const { record, clock, keys } = core
  const uses = createSocketUses()
  const connections = createConnections()
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>()
  const limit = createRateLimit(clock, surface.requestsPerMinute ?? null)
  let skewMs: number | null = 0
  const app = fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true, exposeHeadRoutes: false })

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, raw: string, done) => {
    try {
      done(null, { kind: 'json', value: JSON.parse(raw), raw } satisfies Body)
    } catch {
      done(Object.assign(new Error('Request body is not valid JSON'), { statusCode: 400 }))
    }
  })
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    done(null, { kind: 'form', bytes, contentType: request.headers['content-type'] ?? '' } satisfies Body)
  })

  app.addHook('onRequest', async (request, reply) => {
    const seen = recordRequest(request)
    const key = keyOf(surface, seen)
    if (request.routeOptions.config.open || (key !== null && keys.has(key))) return
    return sendAnswer(reply, surface.refuse(401, key === null ? 'API key is required' : 'Invalid API key'))
  })
  app.addHook('onSend', async (_request, reply) => {
    if (skewMs === null) reply.raw.sendDate = false
    else reply.header('date', new Date(clock.now() + skewMs).toUTCString())
    reply.headers(surface.headers?.() ?? {})
  })
  app.addHook('onResponse', async (request, reply) => {
    const seen = recorded.get(request)
    if (seen) seen.status = reply.statusCode
  })
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    return sendAnswer(
      reply,
      surface.refuse(status, error instanceof Error ? error.message : 'Internal error'),
    )
  })
  app.setNotFoundHandler((request, reply) =>
    sendAnswer(reply, surface.refuse(404, `No route ${request.method} ${request.url}`)),
  )

  const recordRequest = (request: FastifyRequest): RecordedRequest => {
    const { raw } = request
    const http = raw.httpVersionMajor === 2 ? 2 : 1
    const seen: RecordedRequest = {
      at: clock.now(),
      method: request.method,
      url: request.url,
      http,
      socketUse: uses(connectionOf(raw)),
      headers: flatHeaders(request.headers),
      status: null,
    }
    recorded.set(request, seen)
    record.requests.push(seen)
    const authHeaders = [surface.authHeader, surface.otherAuth?.header ?? surface.authHeader]
    checkOwnRequest(record, seen, core.everKeys(), authHeaders)
    return seen
  }

  for (const route of surface.routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: { open: route.open ?? false },
      handler: async (request, reply) => {
        const seen = recorded.get(request)
        if (!seen) throw new Error('a request came past the door')
        const call = callOf(request, keys.get(keyOf(surface, seen) ?? '') ?? '')
        if (call.body.kind === 'json' && holdsKey(call.body.raw, core.everKeys())) {
          record.violations.push({ rule: 'key-in-body', detail: request.url })
        }
        const intent = route.intent(call)
        // Counted before anything can go wrong: a post is a post, whatever becomes of it.
        const idempotencyKey = (route.idempotencyKey ?? headerKeyOf)(call)
        if (route.paid) core.countPost(call.account, intent, idempotencyKey)
        const waitS = limit.take(call.account)
        if (waitS !== null) {
          const refused = surface.refuse(429, 'Too many requests')
          return sendAnswer(reply, { ...refused, headers: { 'retry-after': String(waitS) } })
        }
        const fault = core.faults.take({
          route: route.name,
          intent,
          http: seen.http,
          socketUse: seen.socketUse,
        })
        const act = async () => {
          const answer = await route.answer(call)
          core.jobs.settle()
          return answer
        }
        return fault ? suffer(fault, act, request, reply, connections) : sendAnswer(reply, await act())
      },
    })
  }
  await app.ready()
  const listening = await listen(app, connections, { http2: surface.http2 ?? false, port: surface.port ?? 0 })
  return { ...listening, setDateSkew: (ms) => (skewMs = ms) }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    open?: boolean
  }
}

function keyOf({ authHeader, keyIn, otherAuth }: Surface, { headers }: RecordedRequest): string | null {
  const sent = headers[authHeader]
  if (sent === undefined && otherAuth) return otherAuth.keyIn(headers[otherAuth.header] ?? '')
  return keyIn(sent ?? '')
}

function headerKeyOf({ headers }: Call): string | null {
  return headers['idempotency-key'] ?? null
}

function callOf(request: FastifyRequest, account: string): Call {
  return {
    account,
    params: z.record(z.string(), z.string()).parse(request.params),
    query: Object.fromEntries(new URL(request.url, 'http://platform').searchParams),
    headers: flatHeaders(request.headers),
    // Only our two parsers make bodies; without one there is none.
    body: (request.body as Body | undefined) ?? { kind: 'none' },
  }
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500
  return typeof error.statusCode === 'number' ? error.statusCode : 500
}
