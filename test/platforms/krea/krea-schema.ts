import { z } from 'zod'
import type { AskedClip } from '../asked-clip'

/** "URL fields have a 1024-char limit in a sibling schema" (§3.5); which also keeps data URIs out. */
const maxUrlLength = 1024

const url = z.url({ protocol: /^https?$/ }).max(maxUrlLength)

/** The body of a Krea submit exactly by page 002 (§3.2): unknown keys and the old aliases are refused, as they expired. */
export const kreaBody = z.strictObject({
  prompt: z.string(),
  start_image: url.nullish(),
  end_image: url.nullish(),
  reference_images: z.array(url).optional(),
  aspect_ratio: z.enum(['16:9', '9:16']).default('16:9'),
  duration: z.literal([4, 6, 8]).default(8),
  generate_audio: z.boolean().default(false),
  resolution: z.enum(['720p', '1080p', '4K']).default('720p'),
})

/** The same with the two fields of the 2026-08 OpenAPI copy, whose purpose nobody documents (§3.2). */
export const kreaBodyWithVideos = kreaBody.extend({ start_video: url.nullish(), end_video: url.nullish() })

export type KreaBody = z.infer<typeof kreaBody>

/** All status words, in the order in which a job walks through them; the last three are ends (§3.3). */
export const kreaStatuses = [
  'backlogged',
  'queued',
  'scheduled',
  'processing',
  'sampling',
  'intermediate-complete',
  'completed',
  'failed',
  'cancelled',
] as const

/** Page sizes (§3.6). The type words of a job are [ASSUMED]: the documents name the parameter only. */
export const kreaListQuery = z.strictObject({
  cursor: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  types: z.string().min(1).optional(),
  status: z.enum(kreaStatuses).optional(),
})

export const kreaAssetQuery = z.strictObject({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** The 18 prices of page 002 in micro-dollars: by resolution, sound, seconds (§3.7). */
const prices = {
  '720p': { silent: { 4: 336_000, 6: 504_000, 8: 672_000 }, audio: { 4: 420_000, 6: 630_000, 8: 840_000 } },
  '1080p': {
    silent: { 4: 420_000, 6: 630_000, 8: 840_000 },
    audio: { 4: 504_000, 6: 756_000, 8: 1_008_000 },
  },
  '4K': {
    silent: { 4: 1_050_000, 6: 1_575_000, 8: 2_100_000 },
    audio: { 4: 1_260_000, 6: 1_890_000, 8: 2_520_000 },
  },
} as const

/** What a taken body asks of the clip. */
export function kreaAsked(input: unknown): AskedClip | null {
  const { data } = kreaBodyWithVideos.safeParse(input)
  if (!data) return null
  const { aspect_ratio: ratio, duration: seconds, generate_audio: audio, resolution } = data
  return { tier: resolution === '4K' ? '4k' : resolution, ratio, seconds, audio }
}

/** What the platform charges for the body, micro-dollars. */
export function kreaPrice({ resolution, generate_audio, duration }: KreaBody): number {
  return prices[resolution][generate_audio ? 'audio' : 'silent'][duration]
}
