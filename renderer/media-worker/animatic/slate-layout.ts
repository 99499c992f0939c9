import type { Size } from '../size'
import type { TextBox } from './slate-text'

/** A rectangle in pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where things stand on a slate, in pixels. */
export interface SlateLayout {
  readonly text: Rect & TextBox
  readonly caption: { readonly baseline: number; readonly fontSize: number }
  /** On even pixels, as 4:2:0 video needs. */
  readonly bar: Rect
}

/** Margins as shares of the sides: inside the title-safe area of EBU R 95 (5 %). */
const sideMargin = 0.08
const topMargin = 0.08
const bottomMargin = 0.16
// Font sizes as shares of the short side: a title, the smallest that is read on a phone, and the caption.
const largestFont = 0.085
const smallestFont = 0.024
const captionFont = 0.026
/** Caption and bar, from the top. */
const captionAt = 0.91
const barAt = 0.938
const barHeight = 0.0055

/** Lays out a slate of any size. */
export function slateLayout({ width, height }: Size): SlateLayout {
  const short = Math.min(width, height)
  const x = even(width * sideMargin)
  const inner = width - 2 * x
  return {
    text: {
      x,
      y: height * topMargin,
      width: inner,
      height: height * (1 - topMargin - bottomMargin),
      largestFont: short * largestFont,
      smallestFont: short * smallestFont,
    },
    caption: { baseline: height * captionAt, fontSize: short * captionFont },
    bar: { x, y: even(height * barAt), width: inner, height: Math.max(2, even(short * barHeight)) },
  }
}

function even(value: number): number {
  return Math.round(value / 2) * 2
}
