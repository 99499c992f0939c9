import { BufferSource } from 'mediabunny'
import { AppError } from '../../../shared/error'
import type { MediaResultOf, MediaTaskOf } from '../../../shared/media-schema'
import { readMedia, withSource } from '../clip-file'
import type { TaskContext } from '../tasks/context'
import { encodeFilm, type Film } from './encode'
import { createFilm } from './film'
import { layersAt } from './motion'
import { readPictures } from './pictures'
import { slateFilm } from './slate'

/** Times the usual bits for each frame of a dissolve: every pixel changes, and the encoder would leave blocks. */
const dissolveShare = 2
/** Times the usual bits for the last frames, which settle on the last picture and are looked at longest. */
const closingShare = 2
const closingFrames = 8

/** Renders an animatic and writes it as `clip`. */
export async function renderAnimatic(
  task: MediaTaskOf<'animatic'>,
  context: TaskContext,
): Promise<MediaResultOf<'animatic'>> {
  const { files, report, signal } = context
  // What `createCompositor` asks for.
  if (task.width % 8 !== 0 || task.height % 4 !== 0) {
    throw new AppError('bad-request', 'An animatic cannot have this size.', `${task.width} x ${task.height}`)
  }
  const film = task.pictures > 0 ? await pictureFilm(task, context) : slateFilm(task)
  const { file, remark } = await encodeFilm(film, report, signal)
  await files.write('clip', file)
  const media = await withSource(new BufferSource(file), signal, readMedia)
  return { kind: 'animatic', media, remark }
}

/** The film of pictures: every frame painted by the compositor. */
export async function pictureFilm(task: MediaTaskOf<'animatic'>, context: TaskContext): Promise<Film> {
  const pictures = await readPictures(task.pictures, task, context)
  const layersOf = (frame: number, frames: number) => layersAt(frame, frames, task.pictures, task.durationS)
  return createFilm(task, pictures, {
    share(frame, frames) {
      if (frame >= frames - closingFrames) return closingShare
      return layersOf(frame, frames).length > 1 ? dissolveShare : 1
    },
    paint(frame, frames, { compositor, buffer }) {
      compositor.paint(
        layersOf(frame, frames).flatMap(({ picture, scale, alpha }) => {
          const planes = pictures[picture]
          return planes ? [{ planes, scale, alpha }] : []
        }),
        buffer,
      )
    },
  })
}
