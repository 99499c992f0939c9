import { createStore, type StoreApi } from 'zustand'
import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'
import type { Draft } from '../../shared/contract'
import type { Job } from '../../shared/job-schema'
import type { Quote } from '../../shared/money'
import type { Provider, ProviderId } from '../../shared/provider'
import { animatic } from '../../shared/providers/animatic'
import { emptyRecipe, maxPromptLength, type SlotName, type SourceUse } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Still, StillId } from '../../shared/still-schema'
import { without } from '../../shared/validate/slots'
import { blockers, validate } from '../../shared/validate/validate'
import type { Calls } from '../connect'
import { strings } from '../strings'
import type { Order } from './ask-store'
import { checkRecipe } from './check-recipe'
import { marksAfter, marksOf, type FieldMark } from './field-marks'
import { knownOf } from './known'
import { placeStills, withLink, withoutSample, withSource, type Placement } from './placement'

export interface ComposerState {
  /** False until the draft of the last session is there; nothing can be edited before. */
  readonly loaded: boolean
  readonly recipe: Recipe
  /** As it is in its dialect. */
  readonly provider: Provider
  readonly isSample: boolean
  /** What is known of the pictures that were in a slot, by id. */
  readonly stills: ReadonlyMap<StillId, Still>
  /** The same of source clips. */
  readonly clips: ReadonlyMap<ClipId, Clip>
  /** What a platform said about the recipe; each goes when its field is changed. */
  readonly marks: readonly FieldMark[]
  /** True while a job is being written down: a second press does nothing. */
  readonly sending: boolean
  readonly load: () => Promise<void>
  /** Changes the recipe on the user's behalf. */
  readonly edit: (change: (recipe: Recipe) => Recipe) => void
  readonly setPrompt: (prompt: string) => void
  /** Chooses a provider, also one that cannot take the recipe as it is: what must change is shown then. */
  readonly setProvider: (provider: ProviderId) => void
  /** A provider may speak another dialect now, which has other capabilities. */
  readonly providersChanged: () => void
  /** Marks what a platform said about the recipe that is in the composer now: the `fields` of a failed job's error. */
  readonly markFields: (fields: Readonly<Record<string, string>>) => void
  /**
   * Puts pictures into slots, the first into `target` when one is named. Own pictures replace the sample. `link` is
   * the public address that the first one came from.
   */
  readonly place: (stills: readonly Still[], target?: SlotName, link?: string) => Placement
  /** Puts the frame a clip shows at `timeS` seconds into a slot; null when it could not be had (the user is told). */
  readonly placeFrame: (clip: ClipId, timeS: number, target?: SlotName) => Promise<Placement | null>
  /** Makes a clip the one that is extended or edited (as the one before it, unless said); it replaces the sample. */
  readonly setSource: (clip: Clip, change?: { readonly use?: SourceUse; readonly link?: string }) => void
  /** The same with a clip that is known by its id alone; the user is told when it cannot be had. */
  readonly placeSource: (clip: ClipId) => Promise<void>
  readonly clear: (slot: SlotName) => void
  /** Replaces everything by the recipe of a clip; the answer puts back what was there. */
  readonly loadRecipe: (recipe: Recipe) => Promise<() => void>
  readonly generate: () => Promise<void>
}

