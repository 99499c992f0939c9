import type { ClipMedia } from '../../shared/clip-schema'
import type { Provider } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'

/** What a local provider made. */
export interface Made {
  readonly media: ClipMedia
  /** With its dot. */
  readonly extension: string
  readonly remark?: string | undefined
}

/** A provider that makes the clip on this computer: nothing is sent, nothing is charged, it can be repeated. */
export interface LocalProvider extends Provider {
  /** Writes the clip to `part`. @throws AppError when it cannot be made, `cancelled` after the signal. */
  readonly make: (
    recipe: Recipe,
    part: string,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) => Promise<Made>
}
