import { expect, test } from 'vitest'
import { slateLayout } from '../../../../renderer/media-worker/animatic/slate-layout'
import { aspectRatios, outputSize, resolutions } from '../../../../shared/recipe'

const sizes = resolutions.flatMap((resolution) =>
  aspectRatios.map((aspectRatio) => outputSize({ resolution, aspectRatio })),
)

test.each(sizes)(
  'on $width x $height nothing overlaps or leaves the title-safe area',
  ({ width, height }) => {
    const { text, caption, bar } = slateLayout({ width, height })
    for (const { x, y, width: wide, height: high } of [text, bar]) {
      expect(x).toBeGreaterThanOrEqual(width * 0.05)
      expect(x + wide).toBeLessThanOrEqual(width * 0.95)
      expect(y).toBeGreaterThanOrEqual(height * 0.05)
      expect(y + high).toBeLessThanOrEqual(height * 0.95)
    }
    expect(text.y + text.height).toBeLessThan(caption.baseline - caption.fontSize)
    expect(caption.baseline + caption.fontSize * 0.3).toBeLessThan(bar.y)
    expect(text.smallestFont).toBeLessThan(text.largestFont)
  },
)

test.each(sizes)('on $width x $height the bar stands on even pixels', ({ width, height }) => {
  const { x, y, width: wide, height: high } = slateLayout({ width, height }).bar
  for (const value of [x, y, wide, high]) expect(value % 2).toBe(0)
})
