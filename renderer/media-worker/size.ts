/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** The largest size of the same shape within `box`; never larger than `size` itself, never less than a pixel. */
export function fitWithin(size: Size, box: Size): Size {
  const scale = Math.min(1, box.width / size.width, box.height / size.height)
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  }
}

/** The size of `size` scaled, and placed about the middle, so that it covers `box` with nothing to spare. */
export function cover(size: Size, box: Size): Size & { readonly x: number; readonly y: number } {
  const scale = Math.max(box.width / size.width, box.height / size.height)
  const width = size.width * scale
  const height = size.height * scale
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height }
}
