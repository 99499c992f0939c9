import { z } from 'zod'
import type { AskedClip } from '../asked-clip'
import type { FetchedPicture } from '../record'

/** The only app of this server. */
export const inferenceshApp = 'google/veo-3-1-fast'

/** An address on the web, or an older upload's `inf://files/…` (§5.6); no data URI. */
const file = z.url({ protocol: /^(https?|inf)$/ })

/** The app's own input (§5.3), strict on purpose; 5 and 7 seconds fit it, and only Google refuses them later. */
export const inferenceshInput = z
  .strictObject({
    prompt: z.string(),
    image: file.nullish(),
    last_frame: file.nullish(),
    video: file.nullish(),
    reference_images: z.array(file).nullish(),
    aspect_ratio: z.enum(['16:9', '9:16']).default('16:9'),
    duration: z.int().min(4).max(8).default(8),
    resolution: z.enum(['720p', '1080p', '4k']).default('720p'),
    generate_audio: z.boolean().default(false),
    num_videos: z.int().min(1).max(4).default(1),
    person_generation: z.enum(['allow_adult', 'disallow']).default('allow_adult'),
  })
  .refine(({ image, last_frame }) => !last_frame || image, {
    path: ['last_frame'],
    error: 'last_frame requires image',
  })
  .refine(({ image, last_frame, video }) => !video || (!image && !last_frame), {
    path: ['video'],
    error: 'video cannot be combined with image or last_frame',
  })

export type InferenceshInput = z.infer<typeof inferenceshInput>

/** `POST /apps/run`: what a client needs of it (§5.2); the document's other keys are refused like unknown ones. */
export const inferenceshRun = z.strictObject({
  app: z.string(),
  input: z.record(z.string(), z.unknown()),
  wait: z.boolean().optional(),
})

/** `POST /tasks/list` (§5.7); page sizes are [ASSUMED], and filters and sorting have no documented form. */
export const inferenceshList = z.strictObject({
  cursor: z.string().nullish(),
  limit: z.int().min(1).max(100).default(20),
  filters: z.array(z.unknown()).max(0).optional(),
  sort: z.array(z.unknown()).max(0).optional(),
})

export const inferenceshEstimate = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  function: z.literal('run').optional(),
})

/** `POST /files` (§5.6). */
export const inferenceshFiles = z.strictObject({
  files: z
    .array(
      z.strictObject({
        uri: z.literal(''),
        filename: z.string().min(1),
        content_type: z.string().regex(/^[a-z]+\/[\w.+-]+$/),
        size: z.int().positive(),
        path: z.string().optional(),
      }),
    )
    .min(1),
  category: z.string().optional(),
})

/** Micro-dollars a second. */
export type InferenceshRates = Readonly<
  Record<InferenceshInput['resolution'], { readonly silent: number; readonly audio: number }>
>

/** The price table of page 004 (§5.8). */
export const inferenceshPageRates: InferenceshRates = {
  '720p': { silent: 100_000, audio: 250_000 },
  '1080p': { silent: 100_000, audio: 250_000 },
  '4k': { silent: 300_000, audio: 350_000 },
}

/** Seconds that an extension adds (§5.3); that it costs them is [ASSUMED]. */
const extensionS = 7

/**
 * What a taken input asks of the clip, by the files that were fetched for it: a source clip with what is added to it, and
 * the shape of the first frame's orientation, whatever was asked (§5.3).
 */
export function inferenceshAsked(input: unknown, files: readonly FetchedPicture[]): AskedClip | null {
  const { data } = inferenceshInput.safeParse(input)
  if (!data) return null
  const { resolution: tier, aspect_ratio, duration, generate_audio: audio } = data
  const seconds = data.video
    ? (files.find(({ type }) => type === 'video/mp4')?.seconds ?? 0) + extensionS
    : duration
  const isUpright = files.find(({ url }) => url === data.image)?.isUpright ?? null
  const ratio = isUpright === null ? aspect_ratio : isUpright ? '9:16' : '16:9'
  return { tier, ratio, seconds, audio }
}

/** What the platform charges for the input, micro-dollars; every video is billed (§5.3). */
export function inferenceshPrice(rates: InferenceshRates, input: InferenceshInput): number {
  const seconds = input.video ? extensionS : input.duration
  return rates[input.resolution][input.generate_audio ? 'audio' : 'silent'] * seconds * input.num_videos
}
