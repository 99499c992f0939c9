import { bucketObjections } from '../../shared/bucket'
import type { BucketSettings } from '../../shared/bucket-schema'
import type { ErrorCode, ErrorShape } from '../../shared/error'

/** The fields of the bucket, as they are typed; never its keys. */
export interface TypedBucket {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly pathStyle: boolean
}

/** What is wrong, by field. */
export type BucketFaults = Partial<Readonly<Record<'endpoint' | 'region' | 'bucket', string>>>

/** Longest endpoint that is taken, characters (`bucketSettingsSchema`). */
const maxEndpoint = 500

/** Whether the endpoint as it is typed is the one that is set: the access keys belong to it. */
export function isSameEndpoint(typed: string, settings: Pick<BucketSettings, 'endpoint'> | null): boolean {
  return settings !== null && plain(typed) === plain(settings.endpoint)
}

function plain(endpoint: string): string {
  return endpoint.trim().replace(/\/$/, '').toLowerCase()
}

/** Reads the bucket as it is typed: all of it, or what is wrong with each field. Without a region it is `auto`. */
export function readBucket(
  typed: TypedBucket,
):
  | { readonly kind: 'read'; readonly settings: BucketSettings }
  | { readonly kind: 'faults'; readonly faults: BucketFaults } {
  const region = typed.region.trim()
  const settings = {
    endpoint: typed.endpoint.trim().replace(/\/$/, '').slice(0, maxEndpoint),
    region: region === '' ? 'auto' : region,
    bucket: typed.bucket.trim(),
    pathStyle: typed.pathStyle,
  }
  const objections = bucketObjections(settings)
  if (objections.length === 0) return { kind: 'read', settings }
  return {
    kind: 'faults',
    faults: Object.fromEntries(objections.map(({ field, reason }) => [field, reason])),
  }
}

const fields: Partial<Readonly<Record<ErrorCode, 'endpoint' | 'bucket' | 'keys'>>> = {
  'provider-down': 'endpoint',
  'bucket-down': 'endpoint',
  'unknown-answer': 'endpoint',
  'not-found': 'bucket',
  'key-refused': 'keys',
}

/** The field that a failed test is about, where the failure tells; null where it may be any of them. */
export function fieldOf({ code }: Pick<ErrorShape, 'code'>): 'endpoint' | 'bucket' | 'keys' | null {
  return fields[code] ?? null
}
