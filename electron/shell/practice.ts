import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'

const practiceSchema = z.object({
  platforms: z.record(z.enum(remoteProviderIds), z.object({ origin: z.url(), key: z.string().min(1) })),
})

/** The simulated platforms of this computer, with keys that work only there. */
export interface Practice {
  readonly platforms: Readonly<Record<RemoteProviderId, { readonly origin: string; readonly key: string }>>
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
