import type { Rect } from './slate-layout'

/** Luma of the filled part: #a6a6a6 in the limited range. */
const filled = Math.round(16 + (0xa6 / 255) * 219)

/**
 * Fills the bar from the left up to `fraction`, in the luma of an I420 frame: it is grey, so chroma stays as it is. The
 * pixel at the end is filled in part, so that the end moves evenly.
 */
export function paintBar(frame: Uint8Array, frameWidth: number, bar: Rect, fraction: number): void {
  const end = bar.width * fraction
  const whole = Math.floor(end)
  for (let line = 0; line < bar.height; line += 1) {
    const start = (bar.y + line) * frameWidth + bar.x
    frame.fill(filled, start, start + whole)
    if (whole >= bar.width) continue
    // What follows is the empty track, which is the same all along it.
    const empty = frame[start + bar.width - 1] ?? 0
    frame[start + whole] = Math.round(empty + (filled - empty) * (end - whole))
  }
}
