import type { MediaTaskOf } from '../../../shared/media-schema'
import { createSurface } from '../canvas'
import type { Film } from './encode'
import { createFilm } from './film'
import { toPlanes, type Planes } from './planes'
import { paintBar } from './slate-bar'
import { slateLayout, type SlateLayout } from './slate-layout'
import { layOutText, lineHeight, type LaidText } from './slate-text'

// The window's own neutral greys: design/mockup/tokens.css (--bg-1, --text, --text-3, --line).
const background = '#181818'
const textColour = '#ececec'
const captionColour = '#949494'
const trackColour = '#2c2c2c'
/** The window's fonts; the system adds those for other scripts and emoji. */
const fontFamily =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Cantarell", "DejaVu Sans", sans-serif'
/** Font size at which widths are measured, pixels: large, so that hinting does not count. */
const measuredSize = 100

/** A prompt set on a dark ground, with a line at the bottom that fills while it plays. */
export function slateFilm(task: MediaTaskOf<'animatic'>): Film {
  const layout = slateLayout(task)
  const planes = drawSlate(task, layout)
  return createFilm(task, [planes], {
    share: () => 1,
    paint(frame, frames, { compositor, buffer }) {
      // The line only grows: what is painted once stays, and a second pass begins anew.
      if (frame === 0) compositor.paint([{ planes, scale: 1, alpha: 1 }], buffer)
      paintBar(buffer, task.width, layout.bar, frame / (frames - 1))
    },
  })
}

function drawSlate(task: MediaTaskOf<'animatic'>, layout: SlateLayout): Planes {
  const { width, height, prompt, durationS } = task
  const { context } = createSurface({ width, height }, false)
  const { text, caption, bar } = layout
  context.fillStyle = background
  context.fillRect(0, 0, width, height)
  context.fillStyle = trackColour
  context.fillRect(bar.x, bar.y, bar.width, bar.height)
  context.fillStyle = captionColour
  context.font = `${caption.fontSize}px ${fontFamily}`
  context.fillText(`${durationS} s · ${width} × ${height}`, text.x, caption.baseline, text.width)
  context.fillStyle = textColour
  context.font = `${measuredSize}px ${fontFamily}`
  drawText(context, layOutText(prompt, text, measureWith(context)), layout)
  return toPlanes(context.getImageData(0, 0, width, height).data, width, height)
}

function measureWith(context: OffscreenCanvasRenderingContext2D): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width / measuredSize
    known.set(text, width)
    return width
  }
}

function drawText(
  context: OffscreenCanvasRenderingContext2D,
  { lines, fontSize }: LaidText,
  { text }: SlateLayout,
): void {
  const isRightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(lines.join(' '))
  context.font = `${fontSize}px ${fontFamily}`
  context.direction = isRightToLeft ? 'rtl' : 'ltr'
  context.textAlign = 'start'
  context.textBaseline = 'middle'
  const step = fontSize * lineHeight
  const top = text.y + (text.height - step * lines.length) / 2
  const x = isRightToLeft ? text.x + text.width : text.x
  // The last argument is the guarantee: a line that is wider than measured is condensed, never cut.
  lines.forEach((line, index) => context.fillText(line, x, top + step * (index + 0.5), text.width))
}
