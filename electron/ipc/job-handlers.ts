import type { AppContract, Draft } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { Runner } from '../jobs/runner'

/** What these handlers need of the outside. */
export interface JobHandlerDeps {
  readonly runner: Runner
  readonly onDismissed: (id: string) => void
  readonly getDraft: () => Promise<Draft>
  readonly setDraft: (draft: Draft) => void
}

/** Calls about jobs and the draft they are made from. */
export function jobHandlers({ runner, onDismissed, getDraft, setDraft }: JobHandlerDeps) {
  return {
    'jobs.create': ({ recipe, provider }) => runner.create(recipe, provider),
    'jobs.list': () => runner.list(),
    'jobs.cancel': ({ id }) => runner.cancel(id),
    'jobs.rerun': ({ id }) => {
      const job = runner.rerun(id)
      onDismissed(id)
      return job
    },
    'jobs.dismiss': ({ id }) => {
      runner.dismiss(id)
      onDismissed(id)
    },
    'draft.get': getDraft,
    'draft.set': setDraft,
  } satisfies Partial<Handlers<AppContract>>
}
