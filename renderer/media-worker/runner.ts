import { toErrorShape } from '../../shared/error'
import type { Client } from '../../shared/ipc'
import type { MediaContract, MediaResult, MediaTask } from '../../shared/media-schema'
import { rejectOnAbort } from './abort'
import { createProgress, type Report } from './progress'

export interface RunnerDeps {
  readonly client: Pick<Client<MediaContract>, 'media.progress' | 'media.done' | 'media.failed'>
  /** Does the work of one task. */
  readonly run: (id: string, task: MediaTask, report: Report, signal: AbortSignal) => Promise<MediaResult>
  /** Milliseconds, from any start. */
  readonly now: () => number
}

/** Runs every task it is given at once; the main process decides how many that are. */
export interface Runner {
  readonly start: (id: string, task: MediaTask) => void
  /** Ends a task with `cancelled`, at once; what it still holds it lets go at its next step. */
  readonly cancel: (id: string) => void
}

/** Makes the runner of the media window: each task ends with exactly one `media.done` or `media.failed`. */
export function createRunner({ client, run, now }: RunnerDeps): Runner {
  const controllers = new Map<string, AbortController>()

  async function finish(id: string, task: MediaTask, { signal }: AbortController): Promise<void> {
    const send = (fraction: number) => void client['media.progress']({ id, fraction }).catch(console.error)
    const report = createProgress((fraction) => (signal.aborted ? undefined : send(fraction)), now)
    try {
      const result = await rejectOnAbort(run(id, task, report, signal), signal)
      await client['media.done']({ id, result })
    } catch (error) {
      await client['media.failed']({ id, error: toErrorShape(error) }).catch(console.error)
    } finally {
      controllers.delete(id)
    }
  }

  return {
    start(id, task) {
      const controller = new AbortController()
      controllers.set(id, controller)
      void finish(id, task, controller)
    },
    cancel: (id) => controllers.get(id)?.abort(),
  }
}
