import { filmstripFrames, filmstripFrameWidth, posterWidth } from '../../shared/media'
import { fitWithin, type Size } from './size'

/** Where in the clip the poster is taken: past the fade-in and the first pose. */
const posterAt = 0.1
/** Mean brightness from which a frame makes a poster, 0 to 255: below it lie fades, credits and the deepest nights. */
export const brightEnough = 32

/** A frame that the previews need. */
export interface PreviewTime {
  readonly timeS: number
  readonly use: 'poster' | 'filmstrip'
}

/** The frames that the previews need, in the order of time: each filmstrip frame is the middle of its share. */
export function previewTimes(firstS: number, endS: number): readonly PreviewTime[] {
  const at = (share: number) => firstS + (endS - firstS) * share
  const strip = Array.from({ length: filmstripFrames }, (_, index): PreviewTime => {
    return { timeS: at((index + 0.5) / filmstripFrames), use: 'filmstrip' }
  })
  const all: readonly PreviewTime[] = [...strip, { timeS: at(posterAt), use: 'poster' }]
  return all.toSorted((a, b) => a.timeS - b.timeS)
}

/** Size of a poster: the clip's shape, `posterWidth` wide, but at most twice as high; never larger than the clip. */
export function posterSize(clip: Size): Size {
  return fitWithin(clip, { width: posterWidth, height: posterWidth * 2 })
}

/**
 * Size of one filmstrip frame: the clip's shape within a square of `filmstripFrameWidth`, never larger than the clip.
 *
 * The strip is `filmstripFrames` such frames in one row with nothing between, so a box of the clip's shape shows frame
 * `i` with `background-size: 1200% 100%` at `background-position-x: i / 11`.
 */
export function filmstripFrameSize(clip: Size): Size {
  return fitWithin(clip, { width: filmstripFrameWidth, height: filmstripFrameWidth })
}

/** Mean of red, green and blue over RGBA pixels, 0 to 255. */
export function meanLevel(pixels: Uint8ClampedArray): number {
  const colours = pixels.filter((_, index) => index % 4 !== 3)
  return colours.reduce((sum, value) => sum + value, 0) / colours.length
}
