import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { bytespikePracticeKey, createBytespikeServer, type BytespikeOptions } from './bytespike'
import { send, type Sent } from '../client'
import { createResultHost } from '../result-host'

/** A file of test/fixtures. */
export const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))
export const auth = { 'x-api-key': bytespikePracticeKey }
export const submitPath = '/v1/tasks/submit'
/** Dialect A's smallest body. */
export const small = { model: 'veo-3.1-fast', prompt: 'x', duration_seconds: 4 }
/** The same in dialect B. */
export const smallB = { model: 'veo-3.1-fast', params: { prompt: 'x', duration_seconds: 4 } }

const taskId = z.string().regex(/^task_[0-9a-f-]{36}$/)
export const taskShape = z.looseObject({ task_id: taskId, status: z.string() })
const errorShape = z.strictObject({
  error: z.strictObject({ message: z.string(), type: z.string(), code: z.string() }),
})

const resultShape = z.looseObject({ result: z.looseObject({ video_url: z.url() }) })

/** The clip's address in dialect A. */
export function linkOf(task: unknown): string {
  return resultShape.parse(task).result.video_url
}

/** A picture as a data URI of the declared type. */
export function dataUri(name: string, type: string): string {
  return `data:${type};base64,${fixture(name).toString('base64')}`
}

/** Status and error code of an answer whose body must be the documented one. */
export function refusal({ status, text }: { readonly status: number; readonly text: string }) {
  const { message, code } = errorShape.parse(JSON.parse(text)).error
  return { status, message, code }
}

/** A ByteSpike server of this test and a client that speaks to it, answers checked against the documents. */
export async function bytespike(options: BytespikeOptions = {}) {
  const server = await createBytespikeServer(options)
  onTestFinished(() => server.close())
  const at = (to: string, sent: Sent = {}) =>
    send(`${server.origin}${to}`, { ...sent, headers: { ...auth, ...sent.headers } })
  const submit = (body: unknown) => at(submitPath, { method: 'POST', body })
  const started = async (body: unknown = options.dialect === 'B' ? smallB : small) =>
    taskShape.parse(JSON.parse((await submit(body)).text)).task_id
  const query = (ref: Readonly<Record<string, string>>) =>
    options.dialect === 'B'
      ? at('/v1/tasks/query', { method: 'POST', body: ref })
      : at(`/v1/tasks/query?${new URLSearchParams(ref).toString()}`)
  const poll = async (id: string) => taskShape.parse(JSON.parse((await query({ task_id: id })).text))
  const cancel = async (id: string) =>
    taskShape.parse(JSON.parse((await at(`/v1/tasks/cancel/${id}`, { method: 'POST' })).text))
  return { server, at, submit, started, query, poll, cancel }
}

/** A public address of a picture, on a host of its own. */
export async function hostedPicture(server: Awaited<ReturnType<typeof bytespike>>['server'], name = 'a.png') {
  const { clock, record, everKeys } = server
  const host = await createResultHost({ clock, record, keys: everKeys })
  onTestFinished(() => host.close())
  const file = { name, contentType: 'image/png', source: fixture(name) }
  return host.link(host.add({ ...file, linkTtlMs: null, purgeAt: null, decoy: false }))
}
