import { randomUUID } from 'node:crypto'
import { imageSize } from 'image-size'
import { empty, failure, json } from '../answer'
import type { Core } from '../core'
import { readUpload } from '../form'
import type { Upload } from '../jobs'
import type { KreaPlan } from './krea-view'
import { kreaAssetQuery } from './krea-schema'
import type { Call, Route } from '../server'

/** Largest upload, bytes; decimal megabytes are the stricter reading (§3.5). */
const maxAssetBytes = 75_000_000

/** Pictures that a submit may name; the rest of §3.5's list is for other models. */
export const kreaPictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic']

const assetTypes = [
  ...kreaPictureTypes,
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'model/gltf-binary',
  'audio/wav',
  'audio/mpeg',
]

/** `POST|GET /assets`, `GET|DELETE /assets/{id}` (§3.5). The list's shape is [ASSUMED] to be that of `GET /jobs`. */
export function kreaAssetRoutes(core: Core<KreaPlan>, assetTtlMs: number | null): readonly Route[] {
  const { clock, host, state } = core
  const intent = () => ''
  const find = ({ account, params }: Call) => {
    const upload = state.uploads.get(params['id'] ?? '')
    return upload?.account === account ? upload : undefined
  }

  const upload = async ({ account, body }: Call) => {
    const file = await readUpload(body, ['description'])
    if (typeof file === 'string') return failure(400, file)
    const { bytes, declared, sniffed, fields } = file
    if (bytes.length > maxAssetBytes) return failure(400, 'File is larger than 75 MB')
    if (!assetTypes.includes(declared)) return failure(400, `Unsupported type ${declared}`)
    if (declared !== sniffed) return failure(400, `File is not ${declared}`)
    const size = declared.startsWith('image/') ? sizeOf(bytes) : { width: null, height: null }
    if (!size) return failure(400, 'Picture cannot be read')
    const id = randomUUID()
    const purgeAt = assetTtlMs === null ? null : clock.now() + assetTtlMs
    const stored = { name: `${id}.${declared.split('/')[1]}`, contentType: declared, source: bytes, purgeAt }
    const fileId = host.add({ ...stored, linkTtlMs: null, decoy: false })
    const answer = {
      id,
      image_url: host.link(fileId),
      uploaded_at: new Date(clock.now()).toISOString(),
      ...size,
      size_bytes: bytes.length,
      mime_type: declared,
      ...(fields['description'] === undefined ? {} : { description: fields['description'] }),
    }
    state.uploads.set(id, { id, account, fileId, answer })
    return json(200, answer)
  }

  const list = ({ account, query }: Call) => {
    const asked = kreaAssetQuery.safeParse(query)
    if (!asked.success) return failure(400, asked.error.message)
    const own = [...state.uploads.values()].filter((item) => item.account === account).toReversed()
    const from = own.findIndex((item) => item.id === asked.data.cursor) + 1
    const page = own.slice(from, from + asked.data.limit)
    const more = from + page.length < own.length
    return json(200, {
      items: page.map(({ answer }) => answer),
      next_cursor: more ? idOf(page.at(-1)) : null,
    })
  }

  const one = (call: Call) => {
    const found = find(call)
    return found ? json(200, found.answer) : failure(404, 'Asset not found')
  }

  const remove = (call: Call) => {
    const found = find(call)
    if (!found) return failure(404, 'Asset not found')
    host.purge(found.fileId)
    state.uploads.delete(found.id)
    return empty(200)
  }

  return [
    { name: 'upload', method: 'POST', path: '/assets', intent, answer: upload },
    { name: 'assets', method: 'GET', path: '/assets', intent, answer: list },
    { name: 'asset', method: 'GET', path: '/assets/:id', intent, answer: one },
    { name: 'asset', method: 'DELETE', path: '/assets/:id', intent, answer: remove },
  ]
}

function idOf(upload: Upload | undefined): string | null {
  return upload?.id ?? null
}

function sizeOf(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  try {
    const { width, height } = imageSize(bytes)
    return { width, height }
  } catch {
    return null
  }
}
