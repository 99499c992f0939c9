import type { StoreApi } from 'zustand'
import { createAskStore, type AskState } from '../composer/ask-store'
import { createComposerStore, type ComposerState } from '../composer/composer-store'
import { createDraftSaver } from '../composer/draft-saver'
import { createQuotes, quoteOf, type QuotesState } from '../composer/quotes'
import { recipeTitle } from '../composer/recipe-words'
import type { Connection } from '../connect'
import { createGalleryStore, type GalleryState } from '../gallery/gallery-store'
import { createIntakeStore, type IntakeState } from '../intake/intake-store'
import { uploadFile } from '../intake/upload'
import { createNoticesStore, type NoticesState } from '../notices/notices-store'
import { jobMark } from '../queue/job-marks'
import { createQueueStore, type QueueState } from '../queue/queue-store'
import { createResolveStore, type ResolveState } from '../resolve/resolve-store'
import { createProvidersStore, type ProvidersState } from '../settings/providers-store'
import { createSpendStore, type SpendState } from '../spend/spend-store'
import { createStageStore, type StageState } from '../stage/stage-store'
import { strings } from '../strings'
import type { Memory } from '../ui/remembered'
import type { Clip, ClipId } from '../../shared/clip-schema'
import type { Job, JobId } from '../../shared/job-schema'
import type { Recipe } from '../../shared/recipe-schema'
import { createInfoStore, type InfoState } from './info-store'
import { createJobWays, type JobWays } from './job-ways'
import { createPanelsStore, type PanelsState } from './panels-store'

/** Everything the window holds. */
export interface AppWindow extends Omit<JobWays, 'editTakenBack'> {
  readonly notices: StoreApi<NoticesState>
  readonly info: StoreApi<InfoState>
  readonly panels: StoreApi<PanelsState>
  readonly composer: StoreApi<ComposerState>
  /** What each provider asks for the composer's recipe. */
  readonly quotes: StoreApi<QuotesState>
  /** What must be answered before a job is made. */
  readonly ask: StoreApi<AskState>
  readonly providers: StoreApi<ProvidersState>
  readonly spend: StoreApi<SpendState>
  readonly queue: StoreApi<QueueState>
  readonly resolve: StoreApi<ResolveState>
  readonly gallery: StoreApi<GalleryState>
  readonly stage: StoreApi<StageState>
  readonly intake: StoreApi<IntakeState>
  readonly warn: (message: string) => void
  /** Shows a clip's file in the system's file manager. */
  readonly revealClip: (clip: Clip) => void
  /** Puts a clip's recipe into the composer; the user can take it back. */
  readonly loadRecipe: (recipe: Recipe) => void
  /** Asks the main process for everything the first picture of the window needs. */
  readonly load: () => Promise<void>
  /** Writes down what was not written yet. */
  readonly flush: () => void
}

