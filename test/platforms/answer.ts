/** What a platform answers: a JSON body, or raw text with its content type. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: { readonly json: unknown } | { readonly text: string; readonly contentType: string }
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { json: value } }
}

/** An empty answer without a content type. */
export function empty(status: number): Answer {
  return { status, body: { text: '', contentType: '' } }
}

/** A gateway's error page where JSON was promised (§13, scenario 19). */
export function htmlPage(status: number): Answer {
  const text = `<!doctype html><html><title>${status}</title><h1>${status}</h1><hr>nginx</html>`
  return { status, body: { text, contentType: 'text/html; charset=utf-8' } }
}

/** JSON that stops in the middle although the content length fits. */
export function malformedJson(status: number): Answer {
  return { status, body: { text: '{"job_id":"3c90c3cc-', contentType: 'application/json' } }
}

/** Both platforms' plain error body, `{ "error": string }` (§2.4, §3.4), with Retry-After in seconds where given. */
export function failure(status: number, message: string, retryAfterS?: number): Answer {
  const headers = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }
  return json(status, { error: message }, headers)
}
