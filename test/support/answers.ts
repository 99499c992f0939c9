import type { ApiAnswer } from '../../electron/providers/provider'

/** A platform's answer in JSON, as the network side gives it to an adapter. */
export function answerOf(
  status: number,
  json: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return { status, headers, text: JSON.stringify(json), date: null }
}
