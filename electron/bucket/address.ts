import { bucketObjections } from '../../shared/bucket'
import type { BucketSettings } from '../../shared/bucket-schema'
import { AppError } from '../../shared/error'
import { isLoopback } from '../network/public-address'

/** Where the objects of a bucket are. */
export interface BucketAddress {
  /** As `URL.host` writes it: the only one that requests for the bucket go to. */
  readonly host: string
  /** Of the bucket itself. */
  readonly base: string
  /** Of an object that {@link checkedName} has let pass. */
  readonly url: (name: string) => string
}

/**
 * The address that the settings mean.
 *
 * @throws AppError `bad-request` when they cannot be right; the message names what to change.
 */
export function bucketAddress(settings: BucketSettings, allowLoopback: boolean): BucketAddress {
  const [objection] = bucketObjections(settings)
  if (objection) throw new AppError('bad-request', `${objection.reason} Nothing was sent.`)
  const { bucket, pathStyle } = settings
  const endpoint = endpointOf(settings.endpoint, allowLoopback)
  const base = pathStyle
    ? `${endpoint.origin}/${bucket}/`
    : `${endpoint.protocol}//${bucket}.${endpoint.host}/`
  return { host: new URL(base).host, base, url: (name) => base + name }
}

function endpointOf(text: string, allowLoopback: boolean): URL {
  const url = URL.parse(text)
  const isHere = url?.protocol === 'http:' && isLoopback(url.hostname.replaceAll(/[[\]]/g, ''))
  // SECURITY: in clear, pictures and links to them could be read on the way.
  if (url?.protocol === 'https:' || (url && isHere && allowLoopback)) return url
  throw new AppError('bad-request', 'The endpoint must be https:// and a host name. Nothing was sent.')
}
