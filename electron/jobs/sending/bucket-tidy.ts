import { AppError } from '../../../shared/error'
import { placeOf, type Buckets, type OpenBucket } from '../../bucket/bucket-desk'
import { Unreachable } from '../../providers/provider'

/**
 * A link is signed after the upload, which may take 15 minutes (http-limits.ts), by a clock that may be 15 minutes
 * ahead of the store's (AmazonS3/latest/API/sigv4-auth-using-authorization-header): it ends so much later, twice.
 */
const spareMs = 3_600_000

/** Between two lists, milliseconds: what is forgotten costs storage, and nothing else. */
const againMs = 86_400_000

/** The same when the store did not answer: many a start comes before the network. */
const triedMs = 3_600_000

/**
 * Makes what deletes objects of ours that nobody knows any more: a lost engine.db takes the list of them with it. Other
 * computers may share the bucket, and their objects are as unknown here, so that only those go whose links are dead
 * everywhere. Each call lists the bucket only when that is due; it never rejects.
 */
export function createBucketTidy(deps: {
  readonly buckets: Pick<Buckets, 'current'>
  /** Whether it is written down, and so deleted when its jobs end. */
  readonly isKnown: (name: string) => boolean
  /** How long a link is good from when it is signed, milliseconds. */
  readonly lifetimeMs: number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  readonly logError: (what: string, error: unknown) => void
}): () => Promise<void> {
  const { buckets, uptime } = deps
  const deadMs = deps.lifetimeMs + spareMs
  let next = { place: '', at: 0 }
  let tidying: Promise<void> | undefined
  /** What was logged since the start: keys without the right to list are no news every day. */
  const told = new Set<string>()

  async function tidyUp(bucket: OpenBucket): Promise<void> {
    for (const { name, ageMs } of await bucket.list()) {
      if (ageMs > deadMs && !deps.isKnown(name)) await bucket.remove(name)
    }
  }

  function tell(error: unknown): void {
    const words = String(error)
    if (!told.has(words)) deps.logError('tidying the bucket', error)
    told.add(words)
  }

  async function tidyWhenDue(): Promise<void> {
    try {
      const bucket = buckets.current()
      if (!bucket || (next.place === placeOf(bucket) && uptime() < next.at)) return
      // Before the first request: a try that ends badly counts, too.
      next = { place: placeOf(bucket), at: uptime() + againMs }
      await tidyUp(bucket)
    } catch (error) {
      if (isAway(error)) next = { ...next, at: uptime() + triedMs }
      tell(error)
    }
  }

  return () => {
    tidying ??= tidyWhenDue().finally(() => (tidying = undefined))
    return tidying
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof AppError && error.code === 'provider-down')
}
