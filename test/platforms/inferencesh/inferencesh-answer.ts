import { STATUS_CODES } from 'node:http'
import { json, type Answer } from '../answer'

/** `{data,messages}` of today, or the older `{success,status,data}` (v1) and the plain object (v2) (§5.1). */
export type InferenceshEnvelope = 'data' | 'v1' | 'bare'

export interface InferenceshAnswers {
  /** 200 with the object in its envelope. */
  readonly ok: (dto: unknown) => Answer
  /** An error with the platform's code for its status. */
  readonly problem: (status: number, detail: string) => Answer
}

/** Codes by status (§5.1); 402 is [ASSUMED], as no document says what happens without money. */
const codes: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  402: 'insufficient_balance',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
}

/** Today errors are RFC 9457 problems; only v1 had a form of its own. */
export function createInferenceshAnswers(envelope: InferenceshEnvelope): InferenceshAnswers {
  return {
    ok: (dto) => {
      switch (envelope) {
        case 'data':
          return json(200, { data: dto, messages: [] })
        case 'v1':
          return json(200, { success: true, status: 200, data: dto })
        case 'bare':
          return json(200, dto)
      }
    },
    problem: (status, detail) => {
      const code = codes[status] ?? (status >= 500 ? 'internal_error' : 'invalid_request')
      if (envelope === 'v1') return json(status, { success: false, status, error: { code, message: detail } })
      const type = `https://api.inference.sh/errors/${code}`
      const text = JSON.stringify({ type, title: STATUS_CODES[status] ?? code, status, detail })
      return { status, body: { text, contentType: 'application/problem+json' } }
    },
  }
}
