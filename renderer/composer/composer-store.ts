import { createStore, type StoreApi } from 'zustand'
import type { ClipId } from '../../shared/clip-schema'
import type { Draft } from '../../shared/contract'
import type { Job } from '../../shared/job-schema'
import type { Quote } from '../../shared/money'
import type { Provider, ProviderId } from '../../shared/provider'
import { animatic, providers } from '../../shared/providers'
import { emptyRecipe, maxPromptLength, type SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Still, StillId } from '../../shared/still-schema'
import { validate } from '../../shared/validate'
import type { Calls } from '../connect'
import { strings } from '../strings'
import type { Order } from './ask-store'
import { marksAfter, marksOf, type FieldMark } from './field-marks'
import { placeStills, withSlot, withoutSample, type Placement } from './placement'

export interface ComposerState {
  /** False until the draft of the last session is there; nothing can be edited before. */
  readonly loaded: boolean
  readonly recipe: Recipe
  readonly provider: Provider
  readonly isSample: boolean
  /** What is known of the pictures that were in a slot, by id. */
  readonly stills: ReadonlyMap<StillId, Still>
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
  /** Marks what a platform said about the recipe that is in the composer now: the `fields` of a failed job's error. */
  readonly markFields: (fields: Readonly<Record<string, string>>) => void
  /** Puts pictures into slots, the first into `target` when one is named. Own pictures replace the sample. */
  readonly place: (stills: readonly Still[], target?: SlotName) => Placement
  /** Puts the frame a clip shows at `timeS` seconds into a slot; null when it could not be had (the user is told). */
  readonly placeFrame: (clip: ClipId, timeS: number, target?: SlotName) => Promise<Placement | null>
  readonly clear: (slot: SlotName) => void
  /** Replaces everything by the recipe of a clip; the answer puts back what was there. */
  readonly loadRecipe: (recipe: Recipe) => Promise<() => void>
  readonly generate: () => Promise<void>
}

/** What the composer holds, and Generate. */
export function createComposerStore(deps: {
  readonly client: Calls<'draft.get' | 'stills.get' | 'clips.grabFrame' | 'jobs.create'>
  /** Sends the order, asking what must be asked; throws what the call throws. */
  readonly order: (order: Order) => Promise<void>
  /** The price that Generate shows; undefined while there is none. */
  readonly quote: (recipe: Recipe, provider: ProviderId) => Quote | undefined
  readonly onCreated: (job: Job) => void
  readonly fail: (thrown: unknown) => void
  readonly warn: (message: string) => void
}): StoreApi<ComposerState> {
  const { client } = deps

  const known = async (recipe: Recipe): Promise<readonly Still[]> => {
    const ids = [...new Set(Object.values(recipe.slots))]
    return ids.length === 0 ? [] : client['stills.get']({ ids })
  }

  return createStore<ComposerState>((set, get) => {
    const learn = (stills: readonly Still[]) => {
      set((state) => ({
        stills: new Map([...state.stills, ...stills.map((still) => [still.id, still] as const)]),
      }))
    }
    /** Fetches what is known of a recipe's pictures and empties the slots whose picture is gone. */
    const checked = async (recipe: Recipe): Promise<Recipe> => {
      const stills = await known(recipe)
      learn(stills)
      const there = new Set(stills.map(({ id }) => id))
      const slots = Object.entries(recipe.slots).filter(([, id]) => there.has(id))
      const lost = Object.keys(recipe.slots).length - slots.length
      if (lost > 0) deps.warn(strings.slots.missing(lost))
      return { ...recipe, slots: Object.fromEntries(slots) }
    }

    return {
      loaded: false,
      recipe: emptyRecipe,
      provider: animatic,
      isSample: false,
      stills: new Map(),
      marks: [],
      sending: false,

      load: async () => {
        try {
          const draft: Draft = await client['draft.get']()
          const { provider, isSample } = draft
          set({ recipe: await checked(draft.recipe), provider: providers[provider], isSample })
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

      setProvider: (provider) => set({ provider: providers[provider], isSample: false }),
      markFields: (fields) => set({ marks: marksOf(fields) }),

      place: (stills, target) => {
        learn(stills)
        const { recipe, isSample } = get()
        const before = isSample && !target ? withoutSample(recipe) : recipe
        const placement = placeStills(
          before,
          stills.map(({ id }) => id),
          target,
        )
        if (placement.filled.length > 0) get().edit(() => placement.recipe)
        return placement
      },

      placeFrame: async (id, timeS, target) => {
        try {
          return get().place([await client['clips.grabFrame']({ id, timeS })], target)
        } catch (thrown) {
          deps.fail(thrown)
          return null
        }
      },

      clear: (slot) => get().edit((recipe) => withSlot(recipe, slot, undefined)),

      loadRecipe: async (recipe) => {
        const loaded = await checked(recipe)
        const { recipe: before, isSample, marks } = get()
        set({ recipe: loaded, isSample: false, marks: [] })
        return () => set({ recipe: before, isSample, marks })
      },

      generate: async () => {
        const { sending, recipe, provider } = get()
        if (sending || validate(recipe, provider).length > 0) return
        set({ sending: true })
        try {
          await deps.order({
            provider: provider.id,
            quote: deps.quote(recipe, provider.id) ?? null,
            send: (yes) => client['jobs.create']({ recipe, provider: provider.id, yes: [...yes] }),
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
