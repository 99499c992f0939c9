import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { MediaQueue, RunOptions } from '../../electron/media/queue'
import type { TaskFiles } from '../../electron/media/transfers'
import { AppError } from '../../shared/error'
import type { MediaResult, MediaResultOf, MediaTask, MediaTaskOf } from '../../shared/media-schema'
import { jpegHeader, mp4, png } from './pictures'
import { sampleMedia } from './samples'

type Answer<K extends MediaTask['kind']> = (
  task: MediaTaskOf<K>,
  files: TaskFiles,
  options: RunOptions,
) => MediaResultOf<K> | Promise<MediaResultOf<K>>

type Answers = { readonly [K in MediaTask['kind']]: Answer<K> }

/** What the media window answers when all goes well; it writes real outputs, and believes PNG headers. */
const usual: Answers = {
  still(_task, { inputs, outputs }) {
    const bytes = readFileSync(inputs['still'] ?? '')
    write(outputs, 'thumbnail', 'thumbnail')
    const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG'
    return {
      kind: 'still',
      width: isPng ? bytes.readUInt32BE(16) : 4,
      height: isPng ? bytes.readUInt32BE(20) : 3,
    }
  },
  clip: () => ({ kind: 'clip', media: sampleMedia }),
  previews(_task, { outputs }) {
    write(outputs, 'poster', 'poster')
    write(outputs, 'filmstrip', 'filmstrip')
    return { kind: 'previews' }
  },
  frame({ timeS }, { outputs }) {
    write(outputs, 'frame', png(64, 36, Math.round(timeS)))
    return { kind: 'frame' }
  },
  copy({ maxBytes }, { outputs }) {
    const bytes = jpegHeader(64, 36).subarray(0, maxBytes)
    write(outputs, 'copy', bytes)
    return { kind: 'copy', bytes: bytes.length }
  },
  animatic(_task, { outputs }, { onProgress }) {
    onProgress?.(0.5)
    write(outputs, 'clip', mp4())
    return { kind: 'animatic', media: sampleMedia }
  },
}

function write(outputs: TaskFiles['outputs'], name: string, content: string | Uint8Array): void {
  const path = outputs[name]
  if (path === undefined) throw new Error(`the task declares no output ${name}`)
  writeFileSync(path, content)
}

/** A media queue without a window: each task is answered at once, and its outputs are removed when it fails. */
export function createFakeMedia(changed: Partial<Answers> = {}) {
  const answers: Answers = { ...usual, ...changed }
  const tasks: { readonly task: MediaTask; readonly files: TaskFiles }[] = []

  async function run(task: MediaTask, files: TaskFiles, options: RunOptions = {}): Promise<MediaResult> {
    tasks.push({ task, files })
    try {
      if (options.signal?.aborted) throw new AppError('cancelled', 'Cancelled.')
      // The answer of a kind takes the task of that kind; the compiler cannot tie the two together.
      const answer = answers[task.kind] as (
        ...all: Parameters<typeof run>
      ) => MediaResult | Promise<MediaResult>
      return await answer(task, files, options)
    } catch (error) {
      for (const path of Object.values(files.outputs)) rmSync(path, { force: true })
      throw error
    }
  }
  // Each task is answered with the result of its own kind, as the queue promises.
  return { run: run as MediaQueue['run'], tasks }
}

/** An answer that fails as a damaged file does. */
export function failing(code: 'damaged' | 'not-decodable' = 'damaged') {
  return () => {
    throw new AppError(code, 'The end of this file is missing.', 'decoder said so')
  }
}
