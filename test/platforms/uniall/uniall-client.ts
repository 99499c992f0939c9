import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { send, type Sent } from '../client'
import { createUniallServer, uniallPracticeKey, uniallSubmitPaths, type UniallOptions } from './uniall'

/** A file of test/fixtures. */
export const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))
export const auth = { authorization: `Bearer ${uniallPracticeKey}` }
/** A body that is taken, without media. */
export const text = {
  model: 'veo3.1-fast-video-4k',
  generation_mode: 'text_to_video',
  prompt: 'x',
  duration: 8,
  resolution: '4k',
  aspect_ratio: '16:9',
  generate_audio: false,
}
/** The submit's answer in its documented form. */
export const acceptedShape = z.strictObject({
  id: z.string().startsWith('task_'),
  task_id: z.string(),
  status: z.literal('queued'),
  object: z.literal('video.generation.job'),
})
/** The poll's answer with every field of §1.4. */
export const jobShape = z.strictObject({
  id: z.string(),
  task_id: z.string(),
  object: z.literal('video.generation.job'),
  model: z.string(),
  prompt: z.string(),
  status: z.string(),
  progress: z.number().nullish(),
  duration: z.int(),
  created_at: z.int(),
  metadata: z.strictObject({}),
  video_url: z.url().nullable(),
  thumbnail_url: z.null(),
  error: z.unknown(),
  result: z.strictObject({ outputs: z.array(z.url()).optional(), video_url: z.url().nullish() }).nullable(),
})
/** An error in OpenAI's shape. */
export const errorShape = z.strictObject({
  error: z.strictObject({ message: z.string(), type: z.string(), code: z.string() }),
})

/** A UniAll server of this test and a client that speaks to it, answers checked against the documents. */
export async function uniall(options: UniallOptions = {}) {
  const server = await createUniallServer(options)
  onTestFinished(() => server.close())
  const path = uniallSubmitPaths[options.dialect ?? 'generation_mode']
  const at = (to: string, sent: Sent = {}) =>
    send(`${server.origin}${to}`, { ...sent, headers: { ...auth, ...sent.headers } })
  const submit = (body: unknown) => at(path, { method: 'POST', body })
  const started = async (body: unknown) => acceptedShape.parse(JSON.parse((await submit(body)).text)).task_id
  const poll = async (id: string) => jobShape.parse(JSON.parse((await at(`/v1/videos/${id}`)).text))
  /** Puts a fixture up on the result host, as on any public host, under a link that works so long. */
  const hosted = (name: string, contentType: string, linkTtlMs: number | null = null) => {
    const fileId = server.host.add({
      name,
      contentType,
      source: fixture(name),
      linkTtlMs,
      purgeAt: null,
      decoy: false,
    })
    return server.host.link(fileId)
  }
  return { server, at, submit, started, poll, hosted }
}
