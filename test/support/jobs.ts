import { writeFileSync } from 'node:fs'
import type { LocalProvider } from '../../electron/providers/local'
import { mp4 } from './pictures'
import { sampleMedia } from './samples'

type Make = LocalProvider['make']

/** One call of the provider that waits for the test to end it. */
interface Making {
  readonly prompt: string
  readonly part: string
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number) => void
  /** Writes the clip and is done. */
  readonly finish: (content?: Uint8Array, remark?: string) => void
  readonly fail: (error: unknown) => void
}

/** A provider of which every clip is finished by the test. It obeys its signal only when the test makes it. */
export function createGatedProvider() {
  const makings: Making[] = []
  const make: Make = (recipe, part, onProgress, signal) => {
    const made = Promise.withResolvers<Awaited<ReturnType<Make>>>()
    makings.push({
      prompt: recipe.prompt,
      part,
      signal,
      onProgress,
      finish: (content = mp4(), remark) => {
        writeFileSync(part, content)
        made.resolve({ media: sampleMedia, extension: '.mp4', remark })
      },
      fail: made.reject,
    })
    return made.promise
  }
  return { make, makings }
}
