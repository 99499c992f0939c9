import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { form, send, type Sent } from '../client'
import { createKreaServer, kreaPracticeKey, type KreaOptions } from './krea'

/** A file of test/fixtures. */
export const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))
export const auth = { authorization: `Bearer ${kreaPracticeKey}` }
export const path = '/generate/video/google/veo-3.1-fast'
export const jobShape = z.looseObject({
  job_id: z.uuid(),
  status: z.string(),
  created_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable(),
  result: z.looseObject({ urls: z.unknown() }).nullable(),
})
const listShape = z.strictObject({ items: z.array(jobShape), next_cursor: z.string().nullable() })
/** `result.urls` in its documented form. */
export const urlsShape = z.array(z.url())

/** A Krea server of this test and a client that speaks to it, answers checked against the documents. */
export async function krea(options: KreaOptions = {}) {
  const server = await createKreaServer(options)
  onTestFinished(() => server.close())
  const at = (to: string, sent: Sent = {}) =>
    send(`${server.origin}${to}`, { ...sent, headers: { ...auth, ...sent.headers } })
  const submit = (body: unknown) => at(path, { method: 'POST', body })
  const started = async (body: unknown) => jobShape.parse(JSON.parse((await submit(body)).text)).job_id
  const poll = async (id: string) => jobShape.parse(JSON.parse((await at(`/jobs/${id}`)).text))
  const list = async (query = '') => listShape.parse(JSON.parse((await at(`/jobs${query}`)).text))
  return { server, at, submit, started, poll, list }
}

/** Uploads a PNG of test/fixtures. */
export async function uploaded(at: Awaited<ReturnType<typeof krea>>['at'], name = 'a.png') {
  const { headers, body } = await form({ name, type: 'image/png', bytes: fixture(name) })
  const answer = await at('/assets', { method: 'POST', headers, bytes: body })
  return z.looseObject({ id: z.uuid(), image_url: z.url() }).parse(JSON.parse(answer.text))
}
