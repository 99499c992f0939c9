import type { Answer } from './answer'

/** One thing that goes wrong with one download. */
export type BodyFault =
  /** The connection breaks after so many bytes of the answer's body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** A whole-looking answer, content length and all, of fewer bytes. */
  | { readonly kind: 'truncated'; readonly bytes: number }
  /** Nothing more comes after so many bytes until the promise settles. */
  | { readonly kind: 'stall'; readonly afterBytes: number; readonly until: Promise<void> }
  /** The bytes come in many small pieces. */
  | { readonly kind: 'trickle'; readonly pieceBytes: number }
  /** The right bytes under a wrong content type. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** `Range` is ignored: 200 with everything. */
  | { readonly kind: 'no-range' }
  /** 206 with another range than the one asked for: so many bytes later. */
  | { readonly kind: 'shifted-range'; readonly byBytes: number }
  /** Another answer: an error page, zero bytes, a redirect, a 403. */
  | { readonly kind: 'answer'; readonly answer: Answer }

export interface BodyFaults {
  /** Arms a fault for the next downloads of the file, or of any file when none is named. */
  readonly add: (fault: BodyFault, match?: { readonly fileId?: string; readonly times?: number }) => void
  readonly take: (fileId: string) => BodyFault | undefined
}

/** An empty list of download faults; they befall downloads in the order in which they were added. */
export function createBodyFaults(): BodyFaults {
  const armed: { fault: BodyFault; fileId: string | undefined; left: number }[] = []
  return {
    add: (fault, match = {}) => void armed.push({ fault, fileId: match.fileId, left: match.times ?? 1 }),
    take: (fileId) => {
      const index = armed.findIndex((item) => item.fileId === undefined || item.fileId === fileId)
      const found = armed[index]
      if (!found) return undefined
      found.left -= 1
      if (found.left <= 0) armed.splice(index, 1)
      return found.fault
    },
  }
}
