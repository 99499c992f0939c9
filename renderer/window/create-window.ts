import type { StoreApi } from 'zustand'
import { createCompareStore, type CompareState } from '../compare/compare-store'
import { createAskStore, type AskState } from '../composer/ask-store'
import { createComposerStore, type ComposerState } from '../composer/composer-store'
import { createDraftSaver } from '../composer/draft-saver'
import { knownOf } from '../composer/known'
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
import { createBucketStore, isConnected, type BucketState } from '../settings/bucket-store'
import { createNetworkStore, type NetworkState } from '../settings/network-store'
import { createProvidersStore, type ProvidersState } from '../settings/providers-store'
import { createSpendStore, type SpendState } from '../spend/spend-store'
import { createStageStore, type StageState } from '../stage/stage-store'
import { strings } from '../strings'
import type { Memory } from '../ui/remembered'
import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'
import type { Job, JobId } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import { providerIn } from '../../shared/providers'
import type { Recipe } from '../../shared/recipe-schema'
import { followNews } from './follow-news'
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
  /** One recipe on several providers. */
  readonly compare: StoreApi<CompareState>
  readonly providers: StoreApi<ProvidersState>
  readonly bucket: StoreApi<BucketState>
  readonly network: StoreApi<NetworkState>
  readonly spend: StoreApi<SpendState>
  readonly queue: StoreApi<QueueState>
  readonly resolve: StoreApi<ResolveState>
  readonly gallery: StoreApi<GalleryState>
  readonly stage: StoreApi<StageState>
  readonly intake: StoreApi<IntakeState>
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
    extend: (clip) => ways.placeClip(clip, 'extend'),
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
  const resolve = createResolveStore({
    client,
    fail,
    canLookUp: (id) => queue.getState().jobs.get(id)?.canLookUp ?? true,
    onChanged: (job) => queue.getState().changed(job),
  })
  const ask = createAskStore({ client, fail })
  const providers = createProvidersStore({ client, fail })
  const providerOf = (id: ProviderId) =>
    providerIn(id, providers.getState().statuses.get(id)?.dialect ?? null)
  const bucket = createBucketStore({ client, fail })
  const network = createNetworkStore({ client })
  const hasBucket = () => isConnected(bucket.getState())
  const spend = createSpendStore({ client, fail })
  const composer = createComposerStore({
    client,
    providerOf,
    hasBucket,
    order: (order) => ask.getState().start(order),
    quote: (recipe, provider) => quoteOf(quotes.store.getState(), recipe, provider),
    fail,
    warn,
    onCreated: (job: Job) => queue.getState().started(job),
  })
  const quotes = createQuotes({ client, composer })
  const compare = createCompareStore({
    client,
    context: () => ({
      recipe: composer.getState().recipe,
      known: knownOf(composer.getState(), hasBucket()),
      statuses: providers.getState().statuses,
      quote: (id, recipe) => quoteOf(quotes.store.getState(), recipe, id),
    }),
    order: (order) => ask.getState().start(order),
    onCreated: (job) => {
      composer.getState().edit((recipe) => recipe)
      queue.getState().started(job)
    },
    tell: warn,
    fail,
  })
  const intake = createIntakeStore({
    client,
    pathForFile,
    upload: (file) => uploadFile(file, deps.send),
    place: (stills, target, link) => composer.getState().place(stills, target, link),
    onSource: (clip, link) => composer.getState().setSource(clip, link === undefined ? {} : { link }),
    onClips: ([first]) => {
      if (first) gallery.getState().pick(first)
    },
    fail,
  })
  const ways = createJobWays({ client, composer, gallery, queue, panels, tell, fail })
  const saver = createDraftSaver({ composer, client, fail })

  providers.subscribe((state, before) => {
    if (state.statuses === before.statuses) return
    composer.getState().providersChanged()
    // A price can depend on the key: Apiframe tells its prices to accounts only.
    quotes.refresh()
  })
  // A platform that could not be reached may be by another way, or now that the computer is online.
  network.subscribe((state, before) => {
    if (before.status && state.status !== before.status) quotes.refresh()
  })
  queue.subscribe((state, before) => {
    if (state.queue?.offline === false && before.queue?.offline) quotes.refresh()
  })
  followNews(on, { queue, gallery, spend, providers, bucket, intake, ...ways })

  return {
    notices,
    info,
    panels,
    composer,
    quotes: quotes.store,
    ask,
    compare,
    providers,
    bucket,
    network,
    spend,
    queue,
    gallery,
    stage,
    intake,
    resolve,
    editJob: ways.editJob,
    showJob: ways.showJob,
    showClip: ways.showClip,
    openBilling: ways.openBilling,
    placeClip: ways.placeClip,
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
        bucket.getState().load(),
        spend.getState().load(),
      ])
    },
    flush: saver.flush,
  }
}
