import { VideoSampleSink } from 'mediabunny'
import type { MediaResultOf, MediaTaskOf } from '../../../shared/media-schema'
import { createSurface } from '../canvas'
import { damagedClip, withClip } from '../clip-file'
import type { TaskContext } from './context'

/**
 * How early a frame may be asked for, seconds: players give times in whole microseconds, and a frame that begins at
 * 1/24 s is asked for at 0.041666. A thousandth of the shortest frame is 40 times that.
 */
const earlyS = 0.000_04

/** Writes the frame that is shown at a time, in full size; the first or last one outside of the clip. */
export async function grabFrame(
  { timeS }: MediaTaskOf<'frame'>,
  context: TaskContext,
): Promise<MediaResultOf<'frame'>> {
  const picture = await withClip(context, async ({ track }) => {
    const first = await track.getFirstTimestamp()
    using sample = await new VideoSampleSink(track).getSample(Math.max(first, timeS + earlyS))
    if (!sample) throw damagedClip(`no frame at ${timeS} s`)
    const { displayWidth: width, displayHeight: height } = sample
    const surface = createSurface({ width, height }, false)
    sample.draw(surface.context, 0, 0, width, height)
    return await surface.canvas.convertToBlob({ type: 'image/png' })
  })
  await context.files.write('frame', picture)
  return { kind: 'frame' }
}
