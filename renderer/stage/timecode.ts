/** How many frames a clip has; at least one. `durationS` in seconds. */
export function frameCount(durationS: number, fps: number): number {
  return Math.max(1, Math.round(durationS * fps))
}

/** The frame shown at a time in seconds, within the clip. */
export function frameAt(timeS: number, fps: number, count: number): number {
  // Times of frames are rounded to the container's clock; a ten-thousandth of a frame more brings them over the edge.
  return clampFrame(Math.floor(timeS * fps + 1e-4), count)
}

/** The time in seconds to seek to for a frame: its middle, so that rounding never lands on a neighbour. */
export function timeOfFrame(frame: number, fps: number): number {
  return (frame + 0.5) / fps
}

/** The nearest frame that exists. */
export function clampFrame(frame: number, count: number): number {
  return Math.min(count - 1, Math.max(0, frame))
}

/** A frame as editors read it: `mm:ss.ff`, the frames counted from zero within the second. */
export function timecode(frame: number, fps: number): string {
  const seconds = Math.floor(frame / fps + 1e-6)
  const frames = frame - Math.ceil(seconds * fps - 1e-6)
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${two(frames)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
