import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { send, type Sent } from '../client'
import { createInferenceshServer, inferenceshPracticeKey, type InferenceshOptions } from './inferencesh'

/** A file of test/fixtures. */
export const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))
export const auth = { authorization: `Bearer ${inferenceshPracticeKey}` }
export const app = 'google/veo-3-1-fast'
/** The documented form of a task (§5.4, §5.5). */
export const taskShape = z.looseObject({
  id: z.uuid(),
  short_id: z.string(),
  status: z.int(),
  status_text: z.string(),
  output: z.strictObject({ videos: z.array(z.url()) }).nullable(),
  error: z.string().optional(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export const listShape = z.strictObject({
  items: z.array(taskShape.extend({ input: z.looseObject({ prompt: z.string() }) })),
  next_cursor: z.string().nullable(),
  prev_cursor: z.null(),
  has_next: z.boolean(),
  has_previous: z.boolean(),
  items_per_page: z.int(),
  total_items: z.int(),
})
const idShape = z.looseObject({ id: z.uuid() })
const uploadShape = z.strictObject({
  id: z.uuid(),
  uri: z.string(),
  upload_url: z.url(),
  filename: z.string(),
  content_type: z.string(),
  size: z.int(),
})

/** What is in the envelope of today. */
export function dataOf(text: string): unknown {
  return z.strictObject({ data: z.unknown(), messages: z.tuple([]) }).parse(JSON.parse(text)).data
}

/** An inference.sh server of this test and a client that speaks to it, answers checked against the documents. */
export async function inferencesh(options: InferenceshOptions = {}) {
  const server = await createInferenceshServer(options)
  onTestFinished(() => server.close())
  const at = (to: string, sent: Sent = {}) =>
    send(`${server.origin}${to}`, { ...sent, headers: { ...auth, ...sent.headers } })
  const submit = (input: unknown) => at('/apps/run', { method: 'POST', body: { app, input } })
  const started = async (input: unknown) => idShape.parse(dataOf((await submit(input)).text)).id
  const poll = async (id: string) => taskShape.parse(dataOf((await at(`/tasks/${id}`)).text))
  const list = async (body: unknown = {}) =>
    listShape.parse(dataOf((await at('/tasks/list', { method: 'POST', body })).text))

  /** The first of the two requests of an upload. */
  const reserved = async (name = 'a.png', type = 'image/png', size = fixture(name).length) => {
    const files = [{ uri: '', filename: name, content_type: type, size }]
    const answer = await at('/files', { method: 'POST', body: { files } })
    return z.tuple([uploadShape]).parse(dataOf(answer.text))[0]
  }
  /** Both. */
  const uploaded = async (name = 'a.png', type = 'image/png') => {
    const upload = await reserved(name, type)
    const { status } = await put(upload.upload_url, fixture(name), { 'content-type': type })
    if (status !== 200) throw new Error(`PUT answered ${status}`)
    return upload
  }
  return { server, at, submit, started, poll, list, reserved, uploaded }
}

/** The second request of an upload: bytes with their length, without a key. */
export function put(url: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>) {
  return send(url, { method: 'PUT', bytes, headers: { 'content-length': String(bytes.length), ...headers } })
}
