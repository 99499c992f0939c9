/** RGBA pixels of a picture, made by a function of the place that gives red, green and blue. */
export function paint(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) pixels.set([...colourAt(x, y), 255], (y * width + x) * 4)
  }
  return pixels
}

/** Numbers from 0 to 255 that look like chance and are always the same. */
export function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state >>> 24
  }
}

/** The three planes of an I420 frame. */
export function split(frame: Uint8Array, width: number, height: number) {
  const luma = width * height
  return {
    y: frame.subarray(0, luma),
    u: frame.subarray(luma, luma * 1.25),
    v: frame.subarray(luma * 1.25),
  }
}
