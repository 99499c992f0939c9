import { randomBytes } from 'node:crypto'
import type { BucketSettings } from '../../shared/bucket-schema'
import { AppError } from '../../shared/error'
import type { BucketStatus } from '../../shared/provider-status-schema'
import { Redacted } from '../keys/redacted'
import type { HeldKey, Vault } from '../keys/vault'
import { createBucket, type Bucket } from './bucket'
import { keyPairText } from './key-pair'
import type { Elsewhere } from '../providers/provider'

/** A bucket with a pair of keys. */
export type OpenBucket = Pick<Bucket, 'newName' | 'put' | 'presign' | 'remove' | 'list'> & {
  readonly settings: BucketSettings
  /** Fingerprint of the keys. */
  readonly print: string
}

/** Names a bucket with its keys: what they signed is good as long as they are. */
export function placeOf({ print, settings }: OpenBucket): string {
  return `${print} ${JSON.stringify(settings)}`
}

/** The buckets whose keys are in the vault. */
export interface Buckets {
  readonly current: () => OpenBucket | undefined
  /** One that was used before, as long as its keys are kept. */
  readonly at: (settings: BucketSettings, print: string) => OpenBucket | undefined
}

/** What the user says of the bucket. */
export interface BucketDesk extends Buckets {
  readonly status: () => BucketStatus
  /** Tries it and saves what worked. Without `keys` those that are kept. @throws AppError that says what to change. */
  readonly connect: (
    settings: BucketSettings,
    keys: { readonly accessKeyId: string; readonly secret: string } | null,
    forSession: boolean,
  ) => Promise<BucketStatus>
  readonly remove: () => BucketStatus
}

/** Makes the desk of the user's bucket. */
export function createBucketDesk(deps: {
  readonly vault: Vault
  readonly settings: {
    readonly bucket: () => BucketSettings | null
    readonly setBucket: (settings: BucketSettings | null) => void
  }
  readonly send: Elsewhere
  /** Hosts of the user's own, whose addresses may be private: the bucket's is put in before it is asked. */
  readonly ownHosts: Set<string>
  readonly allowLoopback: boolean
  /** Fingerprints of keys with which objects must still be deleted. */
  readonly isStillNeeded: (print: string) => boolean
  readonly onStatus: (status: BucketStatus) => void
  readonly now: () => number
}): BucketDesk {
  const { vault, settings: saved, now } = deps

  function make(settings: BucketSettings, keys: Redacted): Bucket {
    const { send, allowLoopback } = deps
    const random = () => randomBytes(16).toString('hex')
    const bucket = createBucket({ settings, keys, send, now, random, allowLoopback })
    deps.ownHosts.add(bucket.host)
    return bucket
  }

  /** SECURITY: keys go to the endpoint they were saved for and to no other. */
  function open(settings: BucketSettings, held: HeldKey | undefined): OpenBucket | undefined {
    if (!held || held.origin !== originOf(settings)) return undefined
    return { ...make(settings, held.key), settings, print: held.print }
  }

  function status(): BucketStatus {
    const settings = saved.bucket()
    return { settings, key: settings ? vault.state('bucket', originOf(settings)) : { kind: 'none' } }
  }

  function changed(): BucketStatus {
    const changedTo = status()
    deps.onStatus(changedTo)
    return changedTo
  }

  function keysFor(settings: BucketSettings, text: string | null): Redacted {
    if (text !== null) return new Redacted(text)
    const held = vault.current('bucket')
    if (held && held.origin === originOf(settings)) return held.key
    throw new AppError('no-key', 'Paste both access keys of this endpoint.')
  }

  return {
    status,
    current() {
      const settings = saved.bucket()
      return settings ? open(settings, vault.current('bucket')) : undefined
    },
    at: (settings, print) => open(settings, vault.byPrint('bucket', print)),
    async connect(settings, keys, forSession) {
      const text = keys && keyPairText(keys.accessKeyId, keys.secret)
      const { ownHosts } = deps
      const known = new Set(ownHosts)
      const bucket = make(settings, keysFor(settings, text))
      try {
        await bucket.test()
      } catch (error) {
        // What was only tried is nobody's own.
        if (!known.has(bucket.host)) ownHosts.delete(bucket.host)
        throw error
      }
      if (text !== null) vault.save('bucket', text, { forSession, origin: originOf(settings) })
      saved.setBucket(settings)
      return changed()
    },
    remove() {
      vault.remove('bucket', deps.isStillNeeded)
      saved.setBucket(null)
      return changed()
    },
  }
}

function originOf({ endpoint }: BucketSettings): string {
  return new URL(endpoint).origin
}
