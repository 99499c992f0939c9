import { animaticFps } from '../../../shared/media'
import type { MediaTaskOf } from '../../../shared/media-schema'
import { bitrateOf } from './bitrate'
import { createCompositor, type Compositor } from './compose'
import type { Film } from './encode'
import type { Planes } from './planes'

/** What tells one kind of film from another. */
interface Drawing {
  /** How many times the bitrate a frame may take. */
  readonly share: (frame: number, frames: number) => number
  /** Paints a frame over the one before, which still lies in `buffer`. */
  readonly paint: (frame: number, frames: number, canvas: Canvas) => void
}

interface Canvas {
  readonly compositor: Compositor
  /** The frame in I420. */
  readonly buffer: Uint8Array<ArrayBuffer>
}

/** A film of the task's size and length made of `pictures`, painted frame by frame into one buffer. */
export function createFilm(
  { width, height, durationS }: MediaTaskOf<'animatic'>,
  pictures: readonly Planes[],
  { share, paint }: Drawing,
): Film {
  const compositor = createCompositor(width, height)
  const buffer = new Uint8Array(compositor.frameBytes)
  const frames = durationS * animaticFps
  return {
    size: { width, height },
    frames,
    bitrate: bitrateOf(pictures, durationS),
    share: (frame) => share(frame, frames),
    paint(frame) {
      paint(frame, frames, { compositor, buffer })
      return buffer
    },
  }
}
