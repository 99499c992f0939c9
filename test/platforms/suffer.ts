import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from './answer'
import { cutInAnswer, goAway, refuseStream, type Connections } from './break'
import type { Fault } from './faults'

/** Lets one request suffer the fault; `act` does what was asked and gives the true answer. */
export async function suffer(
  fault: Fault,
  act: () => Promise<Answer>,
  request: FastifyRequest,
  reply: FastifyReply,
  connections: Connections,
): Promise<FastifyReply | undefined> {
  switch (fault.kind) {
    case 'answer':
      if (fault.acted) await act()
      return sendAnswer(reply, fault.answer)
    case 'hold': {
      if (!fault.acted) await fault.until
      const answer = await act()
      await fault.until
      return sendAnswer(reply, answer)
    }
    case 'cut-in-answer': {
      const { status, body } = await act()
      reply.hijack()
      cutInAnswer(request.raw, reply.raw, connections, { status, ...encoded(body) })
      return
    }
    case 'cut':
    case 'stale-socket':
      if (fault.acted) await act()
      reply.hijack()
      connections.cut(request.raw)
      return
    case 'refused-stream':
      if (fault.acted) await act()
      reply.hijack()
      refuseStream(request.raw)
      return
    case 'goaway':
      if (fault.acted) await act()
      reply.hijack()
      goAway(request.raw)
      return
  }
}

/** Sends an answer as it is. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  const { contentType, body: bytes } = encoded(body)
  reply.code(status).headers(headers ?? {})
  if (contentType !== '') reply.type(contentType)
  return reply.send(bytes.length === 0 ? undefined : bytes)
}

function encoded(body: Answer['body']): { readonly contentType: string; readonly body: Buffer } {
  if ('text' in body) return { contentType: body.contentType, body: Buffer.from(body.text) }
  return { contentType: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body.json)) }
}
