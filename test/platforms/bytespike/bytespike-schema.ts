import { z } from 'zod'
import type { AskedClip } from '../asked-clip'

/** Which of the vendor's three descriptions of its own API the server keeps to (§4.0); the page is A. */
export type BytespikeDialect = 'A' | 'B' | 'C'

export interface BodyRules {
  readonly dialect: BytespikeDialect
  /** A data URI as first frame, which only the multimodal page of dialect B promises (§4.5). */
  readonly dataUris: 'taken' | 'refused'
  /** `out_task_id` in dialect A, which is not in the page's table (§4.6). */
  readonly outTaskIdInA: 'taken' | 'refused'
}

/** A submit, whichever dialect it was written in. */
export interface Asked {
  readonly model: string
  /** All that makes the clip: what a second submit with the same `out_task_id` is compared by. */
  readonly params: Readonly<Record<string, unknown>>
  readonly prompt: string
  readonly durationS: number
  readonly picture: string | undefined
  readonly outTaskId: string | undefined
  readonly callbackUrl: string | undefined
}

const publicUrl = z.url({ protocol: /^https?$/ })
const dataUri = z.string().regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/)
const outTaskId = z.string().min(1)
const model = z.literal('veo-3.1-fast')

/** The body of a submit, strict (§4.2, §4.9): what is not in the table is refused. */
export function bytespikeBody({ dialect, dataUris, outTaskIdInA }: BodyRules): z.ZodType<Asked> {
  const picture = dataUris === 'taken' ? z.union([publicUrl, dataUri]) : publicUrl
  const prompt = z.string().min(1)
  const veo = {
    prompt,
    duration_seconds: z.int().min(1).max(5),
    resolution: z.literal('720p').optional(),
    aspect_ratio: z.enum(['16:9', '9:16', '1:1']).optional(),
    seed: z.int().optional(),
    image_init: picture.optional(),
  }
  switch (dialect) {
    case 'A': {
      const own = outTaskIdInA === 'taken' ? outTaskId : z.never('not a parameter of this endpoint')
      return z
        .strictObject({ model, ...veo, out_task_id: own.optional() })
        .transform(({ out_task_id, model: asked, ...params }) => ({
          ...readVeo(params),
          model: asked,
          outTaskId: out_task_id,
          callbackUrl: undefined,
        }))
    }
    case 'B':
      return z
        .strictObject({
          model,
          params: z.strictObject(veo),
          out_task_id: outTaskId.optional(),
          callback_url: publicUrl.optional(),
        })
        .transform((body) => ({
          ...readVeo(body.params),
          model: body.model,
          outTaskId: body.out_task_id,
          callbackUrl: body.callback_url,
        }))
    case 'C':
      return z
        .strictObject({
          model: z.literal('veo3.1-fast'),
          prompt,
          duration_seconds: z.literal([5, 10]),
          size: z.literal('1280x720').optional(),
          source_image: picture.optional(),
        })
        .transform(({ model: asked, ...params }) => ({
          ...readVeo({ ...params, image_init: params.source_image }),
          model: asked,
          outTaskId: undefined,
          callbackUrl: undefined,
        }))
  }
}

interface Veo {
  readonly prompt: string
  readonly duration_seconds: number
  readonly image_init?: string | undefined
}

function readVeo(params: Veo): Pick<Asked, 'params' | 'prompt' | 'durationS' | 'picture'> {
  const { prompt, duration_seconds: durationS, image_init: picture } = params
  return { params: { ...params }, prompt, durationS, picture }
}

const kept = z.looseObject({
  duration_seconds: z.number(),
  aspect_ratio: z.string().default('16:9'),
})

/** What a taken job asks of its clip: 720p, and the documents know no sound (§4.2). */
export function bytespikeAsked(input: unknown): AskedClip | null {
  const { data } = kept.safeParse(input)
  return data
    ? { tier: '720p', ratio: data.aspect_ratio, seconds: data.duration_seconds, audio: false }
    : null
}

const marks = z.looseObject({
  prompt: z.string().optional().catch(undefined),
  params: z.looseObject({ prompt: z.string() }).optional().catch(undefined),
  out_task_id: z.string().optional().catch(undefined),
})

/** Prompt and own id of a body that may be no good otherwise. */
export function marksOf(value: unknown): { readonly prompt: string; readonly outTaskId: string | null } {
  const parsed = marks.safeParse(value)
  if (!parsed.success) return { prompt: '', outTaskId: null }
  const { prompt, params, out_task_id } = parsed.data
  return { prompt: prompt ?? params?.prompt ?? '', outTaskId: out_task_id ?? null }
}

/** A task by the platform's id. */
export const byTaskId = z.strictObject({ task_id: z.string().min(1) })
/** A task by the client's own id (§4.0 B). */
export const byOutTaskId = z.strictObject({ out_task_id: outTaskId })

export type TaskRef = z.infer<typeof byTaskId> | z.infer<typeof byOutTaskId>
