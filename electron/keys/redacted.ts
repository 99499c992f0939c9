const shown = '<redacted>'

let read: (redacted: Redacted) => string

/** A secret that cannot print itself: as text, as JSON, inspected or cloned it is `<redacted>` or nothing at all. */
export class Redacted {
  // SECURITY: a hard-private field; unlike a `private` one it is seen by no inspection and copied by no clone.
  readonly #text: string

  static {
    read = (redacted) => redacted.#text
  }

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return shown
  }

  toJSON(): string {
    return shown
  }

  /** What `util.inspect` and `console.log` ask for. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown
  }
}

/**
 * The secret itself.
 *
 * SECURITY: only where a key becomes a header or a signature (`providers/http/http.ts`, `bucket/signer.ts`, the tunnel of
 * `network/`). Anywhere else it would be one step from a log, a row or the window.
 */
export function reveal(redacted: Redacted): string {
  return read(redacted)
}
