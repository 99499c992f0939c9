import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMediaQueue, type MediaWorker, type RunOptions } from '../../electron/media/queue'
import { createTransfers } from '../../electron/media/transfers'
import type { MediaResult, MediaTask } from '../../shared/media-schema'
import { temporaryFolder } from './folder'
import { sampleMedia } from './samples'

/** A clock that only moves when it is told: what was asked for, and a way to let it happen. */
export function createFakeTimers() {
  const pending = new Set<{ readonly ms: number; readonly run: () => void }>()
  return {
    after: (ms: number, run: () => void) => {
      const timer = { ms, run }
      pending.add(timer)
      return () => void pending.delete(timer)
    },
    /** What is waited for, milliseconds. */
    waiting: () => [...pending].map(({ ms }) => ms),
    /** Lets every wait of that length end. */
    elapse(ms: number) {
      for (const timer of [...pending].filter((each) => each.ms === ms)) {
        pending.delete(timer)
        timer.run()
      }
    },
  }
}

/** Everything that can happen now has happened. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The result that a task of each kind ends with. */
export const resultOf: { readonly [K in MediaTask['kind']]: Extract<MediaResult, { kind: K }> } = {
  still: { kind: 'still', width: 4, height: 3 },
  clip: { kind: 'clip', media: sampleMedia },
  previews: { kind: 'previews' },
  frame: { kind: 'frame' },
  copy: { kind: 'copy', bytes: 9 },
  animatic: { kind: 'animatic', media: sampleMedia },
}

/** A task of each kind. */
export const taskOf: { readonly [K in MediaTask['kind']]: Extract<MediaTask, { kind: K }> } = {
  still: { kind: 'still' },
  clip: { kind: 'clip' },
  previews: { kind: 'previews' },
  frame: { kind: 'frame', timeS: 0 },
  copy: { kind: 'copy', maxBytes: 9, maxSide: 4 },
  animatic: { kind: 'animatic', pictures: 0, prompt: '', durationS: 1, width: 2, height: 2 },
}

/** What one media window was told, and what can become of it. */
interface FakeWindow {
  /** `start still`, `cancel`, in order. */
  readonly told: string[]
  readonly idOf: (kind: MediaTask['kind']) => string
  isClosed: boolean
  /** Its page listens. */
  readonly open: () => void
  /** It cannot be made. */
  readonly refuse: () => void
  /** Its process dies, as `render-process-gone` tells it: also when it was still opening. */
  readonly die: (reason?: string) => void
}

/** The real queue with windows that do what the test says. `opens`: by themselves, or when they are told to. */
export function queueScene({ opens = 'at once' }: { opens?: 'at once' | 'when told' } = {}) {
  const timers = createFakeTimers()
  const transfers = createTransfers()
  const windows: FakeWindow[] = []
  const logged: string[] = []
  const folder = temporaryFolder()

  function openWorker(onGone: (reason: string) => void): Promise<MediaWorker> {
    const ready = Promise.withResolvers<MediaWorker>()
    const ids = new Map<string, string>()
    const worker: MediaWorker = {
      emit: (event, data) => {
        const task = 'task' in data ? data.task.kind : undefined
        if (task !== undefined) ids.set(task, data.id)
        window.told.push(task === undefined ? event.replace('task.', '') : `start ${task}`)
      },
      close: () => void (window.isClosed = true),
    }
    const window: FakeWindow = {
      told: [],
      idOf: (kind) => ids.get(kind) ?? `no ${kind}`,
      isClosed: false,
      open: () => ready.resolve(worker),
      refuse: () => ready.reject(new Error('no window')),
      die: (reason = 'crashed') => {
        ready.reject(new Error(`media window: ${reason}`))
        setImmediate(() => onGone(reason))
      },
    }
    windows.push(window)
    if (opens === 'at once') window.open()
    return ready.promise
  }

  const queue = createMediaQueue({
    openWorker,
    transfers,
    after: timers.after,
    log: (what) => logged.push(what),
  })

  /** Queues a task; its outcome can be looked at any time. An output is written at once, as a window at work would. */
  function run(kind: MediaTask['kind'], options: RunOptions & { readonly name?: string } = {}) {
    const output = join(folder, `${options.name ?? kind} output`)
    writeFileSync(output, 'half of it')
    const outcome = { state: 'open', value: undefined as unknown, hasOutput: () => existsSync(output) }
    const promise = queue.run(taskOf[kind], { inputs: {}, outputs: { out: output } }, options).then(
      (value) => Object.assign(outcome, { state: 'done', value }),
      (error: unknown) => Object.assign(outcome, { state: 'failed', value: error }),
    )
    return Object.assign(outcome, { ended: promise })
  }

  const current = () => {
    const window = windows.at(-1)
    if (!window) throw new Error('no window was opened')
    return window
  }
  return {
    queue,
    run,
    windows,
    current,
    timers,
    transfers,
    logged,
    folder,
    /** The newest window says that its task of that kind is done. */
    finish: async (kind: MediaTask['kind']) => {
      await queue.handlers['media.done']({ id: current().idOf(kind), result: resultOf[kind] })
      await settled()
    },
    /** The newest window says that its task of that kind failed. */
    fail: async (kind: MediaTask['kind'], code: 'damaged' | 'cancelled' = 'damaged') => {
      await queue.handlers['media.failed']({
        id: current().idOf(kind),
        error: { code, message: 'It said so.' },
      })
      await settled()
    },
  }
}
