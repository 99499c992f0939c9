import { AppError } from '../../shared/error'
import type { Size } from './size'

/** A canvas to paint on, and its context. */
export interface Surface {
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
}

/**
 * Makes a canvas in ordinary memory: everything painted here is read back, which from a GPU costs more than painting.
 * Opaque black, or clear where `alpha` is set. Throws `media-failed` where it cannot be had.
 */
export function createSurface({ width, height }: Size, alpha: boolean): Surface {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha, willReadFrequently: true })
  if (!context) {
    const details = `no 2d context of ${width} x ${height}`
    throw new AppError('media-failed', 'There is not enough memory for this picture.', details)
  }
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}
