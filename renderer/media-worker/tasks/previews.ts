import { VideoSampleSink, type VideoSample } from 'mediabunny'
import { filmstripFrames } from '../../../shared/media'
import type { MediaResultOf } from '../../../shared/media-schema'
import { createSurface, type Surface } from '../canvas'
import { damagedClip, withClip, type OpenClip } from '../clip-file'
import { brightEnough, filmstripFrameSize, meanLevel, posterSize, previewTimes } from '../preview-plan'
import type { TaskContext } from './context'

/** Quality of poster and filmstrip, 0 to 1: no blocks to be seen in a gallery cell. */
const previewQuality = 0.8

/** Writes a clip's poster and filmstrip, in one pass through the decoder. */
export async function makePreviews(context: TaskContext): Promise<MediaResultOf<'previews'>> {
  const { poster, filmstrip } = await withClip(context, (clip) => paint(clip, context))
  await context.files.write('poster', await encode(poster))
  await context.files.write('filmstrip', await encode(filmstrip))
  return { kind: 'previews' }
}

interface Previews {
  readonly poster: Surface
  readonly filmstrip: Surface
}

async function paint({ track }: OpenClip, { report }: TaskContext): Promise<Previews> {
  const times = previewTimes(await track.getFirstTimestamp(), await track.computeDuration())
  const clipSize = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() }
  const cell = filmstripFrameSize(clipSize)
  const poster = createSurface(posterSize(clipSize), false)
  const filmstrip = createSurface({ width: cell.width * filmstripFrames, height: cell.height }, false)
  const seconds = times.map(({ timeS }) => timeS)

  let done = 0
  let column = 0
  // Not set until the poster's time has come; then the brightest frame so far, until one is bright enough.
  let posterLevel: number | undefined
  for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(seconds)) {
    using shown = sample
    const use = times[done]?.use
    if (!shown) throw damagedClip(`no frame at ${seconds[done]} s`)
    if (use === 'poster' || (posterLevel !== undefined && posterLevel < brightEnough)) {
      const level = levelOf(shown)
      if (level > (posterLevel ?? -1)) {
        posterLevel = level
        shown.draw(poster.context, 0, 0, poster.canvas.width, poster.canvas.height)
      }
    }
    if (use === 'filmstrip') {
      shown.draw(filmstrip.context, column * cell.width, 0, cell.width, cell.height)
      column += 1
    }
    done += 1
    report(done / times.length)
  }
  return { poster, filmstrip }
}

/** Mean brightness of a frame, 0 to 255. */
function levelOf(sample: VideoSample): number {
  const size = { width: 16, height: 16 }
  const { context } = createSurface(size, false)
  sample.draw(context, 0, 0, size.width, size.height)
  return meanLevel(context.getImageData(0, 0, size.width, size.height).data)
}

function encode({ canvas }: Surface): Promise<Blob> {
  return canvas.convertToBlob({ type: 'image/webp', quality: previewQuality })
}
