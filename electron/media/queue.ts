import { rm } from 'node:fs/promises'
import { AppError, toErrorShape } from '../../shared/error'
import type { EventData, EventName, Handlers } from '../../shared/ipc'
import type { MediaContract, MediaResult, MediaResultOf, MediaTask } from '../../shared/media-schema'
import { newId } from '../files/ids'
import type { TaskFiles, Transfers } from './transfers'

/** A running media window. */
export interface MediaWorker {
  readonly emit: <E extends EventName<MediaContract>>(event: E, data: EventData<MediaContract, E>) => void
  readonly close: () => void
}

/** What the queue needs of the outside. */
export interface MediaQueueDeps {
  /** Opens the media window; settles once its page is ready. `onGone` is called once when it has died by itself. */
  readonly openWorker: (onGone: (reason: string) => void) => Promise<MediaWorker>
  readonly transfers: Transfers
  /** Calls back after the given milliseconds; returns the function that takes it back. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly log: (what: string) => void
}

export interface RunOptions {
  readonly onProgress?: (fraction: number) => void
  readonly signal?: AbortSignal | undefined
}

/** The one way to the media window. */
export interface MediaQueue {
  /** Runs a task and settles with its result; its output files are removed when it fails or is cancelled. */
  readonly run: <T extends MediaTask>(
    task: T,
    files: TaskFiles,
    options?: RunOptions,
  ) => Promise<MediaResultOf<T['kind']>>
  /** Answers the calls of the media window. */
  readonly handlers: Omit<Handlers<MediaContract>, 'media.ready'>
  readonly close: () => void
}

/** A task that crashes the window may have met bad luck once, not twice. */
const maxTries = 2
/** Longest silence of a running task, milliseconds: ten times the slowest step seen (a 100-megapixel picture). */
const silenceMs = 60_000
/** Longest wait for a cancelled task to stop, milliseconds, before its window is closed. */
const stopMs = 2000

/** Rendering takes seconds; looking at a file must not wait for it. Each lane runs one task at a time. */
type Lane = 'render' | 'look'

interface Entry {
  readonly id: string
  readonly task: MediaTask
  readonly files: TaskFiles
  readonly options: RunOptions
  readonly resolve: (result: MediaResult) => void
  readonly reject: (error: unknown) => void
  tries: number
  settled: boolean
  stopTimer: () => void
}

// What somebody waits for at the screen goes before what fills the gallery.
const urgency: Readonly<Record<MediaTask['kind'], number>> = {
  frame: 0,
  still: 1,
  clip: 1,
  animatic: 1,
  previews: 2,
}

const laneOf = (task: MediaTask): Lane => (task.kind === 'animatic' ? 'render' : 'look')

/** Makes the queue. The window is opened by the first task, and again by the next one after it died. */
export function createMediaQueue({ openWorker, transfers, after, log }: MediaQueueDeps): MediaQueue {
  const waiting: Entry[] = []
  const running = new Map<Lane, Entry>()
  let worker: Promise<MediaWorker> | undefined
  let isClosed = false

  function run<T extends MediaTask>(task: T, files: TaskFiles, options: RunOptions = {}) {
    return new Promise<MediaResultOf<T['kind']>>((resolve, reject) => {
      const entry: Entry = {
        id: newId(),
        task,
        files,
        options,
        // A task's result has its task's kind: the window's answers are checked against it in `done`.
        resolve: (result) => resolve(result as MediaResultOf<T['kind']>),
        reject,
        tries: 0,
        settled: false,
        stopTimer: () => undefined,
      }
      if (options.signal?.aborted) return reject(cancelled())
      options.signal?.addEventListener('abort', () => cancel(entry), { once: true })
      waiting.push(entry)
      advance()
    })
  }

  function advance(): void {
    if (isClosed) return
    for (const lane of ['look', 'render'] as const) {
      if (running.has(lane)) continue
      const next = waiting
        .filter((entry) => laneOf(entry.task) === lane)
        .reduce<Entry | undefined>(
          (best, entry) => (best && urgency[best.task.kind] <= urgency[entry.task.kind] ? best : entry),
          undefined,
        )
      if (!next) continue
      waiting.splice(waiting.indexOf(next), 1)
      running.set(lane, next)
      void start(next)
    }
  }

  async function start(entry: Entry): Promise<void> {
    entry.tries += 1
    transfers.open(entry.id, entry.files)
    watch(entry)
    try {
      worker ??= openWorker(onGone)
      const opened = await worker
      if (running.get(laneOf(entry.task)) !== entry) return
      if (entry.settled) return release(entry)
      opened.emit('task.start', { id: entry.id, task: entry.task })
    } catch (error) {
      worker = undefined
      await fail(entry, error)
    }
  }

  /** Closes the window when a task says nothing for too long: a hostile file may hang a decoder. */
  function watch(entry: Entry): void {
    entry.stopTimer()
    entry.stopTimer = after(silenceMs, () => restart(`no sign of life from ${entry.task.kind}`))
  }

  function restart(reason: string): void {
    void worker?.then((opened) => opened.close())
    onGone(reason)
  }

  function onGone(reason: string): void {
    log(`media window gone: ${reason}`)
    worker = undefined
    for (const entry of running.values()) {
      if (entry.settled) release(entry)
      else if (entry.tries >= maxTries) {
        const message =
          'This file stopped the media process twice, so it was given up. Nothing else was harmed.'
        void fail(entry, new AppError('media-failed', message, reason))
      } else {
        release(entry)
        waiting.unshift(entry)
      }
    }
    advance()
  }

  function release(entry: Entry): void {
    entry.stopTimer()
    transfers.close(entry.id)
    running.delete(laneOf(entry.task))
    advance()
  }

  async function fail(entry: Entry, error: unknown): Promise<void> {
    release(entry)
    await removeOutputs(entry)
    if (!entry.settled) entry.reject(error)
    entry.settled = true
  }

  function cancel(entry: Entry): void {
    if (entry.settled) return
    entry.settled = true
    entry.reject(cancelled())
    if (running.get(laneOf(entry.task)) !== entry) {
      const index = waiting.indexOf(entry)
      if (index >= 0) waiting.splice(index, 1)
      return
    }
    entry.stopTimer()
    entry.stopTimer = after(stopMs, () => restart(`${entry.task.kind} did not stop`))
    void worker?.then((opened) => opened.emit('task.cancel', { id: entry.id }))
  }

  function find(id: string): Entry | undefined {
    return [...running.values()].find((entry) => entry.id === id)
  }

  return {
    run,
    handlers: {
      'media.progress'({ id, fraction }) {
        const entry = find(id)
        if (!entry || entry.settled) return
        watch(entry)
        entry.options.onProgress?.(fraction)
      },
      async 'media.done'({ id, result }) {
        const entry = find(id)
        if (!entry) return
        if (entry.settled || result.kind !== entry.task.kind) {
          await fail(
            entry,
            new AppError('media-failed', 'The media process gave a wrong answer.', result.kind),
          )
          return
        }
        entry.settled = true
        release(entry)
        entry.resolve(result)
      },
      async 'media.failed'({ id, error }) {
        const entry = find(id)
        if (entry) await fail(entry, new AppError(error.code, error.message, error.details))
      },
    },
    close() {
      isClosed = true
      for (const entry of running.values()) entry.stopTimer()
      void worker
        ?.then((opened) => opened.close())
        .catch((error: unknown) => log(toErrorShape(error).message))
    },
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.')
}

async function removeOutputs({ files }: Entry): Promise<void> {
  for (const path of Object.values(files.outputs)) await rm(path, { force: true })
}
