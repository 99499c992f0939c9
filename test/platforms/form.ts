import { fileTypeFromBuffer } from 'file-type'
import type { Body } from './server'

export interface UploadedFile {
  readonly bytes: Buffer
  /** As the client declared it, lower case, without parameters. */
  readonly declared: string
  /** By its magic bytes; 'unknown' when they say nothing. */
  readonly sniffed: string
  readonly fields: Readonly<Record<string, string>>
}

/** The one file of a multipart upload in its field `file`; a string says what is wrong with the form. */
export async function readUpload(body: Body, otherFields: readonly string[]): Promise<UploadedFile | string> {
  if (body.kind !== 'form') return 'multipart/form-data expected'
  const parsed = await parse(body)
  if (!parsed) return 'malformed multipart body'
  const files = parsed.getAll('file')
  const [file] = files
  if (!(file instanceof File) || files.length !== 1) return 'exactly one file in the field "file" expected'
  const fields: Record<string, string> = {}
  for (const [name, value] of parsed) {
    if (name === 'file') continue
    if (!otherFields.includes(name) || typeof value !== 'string') return `unknown field "${name}"`
    fields[name] = value
  }
  const bytes = Buffer.from(await file.arrayBuffer())
  const sniffed = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown'
  return { bytes, declared: file.type.split(';')[0]?.toLowerCase() ?? '', sniffed, fields }
}

async function parse(body: Extract<Body, { kind: 'form' }>): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(body.bytes), {
      headers: { 'content-type': body.contentType },
    }).formData()
  } catch {
    return null
  }
}
