import { z } from 'zod'
import type { AskedClip } from '../asked-clip'

const url = z.url({ protocol: /^https?$/ })

const veoParams = z.strictObject({
  image: url.optional(),
  last_frame: url.optional(),
  reference_images: z.array(url).max(3).optional(),
  resolution: z.enum(['720p', '1080p']).default('720p'),
  generate_audio: z.boolean().default(true),
  negative_prompt: z.string().max(2000).optional(),
  seed: z.int().optional(),
  duration: z.literal([4, 6, 8]).default(8),
  aspect_ratio: z
    .string()
    .regex(/^\d+:\d+$/)
    .optional(),
})

/** The body of an Apiframe submit by its OpenAPI file, strict on both levels (§2.2); `webhook_url` of the page is not in it. */
export const apiframeBody = z.strictObject({
  model: z.literal('veo-3.1-fast'),
  prompt: z.string().min(1).max(4000),
  veoParams: veoParams.prefault({}),
  webhookUrl: url.optional(),
  webhookEvents: z
    .array(z.enum(['progress', 'completed', 'failed']))
    .min(1)
    .optional(),
})

export type ApiframeBody = z.infer<typeof apiframeBody>
export type VeoParams = ApiframeBody['veoParams']

/** What a taken body asks of the clip; the ratio of one that names none is unknown (§2.2). */
export function apiframeAsked(input: unknown): AskedClip | null {
  const params = apiframeBody.safeParse(input).data?.veoParams
  if (!params) return null
  const { resolution: tier, aspect_ratio: ratio = '16:9', duration: seconds, generate_audio: audio } = params
  return { tier, ratio, seconds, audio }
}

/** A job's possible words (§2.3), ends last. */
export const apiframeStatuses = ['QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const

/** `GET /v2/jobs` (§2.6). */
export const apiframeListQuery = z.strictObject({
  status: z.enum(apiframeStatuses).optional(),
  model: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).optional(),
  scope: z.enum(['user', 'team']).optional(),
  search: z.uuid().optional(),
  include_models: z.enum(['true', 'false']).optional(),
})

export const apiframeModelsQuery = z.strictObject({
  modality: z.enum(['image', 'video', 'audio']).optional(),
})

/** `details` of a 400: messages by JSON path (§2.4). */
export function detailsOf(error: z.ZodError): Readonly<Record<string, readonly string[]>> {
  const details: Record<string, string[]> = {}
  for (const issue of error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    for (const key of keys) {
      const path = [...issue.path, ...(key === null ? [] : [key])].join('.')
      details[path] = [...(details[path] ?? []), issue.message]
    }
  }
  return details
}
