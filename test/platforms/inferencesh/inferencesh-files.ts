import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Core } from '../core'
import type { InferenceshAnswers } from './inferencesh-answer'
import { inferenceshFiles, type InferenceshInput } from './inferencesh-schema'
import type { InferenceshPlan } from './inferencesh-view'
import type { Job, Upload } from '../jobs'
import { judgePicture } from '../pictures'
import type { Call, Route } from '../server'

/** Pictures that Google takes, and how large, bytes; decimal megabytes are the stricter reading (§5.6, §6.1). */
export const inferenceshPictureTypes = ['image/jpeg', 'image/png']
const maxPictureBytes = 20_000_000

export interface FileOptions {
  /** The `uri` of an upload: an address on the web, or the `inf://files/…` of older documents. Default https. */
  readonly uriForm?: 'https' | 'inf'
  /** Lifetime of an `upload_url`, ms; undocumented (§5.6). Default null, for ever. */
  readonly uploadLinkTtlMs?: number | null
  /** Lifetime of an upload, ms from its PUT; undocumented (§5.7). Default null, for ever. */
  readonly uploadTtlMs?: number | null
}

/** `POST /files`, and on the result host, which stands for the storage, the PUT of the bytes (§5.6). */
export function inferenceshFileRoute(
  core: Core<InferenceshPlan>,
  { ok, problem }: InferenceshAnswers,
  options: FileOptions,
): Route {
  const { clock, host, state } = core
  const { uriForm = 'https', uploadLinkTtlMs = null, uploadTtlMs = null } = options
  host.takePuts(async (fileId, request, response) => {
    const upload = [...state.uploads.values()].find((item) => item.fileId === fileId)
    await takePut(core, upload, uploadTtlMs, request, response)
  })

  const reserve = (account: string, file: z.infer<typeof inferenceshFiles>['files'][number]) => {
    const id = randomUUID()
    const { filename, content_type, size } = file
    const name = `${id}.${content_type.split('/')[1]}`
    // Nothing to fetch before the PUT: gone since the beginning of time.
    const nothing = { source: Buffer.alloc(0), linkTtlMs: null, purgeAt: 0, decoy: false }
    const fileId = host.add({ ...nothing, name, contentType: content_type })
    const address = host.link(fileId)
    const expires = uploadLinkTtlMs === null ? '' : `&Expires=${clock.now() + uploadLinkTtlMs}`
    const answer = {
      id,
      uri: uriForm === 'inf' ? `inf://files/${id}` : address,
      upload_url: `${address}?Signature=${randomUUID()}${expires}`,
      filename,
      content_type,
      size,
    }
    state.uploads.set(id, { id, account, fileId, answer })
    return answer
  }

  const create = ({ account, body }: Call) => {
    if (body.kind !== 'json') return problem(415, 'Content-Type must be application/json')
    const parsed = inferenceshFiles.safeParse(body.value)
    if (!parsed.success) return problem(400, z.prettifyError(parsed.error))
    return ok(parsed.data.files.map((file) => reserve(account, file)))
  }
  return { name: 'upload', method: 'POST', path: '/files', intent: () => '', answer: create }
}

/** The storage's part, as S3 does it; faults of the route `put` befall it, those other than an answer as a cut. */
async function takePut(
  core: Core<InferenceshPlan>,
  upload: Upload | undefined,
  uploadTtlMs: number | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock, host } = core
  const fault = core.faults.take({ route: 'put', intent: '', http: 1, socketUse: 1 })
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  const objection = putObjection(upload, request, bytes, clock.now())
  const acts = fault === undefined || ('acted' in fault && fault.acted)
  if (upload && objection === null && acts) {
    host.replace(upload.fileId, bytes, uploadTtlMs === null ? null : clock.now() + uploadTtlMs)
  }
  if (fault?.kind === 'answer') {
    const { status, body } = fault.answer
    const [type, text] =
      'json' in body ? ['application/json', JSON.stringify(body.json)] : [body.contentType, body.text]
    response.writeHead(status, { 'content-type': type }).end(text)
  } else if (fault) {
    response.destroy()
  } else if (objection) {
    const [status, code] = objection
    response
      .writeHead(status, { 'content-type': 'application/xml' })
      .end(`<Error><Code>${code}</Code></Error>`)
  } else {
    response.writeHead(200, { etag: `"${createHash('md5').update(bytes).digest('hex')}"` }).end()
  }
}

const signedAnswer = z.object({ upload_url: z.string(), content_type: z.string(), size: z.int() })

function putObjection(
  upload: Upload | undefined,
  { headers, url }: IncomingMessage,
  bytes: Buffer,
  now: number,
): readonly [number, string] | null {
  // The signature is in the address already; storage refuses two ways of proving the same (§5.6).
  if (headers.authorization !== undefined) return [400, 'InvalidArgument']
  const signed = signedAnswer.safeParse(upload?.answer).data
  const address = signed && new URL(signed.upload_url)
  if (!address || url !== `${address.pathname}${address.search}`) return [403, 'SignatureDoesNotMatch']
  if (now >= Number(address.searchParams.get('Expires') ?? Infinity)) return [403, 'AccessDenied']
  if (headers['content-length'] === undefined) return [411, 'MissingContentLength']
  if (headers['content-type'] !== signed.content_type) return [403, 'SignatureDoesNotMatch']
  return bytes.length === signed.size ? null : [400, 'EntityTooLarge']
}

/** Fetches what the input names, as the app does before it runs: null, or why one of the files cannot be used. */
export async function judgeInputFiles(
  core: Core<InferenceshPlan>,
  job: Job<InferenceshPlan>,
  { image, last_frame, video, reference_images }: InferenceshInput,
): Promise<string | null> {
  const pictures = [image, last_frame, ...(reference_images ?? [])].filter((uri) => typeof uri === 'string')
  const judge = async (uri: string, types: readonly string[]) => {
    const upload = [...core.state.uploads.values()].find(({ answer }) => answer['uri'] === uri)
    if (upload ? upload.account !== job.account : uri.startsWith('inf:')) {
      core.record.violations.push({ rule: 'picture-unreachable', detail: `${uri}: unknown upload` })
      return `${uri} was not found`
    }
    const isLarge = types === inferenceshPictureTypes && Number(upload?.answer['size'] ?? 0) > maxPictureBytes
    if (isLarge) return `${uri} is larger than 20 MB`
    const bad = await judgePicture(core.record, job.id, upload ? core.host.link(upload.fileId) : uri, types)
    return bad === null ? null : `${uri} ${bad}`
  }
  const verdicts = await Promise.all([
    ...pictures.map((uri) => judge(uri, inferenceshPictureTypes)),
    ...(video ? [judge(video, ['video/mp4'])] : []),
  ])
  return verdicts.find((verdict) => verdict !== null) ?? null
}
