import { randomUUID } from 'node:crypto'
import { failure, json } from '../answer'
import type { ApiframePlan } from './apiframe-view'
import type { Core } from '../core'
import { readUpload } from '../form'
import type { Route } from '../server'

/** Largest picture or sound and largest video, bytes; decimal megabytes are the stricter reading (§2.5). */
const maxSmallBytes = 25_000_000
const maxVideoBytes = 50_000_000

/** Pictures that a submit may name (§2.5; GIF is an upload type, but no still). */
export const apiframePictureTypes = ['image/png', 'image/jpeg', 'image/webp']

const uploadTypes = [
  ...apiframePictureTypes,
  'image/gif',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'audio/mpeg',
  'audio/wav',
  'audio/ogg',
  'audio/x-m4a',
]

/** `POST /v2/uploads` (§2.5): only the bytes decide the type, and the file is soon gone. */
export function apiframeUploadRoute(core: Core<ApiframePlan>, uploadTtlMs: number): Route {
  return {
    name: 'upload',
    method: 'POST',
    path: '/v2/uploads',
    intent: () => '',
    answer: async ({ account, body }) => {
      const file = await readUpload(body, [])
      if (typeof file === 'string') return failure(400, file)
      const { bytes, sniffed } = file
      if (!uploadTypes.includes(sniffed)) return failure(400, 'Unsupported file type')
      const kind = sniffed.split('/')[0] ?? ''
      if (bytes.length > (kind === 'video' ? maxVideoBytes : maxSmallBytes))
        return failure(400, 'File too large')
      const id = randomUUID()
      const purgeAt = core.clock.now() + uploadTtlMs
      const stored = { name: id, contentType: sniffed, source: bytes, linkTtlMs: null, purgeAt, decoy: false }
      const fileId = core.host.add(stored)
      const answer = {
        id,
        url: core.host.link(fileId),
        kind,
        contentType: sniffed,
        byteSize: bytes.length,
        expiresAt: new Date(purgeAt).toISOString(),
      }
      core.state.uploads.set(id, { id, account, fileId, answer })
      return json(201, answer)
    },
  }
}
