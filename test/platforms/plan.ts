import type { Source } from './hosted-file'

/** How a job can end for good. */
export type End = 'completed' | 'failed' | 'cancelled'

export interface Stage {
  /** The platform's own word, shown while the stage lasts. */
  readonly status: string
  /** Infinity: the job never gets further (§13, scenario 16). */
  readonly lastsMs: number
}

/** The script of one job; everything left out is the documented, happy way. */
export interface Plan {
  /** Replaces the platform's stages, also by words it never documented (§13, scenario 11). */
  readonly stages?: readonly Stage[]
  /** Time from acceptance to the end, ms, shared out over the platform's own stages. */
  readonly runMs?: number
  readonly end?: End
  /** Why it failed; a content filter's refusal is a failed job with such words (§13, scenario 5). */
  readonly failure?: { readonly code: string; readonly message: string }
  /** Whether a failed or cancelled job is charged. Default no (§2.4, §3.4). */
  readonly billedAnyway?: boolean
  /** Until then the job is in no list and its id unknown, as on a platform that writes behind. */
  readonly hiddenForMs?: number
  /** Gone from the platform: 404 and in no list (§13, scenario 17). */
  readonly lost?: boolean
  /** Completed, but without a usable address (§13, scenario 12). */
  readonly withoutUrl?: boolean
  /** A cancel is answered as accepted and the clip comes all the same (§13, scenario 10). */
  readonly ignoresCancel?: boolean
  /** The clip's file; when left out, that of the platform: as the job asked for it, unless told otherwise. */
  readonly clip?: Clip
}

export interface Clip {
  readonly contentType: string
  readonly source: Source
}

export type JobState =
  | { readonly kind: 'running'; readonly status: string }
  | { readonly kind: 'ended'; readonly end: End; readonly endedAt: number }

/** Where a job stands: which stage, or how and when it ended. Times in ms since the epoch. */
export function stateAt(
  now: number,
  job: { readonly acceptedAt: number; readonly cancelledAt: number | null },
  stages: readonly Stage[],
  end: End,
): JobState {
  let until = job.acceptedAt
  const due = job.cancelledAt === null ? now : Math.min(now, job.cancelledAt)
  for (const { status, lastsMs } of stages) {
    until += lastsMs
    if (due >= until) continue
    if (job.cancelledAt === null || now < job.cancelledAt) return { kind: 'running', status }
    return { kind: 'ended', end: 'cancelled', endedAt: job.cancelledAt }
  }
  return { kind: 'ended', end, endedAt: until }
}
