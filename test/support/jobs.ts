import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../electron/database/open'
import { createRunner } from '../../electron/jobs/runner'
import { engineMigrations } from '../../electron/jobs/schema'
import { createJobTable } from '../../electron/jobs/table'
import type { LocalProvider } from '../../electron/providers/provider'
import type { Job } from '../../shared/job-schema'
import { animatic } from '../../shared/provider'
import { temporaryFolder } from './folder'
import { testLibrary } from './library'
import { mp4 } from './pictures'
import { noon, sampleMedia } from './samples'

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

/** A provider that makes its clip at once. */
export const makeAtOnce: Make = async (_recipe, part) => {
  writeFileSync(part, mp4())
  return { media: sampleMedia, extension: '.mp4' }
}

/**
 * A real library and engine.db with the runner on them. `start` makes a runner as a start of the program does; a
 * second one needs the first to be stopped.
 */
export async function jobScene() {
  const { library, clips, paths } = await testLibrary()
  const engine = openDatabase(join(temporaryFolder(), 'engine.db'), engineMigrations)
  onTestFinished(() => engine.close())
  const table = createJobTable(engine)
  let time = noon
  const told: Job[] = []
  const announced: string[] = []
  const logged: string[] = []
  /** What was told, jobs and clips, in one order. */
  const timeline: string[] = []

  function start(make: Make) {
    const runner = createRunner({
      table,
      library,
      clips,
      providers: { animatic: { ...animatic, make } },
      now: () => (time += 1000),
      onJob: (job) => {
        told.push(job)
        timeline.push(job.state)
      },
      onClip: ({ id }) => {
        announced.push(id)
        timeline.push(`clip in index: ${clips.get(id) !== undefined}`)
      },
      logError: (what) => logged.push(what),
    })
    onTestFinished(runner.stop)
    runner.start()
    return runner
  }
  return { library, clips, paths, table, engine, told, announced, logged, timeline, start }
}
