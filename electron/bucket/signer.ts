import { AwsV4Signer } from 'aws4fetch'
import { reveal, type Redacted } from '../keys/redacted'
import { parseKeyPair } from './key-pair'
import type { ElsewhereRequest } from '../providers/provider'

/** Longest life of a presigned link, seconds: seven days (AmazonS3/latest/API/sigv4-query-string-auth). */
export const maxLinkLifetimeS = 604_800

/** What stands for the hash of a body that is not read twice. */
const unsignedPayload = 'UNSIGNED-PAYLOAD'

/** Signs requests to one bucket. */
export interface Signer {
  /** The request with its signature in the headers; `sha256` of its body in hexadecimal, where that is known. */
  readonly signed: (request: ElsewhereRequest, sha256?: string) => Promise<ElsewhereRequest>
  /** A GET of the address for whoever has the link, for so many seconds from now. Throws RangeError past a week. */
  readonly link: (url: string, lifetimeS: number) => Promise<string>
}

/**
 * Makes a signer with the vault's text of both keys.
 *
 * @throws AppError `bad-request` when that is not a pair.
 */
export function createSigner(deps: {
  readonly keys: Redacted
  readonly region: string
  /** Milliseconds. */
  readonly now: () => number
}): Signer {
  const { keys, region, now } = deps
  pairOf(keys)

  function signer(request: Omit<ElsewhereRequest, 'body'>, signQuery: boolean) {
    const datetime = new Date(now()).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
    // allHeaders: S3 wants the content type signed, which aws4fetch leaves out otherwise.
    const how = { service: 's3', region, datetime, signQuery, allHeaders: true }
    const { method, url, headers } = request
    return new AwsV4Signer({ method, url, headers, ...how, ...pairOf(keys) })
  }

  return {
    async signed(request, sha256 = unsignedPayload) {
      const headers = { ...request.headers, 'x-amz-content-sha256': sha256 }
      const made = await signer({ ...request, headers }, false).sign()
      return { ...request, headers: Object.fromEntries(made.headers) }
    },
    async link(url, lifetimeS) {
      if (!Number.isInteger(lifetimeS) || lifetimeS < 1 || lifetimeS > maxLinkLifetimeS) {
        throw new RangeError(`a link cannot live ${lifetimeS} s`)
      }
      const asked = new URL(url)
      asked.searchParams.set('X-Amz-Expires', String(lifetimeS))
      const made = await signer({ method: 'GET', url: asked.toString(), headers: {} }, true).sign()
      return made.url.toString()
    },
  }
}

/** SECURITY: the keys become text here and nowhere else; the secret goes into a signature and never over the wire. */
const pairOf = (keys: Redacted) => parseKeyPair(reveal(keys))