/** What the composer holds, and Generate. */
export function createComposerStore(deps: {
  readonly client: Calls<'draft.get' | 'stills.get' | 'clips.get' | 'clips.grabFrame' | 'jobs.create'>
  /** A provider as it is in the dialect that is spoken. */
  readonly providerOf: (id: ProviderId) => Provider
  /** Whether the user's own bucket is connected. */
  readonly hasBucket: () => boolean
  /** Sends the order, asking what must be asked; throws what the call throws. */
  readonly order: (order: Order) => Promise<void>
  /** The price that Generate shows; undefined while there is none. */
  readonly quote: (recipe: Recipe, provider: ProviderId) => Quote | undefined
  readonly onCreated: (job: Job) => void
  readonly fail: (thrown: unknown) => void
  readonly warn: (message: string) => void
}): StoreApi<ComposerState> {
  const { client } = deps
  const told = <T>(work: () => Promise<T>): Promise<T | null> =>
    work().catch((thrown: unknown) => {
      deps.fail(thrown)
      return null
    })

  return createStore<ComposerState>((set, get) => {
    const learn = (stills: readonly Still[], clips: readonly Clip[] = []) => {
      set((state) => ({
        stills: new Map([...state.stills, ...stills.map((still) => [still.id, still] as const)]),
        clips: new Map([...state.clips, ...clips.map((clip) => [clip.id, clip] as const)]),
      }))
    }
    const checked = async (recipe: Recipe): Promise<Recipe> => {
      const found = await checkRecipe(recipe, client)
      learn(found.stills, found.clips)
      if (found.lostPictures > 0) deps.warn(strings.slots.missing(found.lostPictures))
      if (found.lostClip) deps.warn(strings.source.missing)
      return found.recipe
    }
    /** What own pictures and clips are put into: of the sample only the settings. */
    const ground = () => {
      const { recipe, isSample } = get()
      return isSample ? withoutSample(recipe) : recipe
    }

    return {
      loaded: false,
      recipe: emptyRecipe,
      provider: animatic,
      isSample: false,
      stills: new Map(),
      clips: new Map(),
      marks: [],
      sending: false,

      load: async () => {
        try {
          const draft: Draft = await client['draft.get']()
          const { provider, isSample } = draft
          set({ recipe: await checked(draft.recipe), provider: deps.providerOf(provider), isSample })
        } catch (thrown) {
          deps.fail(thrown)
        } finally {
          set({ loaded: true })
        }
      },

      edit: (change) =>
        set(({ recipe: before, marks }) => {
          const recipe = change(before)
          return { recipe, isSample: false, marks: marksAfter(marks, before, recipe) }
        }),
      setPrompt: (prompt) =>
        get().edit((recipe) => ({ ...recipe, prompt: prompt.slice(0, maxPromptLength) })),

      setProvider: (provider) => set({ provider: deps.providerOf(provider), isSample: false }),
      providersChanged: () => set(({ provider }) => ({ provider: deps.providerOf(provider.id) })),
      markFields: (fields) => set({ marks: marksOf(fields) }),

      place: (stills, target, link) => {
        learn(stills)
        const placement = placeStills(
          target ? get().recipe : ground(),
          stills.map(({ id }) => id),
          target,
        )
        const [first] = placement.filled
        if (first === undefined) return placement
        const recipe = link === undefined ? placement.recipe : withLink(placement.recipe, first, link)
        get().edit(() => recipe)
        return { ...placement, recipe }
      },

      placeFrame: (id, timeS, target) =>
        told(async () => get().place([await client['clips.grabFrame']({ id, timeS })], target)),

      setSource: (clip, { use, link } = {}) => {
        learn([], [clip])
        const before = ground()
        const recipe = withSource(before, clip.id, use ?? before.source?.use ?? 'extend')
        get().edit(() => (link === undefined ? recipe : withLink(recipe, 'source', link)))
      },
      placeSource: async (id) => {
        const clip = await told(() => client['clips.get']({ id }))
        if (clip) get().setSource(clip)
      },

      clear: (slot) => get().edit((recipe) => without(recipe, [slot])),

      loadRecipe: async (recipe) => {
        const loaded = await checked(recipe)
        const { recipe: before, isSample, marks } = get()
        set({ recipe: loaded, isSample: false, marks: [] })
        return () => set({ recipe: before, isSample, marks })
      },

      generate: async () => {
        const { sending, recipe, provider } = get()
        const objections = validate(recipe, provider, knownOf(get(), deps.hasBucket()))
        if (sending || blockers(objections).length > 0) return
        set({ sending: true })
        try {
          await deps.order({
            provider: provider.id,
            quote: deps.quote(recipe, provider.id) ?? null,
            send: (yes, shown) =>
              client['jobs.create']({ recipe, provider: provider.id, yes: [...yes], shown }),
            onCreated: (job) => {
              set({ isSample: false })
              deps.onCreated(job)
            },
          })
        } catch (thrown) {
          deps.fail(thrown)
        } finally {
          set({ sending: false })
        }
      },
    }
  })
}
