import type { Clip, ClipMedia } from '../../../shared/clip-schema'
import type { Money } from '../../../shared/money'
import { planFile } from '../../downloads/promote'
import type { JobRow } from '../job-row'
import { titleOf } from '../title'

/** What is known of a job's finished part file. */
export interface MadeFile {
  readonly media: ClipMedia
  readonly sha256: string
  readonly bytes: number
  /** With its dot. */
  readonly extension: string
  /** Milliseconds from start to finish. */
  readonly tookMs: number
  readonly remark?: string | undefined
  readonly charged?: Money | null
}

/** The clip that a job becomes, with the place that is planned for its file. `now` in milliseconds since 1970. */
export function madeClip({ id, provider, recipe }: JobRow, file: MadeFile, now: number): Clip {
  const { media, sha256, bytes, extension, tookMs, remark, charged } = file
  const planned: Omit<Clip, 'file'> = {
    id,
    title: titleOf(recipe),
    origin: {
      kind: 'generated',
      provider,
      // SECURITY: a pasted address may hold a token, and libraries are shared. What lay behind it is here as a still.
      recipe: { ...recipe, links: {} },
      tookMs,
      ...(remark === undefined ? {} : { remark }),
      ...(charged ? { charged } : {}),
    },
    createdAt: now,
    media,
    sha256,
    bytes,
    previews: 'pending',
  }
  return { ...planned, file: planFile(planned, extension) }
}
