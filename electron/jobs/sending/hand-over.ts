import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/error'
import type { HandOverRules, ProviderId } from '../../../shared/provider'
import { slotNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { fits, wayOf } from '../../../shared/validate/hand-over'
import type { Elsewhere, HandedOver, MediaFile, MediaUrls, RemoteProvider } from '../../providers/provider'
import type { BucketStore } from './bucket-store'
import type { Connection } from '../platforms/connections'
import type { LibraryFiles } from './library-files'

/** Gives what a recipe needs to providers, each file once while the platform or the bucket keeps it. */
export interface HandOver {
  /**
   * The addresses of the recipe's pictures and source clip, for the provider. Those that the user pasted are as they
   * were pasted.
   * @throws AppError when a file is gone or refused, Unreachable when nobody answers.
   */
  readonly urls: (recipe: Recipe, provider: RemoteProvider, connection: Connection) => Promise<MediaUrls>
  /** The platform could not use what it has: next time they are given anew. */
  readonly forget: (files: readonly string[], provider: ProviderId) => void
}

/** A link must outlast the submit and the platform's own queue before it looks at the picture, milliseconds. */
const marginMs = 15 * 60_000

/** Where no end is named, uploads are made anew after a day: they are free, and a dead link fails a job. */
const unnamedLifeMs = 24 * 3_600_000

/** What making a copy needs: a smaller side than this shows in no platform's clip, pixels. */
const copySide = { inline: 1920, other: 3840 }

/** What handing over needs of the outside. */
export interface HandOverDeps {
  readonly db: DatabaseSync
  readonly files: LibraryFiles
  readonly bucket: BucketStore
  readonly elsewhere: Elsewhere
  /** Makes a JPEG of at most so many bytes beside the picture, for `use`, and takes it away again. */
  readonly withCopy: <T>(
    picture: MediaFile,
    limit: { readonly maxBytes: number; readonly maxSide: number },
    use: (copy: MediaFile) => Promise<T>,
  ) => Promise<T>
  readonly now: () => number
}

/** Makes the hand-over of the open library's files, remembered in engine.db by content hash. */
export function createHandOver(deps: HandOverDeps): HandOver {
  const { db, files, bucket, elsewhere, now } = deps
  const get = db.prepare(
    'select url from handed_over where provider = ? and key_print = ? and still = ? and expires_at > ?',
  )
  const remove = db.prepare('delete from handed_over where provider = ? and still = ?')
  const put = db.prepare(
    'insert or replace into handed_over (provider, key_print, still, url, expires_at) values (?, ?, ?, ?, ?)',
  )

  /** Once while it is good there: `bring` hands it over, when it has to be. */
  async function once(
    id: string,
    provider: RemoteProvider,
    connection: Connection,
    way: HandOverRules['way'],
    bring: () => Promise<HandedOver>,
  ): Promise<string> {
    const margin = way === 'bucket' ? bucket.marginMs : marginMs
    // Where it lies: an account of the platform's, or the user's bucket.
    const place = way === 'bucket' ? bucket.place() : connection.print
    const known = get.get(provider.id, place, id, now() + margin)?.['url']
    if (typeof known === 'string') return known
    const { url, expiresAt } = await bring()
    // Inside a request it is its own bytes.
    if (way !== 'inline') {
      put.run(provider.id, place, id, url, expiresAt ?? now() + unnamedLifeMs)
    }
    return url
  }

  function give(
    file: MediaFile,
    provider: RemoteProvider,
    connection: Connection,
    way: HandOverRules['way'],
  ): Promise<HandedOver> {
    if (way === 'bucket') return bucket.put(file, provider.id)
    if (!provider.handOver) throw new Error(`${provider.id} has no way of its own`)
    return provider.handOver(file, { send: connection.send, elsewhere }, now)
  }

  async function picture(id: string, provider: RemoteProvider, connection: Connection): Promise<string> {
    const rules = wayOf(provider.pictures, { hasBucket: bucket.isConnected() })
    if (!rules) throw noWay(provider.name)
    return once(id, provider, connection, rules.way, async () => {
      const file = await files.still(id)
      if (fits(file, rules)) return give(file, provider, connection, rules.way)
      const maxSide = rules.way === 'inline' ? copySide.inline : copySide.other
      return deps.withCopy(file, { maxBytes: rules.maxBytes, maxSide }, (copy) =>
        give(copy, provider, connection, rules.way),
      )
    })
  }

  async function sourceClip(id: string, provider: RemoteProvider, connection: Connection): Promise<string> {
    const rules = wayOf(provider.clips, { hasBucket: bucket.isConnected() })
    if (!rules) throw noWay(provider.name)
    return once(id, provider, connection, rules.way, async () =>
      give(await files.clip(id), provider, connection, rules.way),
    )
  }

  return {
    forget(ids, provider) {
      for (const id of ids) remove.run(provider, id)
    },
    async urls(recipe, provider, connection) {
      const { slots, links, source } = recipe
      const urls: Partial<Record<keyof MediaUrls, string>> = {}
      for (const slot of slotNames) {
        const still = slots[slot]
        if (still !== undefined) urls[slot] = links[slot] ?? (await picture(still, provider, connection))
      }
      if (source) urls.source = links.source ?? (await sourceClip(source.clip, provider, connection))
      return urls
    },
  }
}

function noWay(name: string): AppError {
  const message = `${name} takes pictures and clips only from a public address, and no bucket is connected. Connect it under Settings and run this again.`
  return new AppError('bad-request', message)
}
