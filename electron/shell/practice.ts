import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { bucketSettingsSchema, type BucketSettings } from '../../shared/bucket-schema'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { keyPairText } from '../bucket/key-pair'

const practiceSchema = z.object({
  platforms: z.record(z.enum(remoteProviderIds), z.object({ origin: z.url(), key: z.string().min(1) })),
  bucket: z.object({
    settings: bucketSettingsSchema,
    keys: z.object({ accessKeyId: z.string().min(1), secret: z.string().min(1) }),
  }),
})

/** The simulated platforms and the bucket of this computer, with keys that work only there. */
export interface Practice {
  readonly platforms: Readonly<Record<RemoteProviderId, { readonly origin: string; readonly key: string }>>
  readonly bucket: {
    readonly settings: BucketSettings
    readonly keys: { readonly accessKeyId: string; readonly secret: string }
  }
}

/**
 * What `npm run practice` set up; undefined in ordinary use.
 *
 * SECURITY: with it stored keys are not even read, so that nobody can have them sent to another address. It takes a
 * user-data folder that was made for it: simulated platforms know nothing of real jobs, and would end them.
 */
export function readPractice(): Practice | undefined {
  const file = process.env['INBETWEEN_PRACTICE']
  if (file === undefined || !existsSync(join(app.getPath('userData'), 'practice'))) return undefined
  return practiceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** The practice keys by platform; none in ordinary use. */
export function practiceKeys(
  practice: Practice | undefined,
): readonly (readonly [RemoteProviderId, { readonly origin: string; readonly key: string }])[] {
  if (!practice) return []
  return remoteProviderIds.map((id) => [id, practice.platforms[id]] as const)
}

/** The practice bucket: its settings, the vault's text of its keys, and their origin; undefined in ordinary use. */
export function practiceBucket(
  practice: Practice | undefined,
): { readonly settings: BucketSettings; readonly key: string; readonly origin: string } | undefined {
  if (!practice) return undefined
  const { settings, keys } = practice.bucket
  return {
    settings,
    key: keyPairText(keys.accessKeyId, keys.secret),
    origin: new URL(settings.endpoint).origin,
  }
}
