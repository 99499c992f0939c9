import type { MediaResult, MediaTask } from '../../../shared/media-schema'
import { readClip } from './clip'
import type { TaskContext } from './context'
import { copyStill } from './copy'
import { grabFrame } from './frame'
import { makePreviews } from './previews'
import { renderAnimatic } from '../animatic/render'
import { readStill } from './still'

/** Does one task of any kind. */
export async function runTask(task: MediaTask, context: TaskContext): Promise<MediaResult> {
  switch (task.kind) {
    case 'still':
      return await readStill(context)
    case 'clip':
      return await readClip(context)
    case 'previews':
      return await makePreviews(context)
    case 'frame':
      return await grabFrame(task, context)
    case 'copy':
      return await copyStill(task, context)
    case 'animatic':
      return await renderAnimatic(task, context)
  }
}
