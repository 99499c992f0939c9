import { z } from 'zod'
import type { AskedClip } from '../asked-clip'
import type { UniallTier } from './uniall-price'
import type { Combination } from '../upstream-rules'

/** "Media URLs must be http(s)" (§1.7), which keeps data URIs out. No document limits their length. */
const url = z.url({ protocol: /^https?$/ })
const seconds = z.literal([4, 6, 8])
const ratio = z.enum(['16:9', '9:16'])
const tier = z.enum(['720p', '1080p', '4k'])
/** Of a job that names none: unknown (§1.2). */
const usualRatio = '16:9'

/** The defaults of all that may be left out are unknown (§1.2); these are the dearest, so that leaving out shows. */
const common = {
  model: z.literal('veo3.1-fast-video-4k'),
  prompt: z.string().min(1),
  duration: seconds.default(8),
  resolution: tier.default('4k'),
  aspect_ratio: ratio.optional(),
  generate_audio: z.boolean().default(true),
}

/** The page's body (§1.2): each mode takes its own media and no other. */
const modeBody = z.discriminatedUnion('generation_mode', [
  z.strictObject({ ...common, generation_mode: z.literal('text_to_video') }),
  z.strictObject({ ...common, generation_mode: z.literal('reference_image_to_video'), image_url: url }),
  z.strictObject({
    ...common,
    generation_mode: z.literal('first_last_frame'),
    first_image_url: url,
    last_image_url: url,
  }),
  // "Optional media fields", which and how many is unknown (§1.2): a picture, a video or both.
  z
    .strictObject({
      ...common,
      generation_mode: z.literal('reference_media_to_video'),
      image_url: url.optional(),
      video_url: url.optional(),
    })
    .refine(({ image_url, video_url }) => image_url !== undefined || video_url !== undefined, {
      error: 'reference_media_to_video needs image_url or video_url',
    }),
  z.strictObject({ ...common, generation_mode: z.literal('video_to_video'), video_url: url }),
])

/** The six models of docs.uniall.ai: the id carries the tier (§1.3). */
export const uniallModels = {
  'veo3.1-video-720p': { tier: '720p', fast: false },
  'veo3.1-video-1080p': { tier: '1080p', fast: false },
  'veo3.1-video-4k': { tier: '4k', fast: false },
  'veo3.1-fast-video-720p': { tier: '720p', fast: true },
  'veo3.1-fast-video-1080p': { tier: '1080p', fast: true },
  'veo3.1-fast-video-4k': { tier: '4k', fast: true },
} as const

/** The body of docs.uniall.ai (§1.3); `extra_body` taken as a literal object. */
const docsBody = z.strictObject({
  // `Object.keys` forgets which keys its object has.
  model: z.enum(Object.keys(uniallModels) as (keyof typeof uniallModels)[]),
  prompt: z.string().default(''),
  image: url.optional(),
  images: z.array(url).min(2).max(3).optional(),
  last_image: url.optional(),
  video: url.optional(),
  size: tier.optional(),
  aspect_ratio: ratio.optional(),
  duration: seconds.optional(),
  extra_body: z
    .strictObject({
      generate_audio: z.boolean().optional(),
      negative_prompt: z.string().optional(),
      seed: z.int().optional(),
    })
    .optional(),
})

export interface BodyRules {
  readonly dialect: 'generation_mode' | 'docs'
  /** `duration` beside `video` in the docs dialect: "Not used for video extension" (§1.3). */
  readonly durationWithVideo: 'ignored' | 'refused'
}

/** What a submit asks for, whichever dialect it was said in. */
export interface UniallAsk extends AskedClip {
  readonly tier: UniallTier
  readonly pictures: readonly string[]
  readonly videos: readonly string[]
  /** What Google's model behind it is asked for. */
  readonly combination: Combination
}

/** Reads a body strictly; what is wrong with it in words when it cannot be taken. */
export function uniallAsk(value: unknown, rules: BodyRules): UniallAsk | string {
  switch (rules.dialect) {
    case 'generation_mode': {
      const parsed = modeBody.safeParse(value)
      return parsed.success ? askOfMode(parsed.data) : z.prettifyError(parsed.error)
    }
    case 'docs': {
      const parsed = docsBody.safeParse(value)
      if (!parsed.success) return z.prettifyError(parsed.error)
      return docsObjection(parsed.data, rules) ?? askOfDocs(parsed.data)
    }
  }
}

function askOfMode(body: z.infer<typeof modeBody>): UniallAsk {
  const { resolution, generate_audio: audio, duration, aspect_ratio = usualRatio } = body
  const ask = { tier: resolution, ratio: aspect_ratio, audio, seconds: duration }
  const plain = { first: false, last: false, references: 0, durationS: duration }
  switch (body.generation_mode) {
    case 'text_to_video':
      return { ...ask, pictures: [], videos: [], combination: plain }
    case 'reference_image_to_video':
      return { ...ask, pictures: [body.image_url], videos: [], combination: { ...plain, first: true } }
    case 'first_last_frame': {
      const pictures = [body.first_image_url, body.last_image_url]
      return { ...ask, pictures, videos: [], combination: { ...plain, first: true, last: true } }
    }
    case 'reference_media_to_video': {
      const pictures = given(body.image_url)
      const combination = { ...plain, references: pictures.length }
      return { ...ask, pictures, videos: given(body.video_url), combination }
    }
    case 'video_to_video':
      return { ...ask, pictures: [], videos: [body.video_url], combination: plain }
  }
}

function docsObjection(body: z.infer<typeof docsBody>, rules: BodyRules): string | null {
  const model = uniallModels[body.model]
  const kinds = [body.image, body.images, body.video].filter((media) => media !== undefined)
  // The mode is "implied by which media fields are present" (§1.0): two kinds imply none.
  if (kinds.length > 1) return 'only one of image, images and video can be used'
  if (body.images && model.fast) return `images is not supported by ${body.model}`
  if (body.last_image !== undefined && body.image === undefined) return 'last_image needs image'
  if (body.size !== undefined && body.size !== model.tier) return `size must be ${model.tier}`
  const refused = rules.durationWithVideo === 'refused' && body.video !== undefined
  return refused && body.duration !== undefined ? 'duration is not used for video extension' : null
}

function askOfDocs(body: z.infer<typeof docsBody>): UniallAsk {
  const references = body.images ?? []
  // How long an extension is nobody says; 8 s are billed.
  const length = body.video === undefined ? (body.duration ?? 8) : 8
  const combination = {
    first: body.image !== undefined,
    last: body.last_image !== undefined,
    references: references.length,
    durationS: length,
  }
  return {
    tier: uniallModels[body.model].tier,
    ratio: body.aspect_ratio ?? usualRatio,
    // "Upstream usually defaults to true" (§1.3).
    audio: body.extra_body?.generate_audio ?? true,
    seconds: length,
    pictures: [...given(body.image), ...given(body.last_image), ...references],
    videos: given(body.video),
    combination,
  }
}

function given(media: string | undefined): readonly string[] {
  return media === undefined ? [] : [media]
}
