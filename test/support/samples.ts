import { createHash } from 'node:crypto'
import type { Clip, ClipMedia } from '../../shared/clip-schema'
import { free } from '../../shared/money'
import { emptyRecipe } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { newJob, type JobRow } from '../../electron/jobs/job-row'

/** 21 November 2026, noon, local time: the day in file names does not depend on the machine's zone. */
export const noon = new Date(2026, 10, 21, 12).getTime()

/** An id of 20 hex digits that holds the number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(20, '0')
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export const sampleMedia: ClipMedia = {
  durationS: 4,
  width: 1280,
  height: 720,
  fps: 24,
  codec: 'avc',
  hasAudio: false,
}

export function sampleRecipe(change: Partial<Recipe> = {}): Recipe {
  return { ...emptyRecipe, prompt: 'red fox crosses the snow', ...change }
}

/** A generated clip; `content` are the bytes its file has. */
export function sampleClip(change: Partial<Clip> = {}, content = 'bytes of a clip'): Clip {
  const id = change.id ?? idOf(1)
  return {
    id,
    title: 'red fox crosses the snow',
    origin: { kind: 'generated', provider: 'animatic', recipe: sampleRecipe(), tookMs: 1200 },
    createdAt: noon,
    media: sampleMedia,
    bytes: Buffer.byteLength(content),
    sha256: sha256Of(content),
    file: `clips/2026/11/${id}.mp4`,
    previews: 'pending',
    ...change,
  }
}

export function sampleJob(change: Partial<JobRow> = {}): JobRow {
  return {
    ...newJob(
      { id: idOf(7), library: 'library-a', provider: 'animatic', recipe: sampleRecipe(), quote: free },
      noon,
    ),
    ...change,
  }
}
