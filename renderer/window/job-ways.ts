import type { StoreApi } from 'zustand'
import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'
import type { Job, JobId } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import type { SourceUse } from '../../shared/recipe'
import type { ComposerState } from '../composer/composer-store'
import type { Calls } from '../connect'
import type { GalleryState } from '../gallery/gallery-store'
import type { NoticesState } from '../notices/notices-store'
import type { QueueState } from '../queue/queue-store'
import { strings } from '../strings'
import type { PanelsState } from './panels-store'

/** The ways from a job or a clip to the other screens. */
export interface JobWays {
  /** Puts the recipe of a job into the composer, for `provider`, with what its platform said of each field. */
  readonly editJob: (job: Job, provider: ProviderId) => void
  /** The same for a job that was taken out of the queue for it. */
  readonly editTakenBack: (job: Job) => void
  /** Brings the card of a job into view, wherever the queue was put away. */
  readonly showJob: (id: JobId) => void
  /** Puts a clip on the stage, as if it had been picked. */
  readonly showClip: (id: ClipId) => void
  /** Puts a clip into the composer, to be extended or edited. */
  readonly placeClip: (clip: Clip, use: SourceUse) => void
  /** Opens the page on which a platform takes money. */
  readonly openBilling: (provider: ProviderId) => void
}

const words = strings.queue

/** Joins the queue with the composer, the gallery and the panels. */
export function createJobWays(deps: {
  readonly client: Calls<'clips.get' | 'app.openExternal'>
  readonly composer: StoreApi<ComposerState>
  readonly gallery: StoreApi<GalleryState>
  readonly queue: StoreApi<QueueState>
  readonly panels: StoreApi<PanelsState>
  readonly tell: NoticesState['tell']
  readonly fail: (thrown: unknown) => void
}): JobWays {
  const { client, composer, gallery, panels, queue, fail } = deps

  const open = (panel: 'composer' | 'queue') => {
    const { open: isOpen, toggle, setGalleryFull } = panels.getState()
    setGalleryFull(false)
    if (!isOpen[panel]) toggle(panel)
  }
  const intoComposer = async (job: Job, provider: ProviderId, message: string): Promise<void> => {
    open('composer')
    const { provider: before, loadRecipe, setProvider, markFields } = composer.getState()
    const undo = await loadRecipe(job.recipe)
    setProvider(provider)
    // What one platform says of a field is not what another says.
    if (provider === job.provider) markFields(job.error?.fields ?? {})
    const putBack = () => {
      setProvider(before.id)
      undo()
      // The recipe of a job that left the queue is nowhere else: there must be a way back to it too.
      if (!queue.getState().jobs.has(job.id))
        deps.tell({ tone: 'info', message: words.formerIsBack, action: again })
    }
    const again = {
      label: words.loadJobAgain,
      run: () => void intoComposer(job, provider, message).catch(fail),
    }
    deps.tell({ tone: 'info', message, action: { label: strings.common.undo, run: putBack } })
  }

  return {
    editJob: (job, provider) => void intoComposer(job, provider, words.loadedForEdit).catch(fail),
    editTakenBack: (job) => void intoComposer(job, job.provider, words.tookBack).catch(fail),
    showJob: (id) => {
      open('queue')
      queue.getState().seek(id)
    },
    showClip: (id) => void client['clips.get']({ id }).then((clip) => gallery.getState().pick(clip), fail),
    placeClip: (clip, use) => {
      open('composer')
      composer.getState().setSource(clip, { use })
      deps.tell({ tone: 'info', message: strings.source[use === 'extend' ? 'placed' : 'placedEdit'] })
    },
    openBilling: (provider) => {
      const page = providers[provider].pages?.billing
      if (page !== undefined) void client['app.openExternal']({ url: page }).catch(fail)
    },
  }
}
