import { createStore, type StoreApi } from 'zustand'
import { toErrorShape } from '../../shared/error'
import type { Job } from '../../shared/job-schema'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import type { Objection } from '../../shared/validate/objection'
import type { Order } from '../composer/ask-store'
import type { Calls } from '../connect'
import { readPrices, unknownPrice, type Price } from '../spend/price'
import { strings } from '../strings'
import {
  compareRows,
  isReady,
  mended,
  type CompareFacts,
  type CompareRow,
  type Variant,
} from './compare-rows'

export interface CompareState {
  /** The recipe as it was when the comparison was opened; null while it is closed. */
  readonly recipe: Recipe | null
  /** What was changed for one provider only. */
  readonly variants: ReadonlyMap<RemoteProviderId, Variant>
  /** The prices of the variants. */
  readonly quotes: ReadonlyMap<Recipe, ReadonlyMap<RemoteProviderId, Price>>
  readonly chosen: ReadonlySet<RemoteProviderId>
  /** True while orders are sent, one after another: a second press does nothing. */
  readonly sending: boolean
  readonly show: () => void
  readonly close: () => void
  readonly toggle: (provider: RemoteProviderId) => void
  /** Changes the recipe for one provider. */
  readonly fix: (provider: RemoteProviderId, fix: NonNullable<Objection['fix']>) => void
  /** Makes every change that a provider needs. */
  readonly fixAll: (row: CompareRow) => void
  /** Makes the change of this name at each provider that offers it. */
  readonly fixEverywhere: (label: string) => void
  readonly putBack: (provider: RemoteProviderId) => void
  /** Sends to each chosen provider; every question is asked. What was made stays made. */
  readonly send: () => Promise<void>
}

/** What the comparison takes from the rest of the window. */
export type CompareContext = Omit<CompareFacts, 'variants'>

/** What the comparison is made of, with the prices of its variants. */
export function factsOf(
  { variants, quotes }: Pick<CompareState, 'variants' | 'quotes'>,
  context: CompareContext,
): CompareFacts {
  return {
    ...context,
    variants,
    quote: (id, recipe) => {
      if (recipe === context.recipe) return context.quote(id, recipe)
      const answers = quotes.get(recipe)
      // An answer that lacks it leaves nothing to wait for.
      return answers && (answers.get(id) ?? unknownPrice)
    },
  }
}

/** One recipe on several providers. */
export function createCompareStore(deps: {
  readonly client: Calls<'quotes.get' | 'jobs.create'>
  readonly context: () => CompareContext
  /** Sends an order, asking what must be asked; throws what the call throws. */
  readonly order: (order: Order) => Promise<void>
  readonly onCreated: (job: Job) => void
  readonly tell: (message: string) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<CompareState> {
  return createStore<CompareState>((set, get) => {
    const rows = (recipe: Recipe) => compareRows(factsOf(get(), { ...deps.context(), recipe }))

    const setVariant = (id: RemoteProviderId, variant: Variant | null) => {
      const { recipe, variants } = get()
      if (!recipe) return
      const others = [...variants].filter(([known]) => known !== id)
      set({ variants: new Map(variant ? [...others, [id, variant] as const] : others) })
      const row = rows(recipe).find((known) => known.id === id)
      set(({ chosen }) => ({ chosen: withChoice(chosen, id, row !== undefined && isReady(row)) }))
      if (variant) void price(variant.recipe)
    }
    const price = async (recipe: Recipe) => {
      const priced = await deps.client['quotes.get']({ recipe }).then(readPrices, (thrown: unknown) => {
        const problem = toErrorShape(thrown)
        return new Map(remoteProviderIds.map((id) => [id, { ...unknownPrice, problem }]))
      })
      set(({ quotes }) => ({ quotes: new Map(quotes).set(recipe, priced) }))
    }
    const variantOf = (id: RemoteProviderId, recipe: Recipe): Variant =>
      get().variants.get(id) ?? { recipe, changes: [] }

    /** True once the job is made, false when a question was answered with no or the call failed. */
    const sendOne = async (
      { id, recipe, quote }: CompareRow,
      series: NonNullable<Order['series']>,
    ): Promise<boolean> => {
      const end = Promise.withResolvers<boolean>()
      try {
        await deps.order({
          provider: id,
          quote: quote ?? null,
          send: (yes, shown) => deps.client['jobs.create']({ recipe, provider: id, yes: [...yes], shown }),
          onCreated: (job) => {
            deps.onCreated(job)
            end.resolve(true)
          },
          onDropped: () => end.resolve(false),
          series,
        })
        return await end.promise
      } catch (thrown) {
        deps.fail(thrown)
        return false
      }
    }

    return {
      recipe: null,
      variants: new Map(),
      quotes: new Map(),
      chosen: new Set(),
      sending: false,

      show: () => {
        if (get().sending) return
        const { recipe } = deps.context()
        set({ recipe, variants: new Map(), quotes: new Map() })
        set({ chosen: new Set(rows(recipe).flatMap((row) => (isReady(row) ? [row.id] : []))) })
      },
      close: () => set({ recipe: null }),
      toggle: (id) => set(({ chosen }) => ({ chosen: withChoice(chosen, id, !chosen.has(id)) })),
      fix: (id, { label, recipe }) => {
        const { recipe: base } = get()
        if (base) setVariant(id, { recipe, changes: [...variantOf(id, base).changes, label] })
      },
      fixAll: ({ id, provider }) => {
        const { recipe: base } = get()
        if (base) setVariant(id, mended(variantOf(id, base), provider, deps.context().known))
      },
      fixEverywhere: (label) => {
        const { recipe: base } = get()
        if (!base) return
        for (const { id, objections } of rows(base)) {
          const fix = objections.find((objection) => objection.fix?.label === label)?.fix
          if (fix) get().fix(id, fix)
        }
      },
      putBack: (id) => setVariant(id, null),

      send: async () => {
        const { recipe, chosen, sending } = get()
        if (!recipe || sending) return
        const sent = rows(recipe).filter(({ id, verdict }) => chosen.has(id) && verdict !== 'cannot')
        if (sent.length === 0) return
        set({ sending: true, recipe: null })
        const unsent: string[] = []
        let isStopped = false
        const onStopped = () => {
          isStopped = true
        }
        for (const [index, row] of sent.entries()) {
          const series = { number: index + 1, of: sent.length, onStopped }
          // One after another: each may bring a question.
          if (isStopped || !(await sendOne(row, series))) unsent.push(row.provider.name)
        }
        set({ sending: false })
        if (unsent.length > 0) deps.tell(strings.compare.queued(sent.length - unsent.length, unsent))
      },
    }
  })
}

function withChoice(
  chosen: ReadonlySet<RemoteProviderId>,
  id: RemoteProviderId,
  isChosen: boolean,
): ReadonlySet<RemoteProviderId> {
  const others = [...chosen].filter((known) => known !== id)
  return new Set(isChosen ? [...others, id] : others)
}
