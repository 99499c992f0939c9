import { createStore, type StoreApi } from 'zustand'
import type { Resolution } from '../../shared/contract'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { Candidate, Job, JobId } from '../../shared/job-schema'
import type { Calls } from '../connect'

/** What the platform knows of an unknown outcome. */
export type Search =
  | { readonly kind: 'searching' }
  | { readonly kind: 'failed' }
  /** The platform has no list of jobs, and does not know this one by our own number. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'found'; readonly candidates: readonly Candidate[] }

export interface ResolveState {
  /** The job the dialog is about; null while it is closed. */
  readonly jobId: JobId | null
  readonly search: Search
  readonly choice: Resolution | null
  /** Why what was chosen could not be done; null until it was tried. */
  readonly failure: ErrorShape | null
  /** The user had it searched again, and the answer is here. */
  readonly searchedAgain: boolean
  /** True while the answer is on its way: a second press does nothing. */
  readonly sending: boolean
  readonly open: (id: JobId) => Promise<void>
  readonly close: () => void
  readonly choose: (choice: Resolution) => void
  /** Chooses the job with the id that was pasted; an empty one chooses nothing. */
  readonly chooseTyped: (remoteId: string) => void
  /** Has the platform searched again, and reads what it found. */
  readonly checkAgain: () => Promise<void>
  /** Does what was chosen; the dialog stays open when that fails, and says why. */
  readonly confirm: () => Promise<void>
}

/** The question what became of a paid request that was not answered. */
export function createResolveStore(deps: {
  readonly client: Calls<'jobs.candidates' | 'jobs.check' | 'jobs.resolve'>
  /** Whether this job can be looked for at its platform. */
  readonly canLookUp: (id: JobId) => boolean
  readonly onChanged: (job: Job) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<ResolveState> {
  const { client } = deps
  return createStore<ResolveState>((set, get) => {
    const searchFor = async (id: JobId) => {
      if (!deps.canLookUp(id)) return set({ search: { kind: 'impossible' } })
      set({ search: { kind: 'searching' } })
      const search: Search = await client['jobs.candidates']({ id }).then(
        (candidates) => ({ kind: 'found', candidates }),
        (thrown: unknown) => {
          deps.fail(thrown)
          return { kind: 'failed' }
        },
      )
      if (get().jobId === id) set({ search })
    }
    return {
      jobId: null,
      search: { kind: 'searching' },
      choice: null,
      failure: null,
      searchedAgain: false,
      sending: false,

      open: async (id) => {
        set({ jobId: id, choice: null, failure: null, searchedAgain: false, sending: false })
        await searchFor(id)
      },
      close: () => set({ jobId: null }),
      choose: (choice) => set({ choice, failure: null }),
      chooseTyped: (typed) => {
        const remoteId = typed.trim()
        set({ choice: remoteId === '' ? null : { kind: 'attach', remoteId }, failure: null })
      },
      checkAgain: async () => {
        const { jobId } = get()
        if (jobId === null) return
        // What was chosen may not be in the new list: it is chosen anew.
        set({ search: { kind: 'searching' }, choice: null, failure: null, searchedAgain: false })
        try {
          deps.onChanged(await client['jobs.check']({ id: jobId }))
        } catch (thrown) {
          deps.fail(thrown)
        }
        if (get().jobId !== jobId) return
        await searchFor(jobId)
        if (get().jobId === jobId) set({ searchedAgain: true })
      },
      confirm: async () => {
        const { jobId, choice, sending } = get()
        if (jobId === null || choice === null || sending) return
        set({ sending: true, failure: null })
        try {
          deps.onChanged(await client['jobs.resolve']({ id: jobId, resolution: choice }))
          if (get().jobId === jobId) get().close()
        } catch (thrown) {
          // Elsewhere it would stand behind the dialog.
          if (get().jobId === jobId) set({ failure: toErrorShape(thrown) })
          else deps.fail(thrown)
        } finally {
          set({ sending: false })
        }
      },
    }
  })
}
