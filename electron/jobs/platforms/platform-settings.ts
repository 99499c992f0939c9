import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { bucketSettingsSchema, type BucketSettings } from '../../../shared/bucket-schema'
import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import { checkedOrigin } from '../../providers/http/http-origin'
import { parseJson } from '../../providers/json'
import type { PlatformSettings } from '../../providers/provider'

/** Where platforms and the user's bucket are, as the user set it. */
export interface SettingsTable {
  /** Null for what is as by default. */
  readonly platform: (id: RemoteProviderId) => PlatformSettings
  readonly setPlatform: (id: RemoteProviderId, change: Partial<PlatformSettings>) => void
  readonly bucket: () => BucketSettings | null
  readonly setBucket: (settings: BucketSettings | null) => void
}

const platformSchema = z.object({
  origin: z.string().refine(isOrigin).nullable(),
  dialect: z.string().nullable(),
})

/** Whether it may have been set: what could be none would fail at every request. */
function isOrigin(text: string): boolean {
  try {
    return checkedOrigin(text, true) === text
  } catch {
    return false
  }
}

/** The settings of an engine.db. What cannot be read is as by default: the user is asked again, nothing is sent. */
export function createSettingsTable(db: DatabaseSync): SettingsTable {
  const get = db.prepare('select value from settings where scope = ?')
  const put = db.prepare('insert or replace into settings (scope, value) values (?, ?)')
  const remove = db.prepare('delete from settings where scope = ?')

  function read<S extends z.ZodType>(scope: string, schema: S): z.output<S> | null {
    const value = get.get(scope)?.['value']
    if (typeof value !== 'string') return null
    return schema.safeParse(parseJson(value)).data ?? null
  }
  // Read at every request.
  const platforms = new Map<RemoteProviderId, PlatformSettings>()
  const platform = (id: RemoteProviderId): PlatformSettings => {
    const known = platforms.get(id) ??
      read(`provider:${id}`, platformSchema) ?? { origin: null, dialect: null }
    platforms.set(id, known)
    return known
  }

  return {
    platform,
    setPlatform(id, change) {
      const next = { ...platform(id), ...change }
      put.run(`provider:${id}`, JSON.stringify(next))
      platforms.set(id, next)
    },
    bucket: () => read('bucket', bucketSettingsSchema),
    setBucket(settings) {
      if (settings) put.run('bucket', JSON.stringify(settings))
      else remove.run('bucket')
    },
  }
}

/** Hosts of platforms that the user has set: a company's gateway may have a private address. */
export function configuredHosts(settings: Pick<SettingsTable, 'platform'>): readonly string[] {
  return remoteProviderIds.flatMap((id) => {
    const { origin } = settings.platform(id)
    return origin === null ? [] : [new URL(origin).host]
  })
}
