/** How long is waited, milliseconds, and how much is taken, bytes. */
export interface HttpLimits {
  /** Name, connection and TLS together. */
  readonly connectMs: number
  /** From the last byte of the request to the end of the answer's head. */
  readonly headersMs: number
  /** The same for a submit: some platforms fetch the pictures before they answer, and an early end makes an unknown. */
  readonly submitHeadersMs: number
  /** Between two pieces of an answer. */
  readonly bodyMs: number
  /** The whole exchange: an answer that trickles for ever would stop the polling; 75 MB need 15 min at 0.7 Mbit/s. */
  readonly totalMs: number
  /** A page of 1,000 jobs is 1 MB; more than this is not an answer. */
  readonly maxAnswerBytes: number
}

export const httpLimits: HttpLimits = {
  connectMs: 15_000,
  headersMs: 30_000,
  submitHeadersMs: 120_000,
  bodyMs: 60_000,
  totalMs: 15 * 60_000,
  maxAnswerBytes: 20_000_000,
}
