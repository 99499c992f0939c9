import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { openAsBlob } from 'node:fs'
import { bucketSettingsSchema, type BucketSettings } from '../../../shared/bucket-schema'
import { AppError } from '../../../shared/error'
import { isTerminal, type JobState } from '../../../shared/job'
import type { RemoteProviderId } from '../../../shared/provider'
import { placeOf, type Buckets } from '../../bucket/bucket-desk'
import { Unreachable, type HandedOver, type MediaFile } from '../../providers/provider'
import { uploadName } from '../../providers/upload'
import { createBucketTidy } from './bucket-tidy'
import { filesOf } from './recipe-files'
import type { JobTable } from '../store/table'

/** What lies in the user's bucket for platforms to fetch. */
export interface BucketStore {
  readonly isConnected: () => boolean
  /** Names the bucket of now with its keys: a link is as good as the keys that signed it. Empty without one. */
  readonly place: () => string
  /** How long a link must still be good to be given out, milliseconds. */
  readonly marginMs: number
  /** When it is tried again after it did not answer, milliseconds since 1970; null while it does. */
  readonly downUntil: () => number | null
  readonly put: (file: MediaFile, provider: RemoteProviderId) => Promise<HandedOver>
  /** Deletes what no job needs any more; what cannot be deleted now stays for the next time. */
  readonly sweep: () => Promise<void>
  /** Deletes what a lost database forgot, at most once a day; see {@link createBucketTidy}. */
  readonly tidy: () => Promise<void>
  /** Fingerprints of keys with which objects must still be deleted. */
  readonly keyPrints: () => ReadonlySet<string>
}

/** How long a presigned link is good, milliseconds: the longest queue of a platform (24 h, §5.5), twice. */
const lifetimeMs = 48 * 3_600_000

/** A bucket that does not answer is left alone for so long, milliseconds: stores are back in moments, or in hours. */
const downMs = 30_000

/** An object whose keys stay away is remembered for so long, milliseconds: a locked keyring is opened again by then. */
const rememberedMs = 30 * 86_400_000

/** Makes the store. Every object is written down before it is made, so that none is forgotten there. */
export function createBucketStore(deps: {
  readonly db: DatabaseSync
  readonly buckets: Buckets
  readonly table: Pick<JobTable, 'unfinished' | 'watched'>
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  readonly logError: (what: string, error: unknown) => void
}): BucketStore {
  const { db, buckets, now } = deps
  const insert = db.prepare(
    'insert into bucket_objects (name, settings, key_print, provider, file, made_at) values (?, ?, ?, ?, ?, ?)',
  )
  const all = db.prepare('select * from bucket_objects order by made_at')
  const remove = db.prepare('delete from bucket_objects where name = ?')
  const forget = db.prepare('delete from handed_over where provider = ? and still = ?')
  const known = db.prepare('select 1 from bucket_objects where name = ?')
  const prints = db.prepare('select distinct key_print from bucket_objects')
  let sweeping: Promise<void> | undefined
  /** Something changed since the sweep that is under way began. */
  let isDue = false
  let down = Number.NEGATIVE_INFINITY
  /** Names of objects on their way: deleted now, they would arrive after that. */
  const inHand = new Set<string>()

  /** Also by a job that was given up: the platform may have it all the same, and fetch its pictures late. */
  function isNeeded(provider: string, file: string): boolean {
    const { unfinished, watched } = deps.table
    const needing = unfinished().filter(({ state }) => !isDelivered(state))
    return [...needing, ...watched(now() - lifetimeMs)].some(
      (job) => job.provider === provider && filesOf(job.recipe).includes(file),
    )
  }

  async function sweepOnce(): Promise<void> {
    for (const row of all.all()) {
      const [provider, file, name] = [String(row['provider']), String(row['file']), String(row['name'])]
      if (inHand.has(name) || isNeeded(provider, file)) continue
      // First: a link to an object that is going must not be given out.
      forget.run(provider, file)
      try {
        const bucket = buckets.at(settingsOf(row), String(row['key_print']))
        if (bucket) await bucket.remove(name)
        // Without its keys nobody can delete it; the link has an end of its own.
        else if (now() - Number(row['made_at']) < rememberedMs) continue
        remove.run(name)
        // One that was on its way to be remembered when this began.
        forget.run(provider, file)
      } catch (error) {
        deps.logError('deleting from the bucket', error)
      }
    }
  }

  async function sweepWhileDue(): Promise<void> {
    try {
      while (isDue) {
        isDue = false
        await sweepOnce()
      }
    } catch (error) {
      deps.logError('deleting from the bucket', error)
    } finally {
      // At once: in the next turn somebody may already wait for another.
      sweeping = undefined
    }
  }

  function sweep(): Promise<void> {
    isDue = true
    sweeping ??= sweepWhileDue()
    return sweeping
  }

  return {
    marginMs: lifetimeMs / 2,
    isConnected: () => buckets.current() !== undefined,
    downUntil: () => (down > now() ? down : null),
    place() {
      const bucket = buckets.current()
      return bucket ? placeOf(bucket) : ''
    },
    async put(file, provider) {
      const bucket = buckets.current()
      if (!bucket) throw new AppError('bad-request', 'The bucket is no longer connected. Nothing was sent.')
      const { mime } = uploadName(file)
      const name = bucket.newName(file.type)
      insert.run(name, JSON.stringify(bucket.settings), bucket.print, provider, file.id, now())
      inHand.add(name)
      try {
        await bucket.put(name, await openAsBlob(file.path, { type: mime }), mime)
        const url = await bucket.presign(name, lifetimeMs / 1000)
        down = Number.NEGATIVE_INFINITY
        return { url, expiresAt: now() + lifetimeMs }
      } catch (error) {
        const thrown = ofBucket(error)
        if (thrown instanceof AppError && thrown.code === 'bucket-down') down = now() + downMs
        throw thrown
      } finally {
        inHand.delete(name)
        // The job may have been called off meanwhile.
        void sweep()
      }
    },
    sweep,
    tidy: createBucketTidy({ ...deps, lifetimeMs, isKnown: (name) => known.get(name) !== undefined }),
    keyPrints: () => new Set(prints.all().map((row) => String(row['key_print']))),
  }
}

/** Its codes would otherwise be taken for the platform's: a key of the bucket's is no key of the platform's. */
function ofBucket(error: unknown): unknown {
  if (error instanceof Unreachable || (error instanceof AppError && error.code === 'provider-down')) {
    return new AppError('bucket-down', `Your bucket does not answer. ${error.message}`)
  }
  if (!(error instanceof AppError)) return error
  return new AppError('forbidden', `Your bucket did not take a file. ${error.message}`, error.details)
}

/** @throws Error for a row that cannot be read */
function settingsOf(row: Record<string, SQLOutputValue>): BucketSettings {
  return bucketSettingsSchema.parse(JSON.parse(String(row['settings'])))
}

/**
 * From then on the platform has no more use for what it was given. Not while it is undelivered: the platform may have
 * lost sight of it, and begin late.
 */
export function isDelivered(state: JobState): boolean {
  return state === 'downloading' || isTerminal(state)
}
