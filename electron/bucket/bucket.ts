import type { BucketSettings } from '../../shared/bucket-schema'
import type { Redacted } from '../keys/redacted'
import { bucketAddress } from './address'
import { listOwn, type OwnObject } from './list-own'
import { checkedName, objectName, ownPrefix } from './object-name'
import { isGood } from '../providers/answer'
import type { Elsewhere } from '../providers/provider'
import { createSigner } from './signer'
import { tryOut } from './try-out'
import { refused, type Action } from './words'

/** What a bucket needs. */
export interface BucketDeps {
  readonly settings: BucketSettings
  /** The vault's text of both keys: `<accessKeyId>:<secret>`. */
  readonly keys: Redacted
  readonly send: Elsewhere
  /** Milliseconds. */
  readonly now: () => number
  /** 32 hexadecimal digits that nobody can guess. */
  readonly random: () => string
  /** Lets pictures go in clear to a store on this computer: practice and tests. */
  readonly allowLoopback: boolean
}

/** The user's own bucket: pictures are put there, linked for a while, and deleted. Nothing is repeated by itself. */
export interface Bucket {
  /** As `URL.host` writes it: where all requests and links go. */
  readonly host: string
  /** A name for an object that is still to be put; its extension without a dot. */
  readonly newName: (extension: string) => string
  /**
   * Puts an object; another one under the name is replaced. `sha256` of the bytes in hexadecimal has the store check
   * them.
   * @throws AppError in the user's words when it is refused; `Unreachable` when no answer came.
   */
  readonly put: (name: string, blob: Blob, contentType: string, sha256?: string) => Promise<void>
  /**
   * A link that opens the object for anybody, for so many seconds from now by this computer's clock.
   * @throws RangeError outside 1 s to {@link maxLinkLifetimeS}.
   */
  readonly presign: (name: string, lifetimeS: number) => Promise<string>
  /** Deletes an object. One that is not there is fine. Throws as {@link Bucket.put} does. */
  readonly remove: (name: string) => Promise<void>
  /**
   * What of ours lies there, whoever put it, and of nobody else. Keys may lack the right to it.
   * @throws AppError `forbidden` then, `unknown-answer` for a list that cannot be read; else as {@link Bucket.put}.
   */
  readonly list: () => Promise<readonly OwnObject[]>
  /**
   * Tries everything that jobs will need: put, open by a link without the keys, delete.
   * @throws AppError that says what does not work and what to change; also when the store cannot be reached.
   */
  readonly test: () => Promise<void>
}

/**
 * Makes a bucket.
 *
 * @throws AppError `bad-request` when the settings or the text of the keys cannot be right.
 */
export function createBucket(deps: BucketDeps): Bucket {
  const { settings, keys, send, now } = deps
  const { region, bucket: bucketName } = settings
  const address = bucketAddress(settings, deps.allowLoopback)
  const { host } = address
  const signer = createSigner({ keys, region, now })
  const urlOf = (name: string) => address.url(checkedName(name))
  const wanted = (action: Action, name: string) => ({ action, name, host, region, bucket: bucketName })

  const bucket: Omit<Bucket, 'test'> = {
    host,
    newName: (extension) => objectName(deps.random(), extension),
    async put(name, body, contentType, sha256) {
      const headers = { 'content-type': contentType }
      const request = { method: 'PUT', url: urlOf(name), headers, body } as const
      const answer = await send(await signer.signed(request, sha256))
      if (!isGood(answer)) throw refused(answer, wanted('put', name), now())
    },
    presign: (name, lifetimeS) => signer.link(urlOf(name), lifetimeS),
    async remove(name) {
      const answer = await send(await signer.signed({ method: 'DELETE', url: urlOf(name), headers: {} }))
      if (isGood(answer) || answer.status === 404) return
      throw refused(answer, wanted('delete', name), now())
    },
    list: () =>
      listOwn({
        host,
        ask: async (query) =>
          send(await signer.signed({ method: 'GET', url: `${address.base}?${query}`, headers: {} })),
        refused: (answer) => refused(answer, wanted('list', ownPrefix), now()),
      }),
  }

  /** As a platform opens it: with nothing but the link. */
  async function open(name: string, link: string): Promise<string> {
    const answer = await send({ method: 'GET', url: link, headers: {} })
    if (!isGood(answer)) throw refused(answer, wanted('get', name), now())
    return answer.text
  }

  return { ...bucket, test: () => tryOut({ ...bucket, open, random: deps.random }) }
}
