import { z } from 'zod'
import { clipMediaSchema } from './clip-schema'
import { call, type Contract } from './ipc'
import { errorShapeSchema } from './error-schema'

/**
 * Work of the media window. Inputs are read from `/task/<id>/<input name>` (Range supported); outputs are written
 * by PUT to `/task/<id>/<output name>?at=<byte offset>`, at most `maxOutputChunk` bytes a request, in order.
 */
export const mediaTaskSchema = z.discriminatedUnion('kind', [
  /** Input `still`. Proves that the whole picture decodes. Output `thumbnail` (WebP, alpha kept). */
  z.object({ kind: z.literal('still') }),
  /** Input `clip`. Reads the container, proves that the last packet is there and that Chromium decodes the first frame. */
  z.object({ kind: z.literal('clip') }),
  /** Input `clip`. Outputs `poster` (WebP) and `filmstrip` (WebP, the frames side by side in one row). */
  z.object({ kind: z.literal('previews') }),
  /** Input `clip`. Output `frame`: PNG of the frame shown at `timeS` seconds, full size. */
  z.object({ kind: z.literal('frame'), timeS: z.number().nonnegative() }),
  /**
   * Input `still`. Output `copy`: a JPEG of it of at most `maxBytes` and `maxSide` pixels a side, what is clear in black.
   */
  z.object({ kind: z.literal('copy'), maxBytes: z.int().positive(), maxSide: z.int().positive() }),
  /** Inputs `picture0` … in the order they are seen. Output `clip`: an MP4, whatever the codec. */
  z.object({
    kind: z.literal('animatic'),
    pictures: z.int().min(0).max(5),
    prompt: z.string(),
    durationS: z.int().min(1).max(8),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
])
export type MediaTask = z.infer<typeof mediaTaskSchema>
export type MediaTaskOf<K extends MediaTask['kind']> = Extract<MediaTask, { kind: K }>

/** What a task gives besides its output files. */
const mediaResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('still'), width: z.int().positive(), height: z.int().positive() }),
  z.object({ kind: z.literal('clip'), media: clipMediaSchema }),
  z.object({ kind: z.literal('previews') }),
  z.object({ kind: z.literal('frame') }),
  z.object({ kind: z.literal('copy'), bytes: z.int().positive() }),
  z.object({
    kind: z.literal('animatic'),
    media: clipMediaSchema,
    /** Set where H.264 could not be encoded: says what was used instead. */
    remark: z.string().optional(),
  }),
])
export type MediaResult = z.infer<typeof mediaResultSchema>
export type MediaResultOf<K extends MediaTask['kind']> = Extract<MediaResult, { kind: K }>

/** Names a task id in calls and URLs: 20 lower-case hex digits. */
export const taskIdSchema = z.string().regex(/^[0-9a-f]{20}$/)

/** The calls and events of the hidden media window; the main window has none of them. */
export const mediaContract = {
  calls: {
    'media.ready': call(z.void(), z.void()),
    'media.progress': call(z.object({ id: taskIdSchema, fraction: z.number().min(0).max(1) }), z.void()),
    'media.done': call(z.object({ id: taskIdSchema, result: mediaResultSchema }), z.void()),
    'media.failed': call(z.object({ id: taskIdSchema, error: errorShapeSchema }), z.void()),
  },
  events: {
    'task.start': z.object({ id: taskIdSchema, task: mediaTaskSchema }),
    'task.cancel': z.object({ id: taskIdSchema }),
  },
} as const satisfies Contract

export type MediaContract = typeof mediaContract