/** Makes the stores of the window and joins them: the only place where one screen knows of another. */
export function createAppWindow(deps: {
  readonly connection: Connection
  readonly memory: Memory
  readonly send: (url: string, init: RequestInit) => Promise<Response>
  readonly later: (run: () => void, ms: number) => void
  /** Whether a clip that is ready may start to play by itself. */
  readonly mayAutoplay: () => boolean
}): AppWindow {
  const { client, on, pathForFile } = deps.connection
  const notices = createNoticesStore({ later: deps.later })
  const { fail, tell, say } = notices.getState()
  const warn = (message: string) => tell({ tone: 'warn', message })

  const info = createInfoStore({ client, warn, fail })
  const panels = createPanelsStore(deps.memory)
  const stage = createStageStore({
    placeFrame: (clip, timeS, target) => composer.getState().placeFrame(clip, timeS, target),
    tell: (message) => tell({ tone: 'info', message }),
  })
  const gallery = createGalleryStore({
    client,
    memory: deps.memory,
    onSelect: (clip, byUser) => stage.getState().show(clip, !byUser && deps.mayAutoplay()),
    fail,
  })

  // How many picks there were when a job was started: one more since then, and the user is looking at something else.
  const picksAtStart = new Map<JobId, number>()
  const showFinished = async (job: JobId, clip: ClipId) => {
    const shown = await client['clips.get']({ id: clip })
    if (picksAtStart.get(job) === gallery.getState().picks) gallery.getState().show(shown)
    picksAtStart.delete(job)
  }
  const queue = createQueueStore({
    client,
    fail,
    later: deps.later,
    order: (order) => ask.getState().start(order),
    onTakenBack: (job) => ways.editTakenBack(job),
    onStarted: (job) => picksAtStart.set(job.id, gallery.getState().picks),
    onState: (job) => {
      const title = recipeTitle(job.recipe)
      const mark = jobMark(job)
      if (job.state === 'done') say(strings.queue.finished(title))
      else if (mark) say(strings.queue.needsYou(title, mark.text))
      if (job.state === 'done' && job.clipId && picksAtStart.has(job.id)) {
        showFinished(job.id, job.clipId).catch(fail)
      }
    },
  })
  const resolve = createResolveStore({ client, fail, onChanged: (job) => queue.getState().changed(job) })
  const ask = createAskStore({ client, fail })
  const providers = createProvidersStore({ client, fail })
  const spend = createSpendStore({ client, fail })
  const composer = createComposerStore({
    client,
    order: (order) => ask.getState().start(order),
    quote: (recipe, provider) => quoteOf(quotes.store.getState(), recipe, provider),
    fail,
    warn,
    onCreated: (job: Job) => queue.getState().started(job),
  })
  const quotes = createQuotes({ client, composer, fail })
  const intake = createIntakeStore({
    client,
    pathForFile,
    upload: (file) => uploadFile(file, deps.send),
    place: (stills, target) => composer.getState().place(stills, target),
    onClips: ([first]) => {
      if (first) gallery.getState().pick(first)
    },
    fail,
  })
  const ways = createJobWays({ client, composer, gallery, queue, panels, tell, fail })
  const saver = createDraftSaver({ composer, client, fail })

  on('job.changed', (job) => queue.getState().changed(job))
  on('job.dismissed', ({ id }) => queue.getState().dismissed(id))
  on('queue.changed', (state) => queue.getState().queueChanged(state))
  on('app.show', ({ job, clip }) => {
    if (clip) ways.showClip(clip)
    else ways.showJob(job)
  })
  on('clip.changed', (clip) => gallery.getState().changed(clip))
  on('money.changed', (spent) => spend.getState().changed(spent))
  on('provider.changed', (status) => {
    providers.getState().changed(status)
    // A price can depend on the key: Apiframe tells its prices to accounts only.
    quotes.refresh()
  })
  on('import.progress', (progress) => intake.getState().progressed(progress))

  return {
    notices,
    info,
    panels,
    composer,
    quotes: quotes.store,
    ask,
    providers,
    spend,
    queue,
    gallery,
    stage,
    intake,
    resolve,
    warn,
    editJob: ways.editJob,
    showJob: ways.showJob,
    showClip: ways.showClip,
    openBilling: ways.openBilling,
    revealClip: (clip) => void client['clips.reveal']({ id: clip.id }).catch(fail),
    loadRecipe: (recipe) => {
      composer
        .getState()
        .loadRecipe(recipe)
        .then((undo) =>
          tell({
            tone: 'info',
            message: strings.composer.recipeLoaded,
            action: { label: strings.common.undo, run: undo },
          }),
        )
        .catch(fail)
    },
    load: async () => {
      gallery.getState().need(0, 0)
      await Promise.all([
        info.getState().load(),
        composer.getState().load(),
        queue.getState().load(),
        providers.getState().load(),
        spend.getState().load(),
      ])
    },
    flush: saver.flush,
  }
}
