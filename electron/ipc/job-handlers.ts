import type { AppContract, Draft } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { Commands } from '../jobs/commands'

/** What these handlers need of the outside. */
export interface JobHandlerDeps {
  readonly commands: Commands
  readonly onDismissed: (id: string) => void
  readonly getDraft: () => Promise<Draft>
  readonly setDraft: (draft: Draft) => void
}

/** Calls about jobs and the draft they are made from. */
export function jobHandlers({ commands, onDismissed, getDraft, setDraft }: JobHandlerDeps) {
  return {
    'jobs.create': ({ recipe, provider, yes, shown }) => commands.create(recipe, provider, yes, shown),
    'jobs.list': commands.list,
    'jobs.cancel': ({ id }) => commands.cancel(id),
    'jobs.rerun': async ({ id, yes }) => {
      const made = await commands.rerun(id, yes)
      if (made.kind === 'created') onDismissed(id)
      return made
    },
    'jobs.dismiss': ({ id }) => {
      commands.dismiss(id)
      onDismissed(id)
    },
    'jobs.setPaused': ({ id, paused }) => commands.setPaused(id, paused),
    'jobs.move': ({ id, before }) => commands.move(id, before),
    'jobs.takeBack': ({ id }) => {
      const job = commands.takeBack(id)
      onDismissed(id)
      return job
    },
    'jobs.allow': ({ id, to, seen }) => commands.allow(id, to, seen),
    'jobs.check': ({ id }) => commands.check(id),
    'jobs.candidates': ({ id }) => commands.candidates(id),
    'jobs.resolve': async ({ id, resolution }) => {
      if (resolution.kind === 'attach') await commands.checkId(id, resolution.remoteId)
      return commands.resolve(id, resolution)
    },
    'jobs.fetchAgain': ({ id }) => commands.fetchAgain(id),
    'jobs.timeline': ({ id }) => commands.timeline(id),
    'draft.get': getDraft,
    'draft.set': setDraft,
  } satisfies Partial<Handlers<AppContract>>
}
