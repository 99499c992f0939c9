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
  readonly onAbort: () => void
  tries: number
  /** Differs for every start. */
  attempt: symbol | undefined
  settled: boolean
  stopTimer: () => void
}

// What somebody waits for at the screen goes before what fills the gallery.
const urgency: Readonly<Record<MediaTask['kind'], number>> = {
  frame: 0,
  still: 1,
  copy: 1,
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
        onAbort: () => cancel(entry),
        tries: 0,
        attempt: undefined,
        settled: false,
        stopTimer: () => undefined,
      }
      if (options.signal?.aborted) return reject(cancelled())
      options.signal?.addEventListener('abort', entry.onAbort)
      waiting.push(entry)
      advance()
    })
  }

  function advance(): void {
    if (isClosed) return
    // What ran when the window died runs alone: if it dies again, there is no doubt whose fault it is.
    const suspects = waiting.filter(({ tries }) => tries > 0)
    if (suspects.length > 0 || [...running.values()].some(({ tries }) => tries > 1)) {
      if (suspects[0] && running.size === 0) take(suspects[0])
      return
    }
    for (const lane of ['look', 'render'] as const) {
      if (running.has(lane)) continue
      const next = waiting
        .filter((entry) => laneOf(entry.task) === lane)
        .reduce<Entry | undefined>(
          (best, entry) => (best && urgency[best.task.kind] <= urgency[entry.task.kind] ? best : entry),
          undefined,
        )
      if (next) take(next)
    }
  }

  function take(entry: Entry): void {
    waiting.splice(waiting.indexOf(entry), 1)
    running.set(laneOf(entry.task), entry)
    void start(entry)
  }

  async function start(entry: Entry): Promise<void> {
    entry.tries += 1
    const attempt = Symbol(entry.id)
    entry.attempt = attempt
    // Meanwhile the window may have died and the task be at its next try.
    const isCurrent = () => running.get(laneOf(entry.task)) === entry && entry.attempt === attempt
    transfers.open(entry.id, entry.files)
    watch(entry)
    const opening = openOnce()
    try {
      const opened = await opening
      if (!isCurrent()) return
      if (entry.settled) return await fail(entry, cancelled())
      opened.emit('task.start', { id: entry.id, task: entry.task })
    } catch (error) {
      // A window that dies while it opens is a window that died: the first task to hear of it says so for all.
      if (worker === opening) restart(toErrorShape(error).details ?? 'it did not open')
    }
  }

  /** The window there is, or a new one; the end of one that was given up before is not heard. */
  function openOnce(): Promise<MediaWorker> {
    if (worker) return worker
    const opening = openWorker((reason) => {
      if (worker === opening) onGone(reason)
    })
    worker = opening
    return opening
  }

  /** Does something with the window once it is open. */
  function withWorker(use: (opened: MediaWorker) => void): void {
    worker?.then(use).catch((error: unknown) => log(toErrorShape(error).message))
  }

  /** Closes the window when a task says nothing for too long: a hostile file may hang a decoder. */
  function watch(entry: Entry): void {
    entry.stopTimer()
    entry.stopTimer = after(silenceMs, () => restart(`no sign of life from ${entry.task.kind}`, entry))
  }

  /** Closes the window ourselves. Only `guilty` loses a try, where it is known who that is. */
  function restart(reason: string, guilty?: Entry): void {
    withWorker((opened) => opened.close())
    for (const entry of running.values()) if (guilty && entry !== guilty) entry.tries -= 1
    onGone(reason)
  }

  function onGone(reason: string): void {
    log(`media window gone: ${reason}`)
    worker = undefined
    const lost = [...running.values()]
    for (const entry of lost) letGo(entry)
    const again = lost.filter((entry) => !entry.settled && entry.tries < maxTries)
    // Before anything starts: they come first, and those that only waited have lost no try.
    waiting.unshift(...again)
    const message = 'This file stopped the media process twice, so it was given up. Nothing else was harmed.'
    for (const entry of lost) {
      if (!again.includes(entry)) void fail(entry, new AppError('media-failed', message, reason))
    }
    advance()
  }

  function letGo(entry: Entry): void {
    entry.stopTimer()
    transfers.close(entry.id)
    running.delete(laneOf(entry.task))
  }

  function settle(entry: Entry, end: () => void): void {
    if (entry.settled) return
    entry.settled = true
    entry.options.signal?.removeEventListener('abort', entry.onAbort)
    end()
  }

  /** Never rejects: what cannot be removed is logged. */
  async function fail(entry: Entry, error: unknown): Promise<void> {
    if (running.get(laneOf(entry.task)) === entry) letGo(entry)
    advance()
    for (const path of Object.values(entry.files.outputs)) {
      await rm(path, { force: true }).catch((left: unknown) =>
        log(`${path}: ${toErrorShape(left).details ?? ''}`),
      )
    }
    settle(entry, () => entry.reject(error))
  }

  function cancel(entry: Entry): void {
    settle(entry, () => entry.reject(cancelled()))
    if (running.get(laneOf(entry.task)) !== entry) {
      const index = waiting.indexOf(entry)
      if (index >= 0) waiting.splice(index, 1)
      return
    }
    entry.stopTimer()
    entry.stopTimer = after(stopMs, () => restart(`${entry.task.kind} did not stop`, entry))
    withWorker((opened) => opened.emit('task.cancel', { id: entry.id }))
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
        letGo(entry)
        advance()
        settle(entry, () => entry.resolve(result))
      },
      async 'media.failed'({ id, error }) {
        const entry = find(id)
        if (entry) await fail(entry, new AppError(error.code, error.message, error.details))
      },
    },
    close() {
      isClosed = true
      for (const entry of running.values()) entry.stopTimer()
      withWorker((opened) => opened.close())
    },
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.')
}
