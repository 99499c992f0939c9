import type { BucketSettings } from './bucket-schema'

/** What is wrong with one of the settings of a bucket. */
export interface BucketObjection {
  readonly field: 'endpoint' | 'region' | 'bucket'
  /** For the user: what it must be. */
  readonly reason: string
}

/** An origin in plain letters: scheme, then name, IPv4 or [IPv6], then a port. */
const originForm = /^https?:\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i
const regionForm = /^[a-z0-9][a-z0-9-]{0,62}$/i
const ipv4Form = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** True for an http or https origin without path, query or password. */
export function isBucketEndpoint(text: string): boolean {
  return originForm.test(text)
}

/** True for what can stand as a region in a signature. */
export function isBucketRegion(text: string): boolean {
  return regionForm.test(text)
}

/** S3's rules for names (AmazonS3/latest/userguide/bucketnamingrules), without the words that AWS alone reserves. */
export function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..') && !ipv4Form.test(text)
}

/** All that cannot work with the settings, seen without asking the bucket; empty when they may be tried. */
export function bucketObjections(settings: BucketSettings): readonly BucketObjection[] {
  const { endpoint, region, bucket, pathStyle } = settings
  const objections: BucketObjection[] = []
  const object = (field: BucketObjection['field'], reason: string) => void objections.push({ field, reason })
  const host = originForm.exec(endpoint)?.[1]?.toLowerCase()

  if (host === undefined) {
    object(
      'endpoint',
      'The endpoint is https:// and a host name, without the bucket or anything else behind it.',
    )
  } else if (host.startsWith(`${bucket}.`)) {
    object('endpoint', `The endpoint has the bucket’s name in it already: leave out “${bucket}.”.`)
  }
  if (!isBucketRegion(region)) {
    object('region', 'The region is a short word such as eu-central-1, or auto on Cloudflare R2.')
  }
  if (!isBucketName(bucket)) {
    object('bucket', 'The bucket’s name has 3 to 63 small letters, digits, hyphens and single dots.')
  } else if (!pathStyle && host !== undefined && (ipv4Form.test(host) || host.startsWith('['))) {
    object('endpoint', 'Before an address of numbers no bucket can be written: switch path style on.')
  } else if (!pathStyle && bucket.includes('.') && /^https:/i.test(endpoint)) {
    // The certificate *.endpoint covers one label.
    object('bucket', 'A bucket with a dot in its name works over https only with path style: switch it on.')
  }
  return objections
}
