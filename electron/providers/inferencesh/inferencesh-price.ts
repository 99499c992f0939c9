import type { Money, Quote } from '../../../shared/money'
import type { Resolution } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { isGood } from '../answer'
import { unwrapped } from './inferencesh-answer'
import { inferenceshApp, inferenceshInput } from './inferencesh-body'
import { amountOf, fieldsOf, idOf, parseJson } from '../json'
import { createPriceMemory } from '../price-memory'
import type { RemoteProvider, Send } from '../provider'

/** Microcents in a dollar (reference/providers.md §5.7). */
const microcentsPerUsd = 100_000_000

/** Micro-dollars a second by the page's table (§5.8), which has one price for 720p and 1080p. */
const perSecond: Readonly<Record<Resolution, { readonly silent: number; readonly audio: number }>> = {
  '720p': { silent: 100_000, audio: 250_000 },
  '1080p': { silent: 100_000, audio: 250_000 },
  '4k': { silent: 300_000, audio: 350_000 },
}

/** Stands for the prompt and the source clip: no price depends on them, and what is not ordered stays here. */
const placeholder = { prompt: 'A price is asked for', source: 'https://example.com/clip.mp4' }

/**
 * Quotes from the platform's estimate, which needs a key and the app's id (§5.7). Where it does not know, the page's
 * table counts. `origin` is asked at each use.
 */
export function createInferenceshPrices(origin: () => string, now: () => number): RemoteProvider['quote'] {
  const apps = createPriceMemory<string>(now)
  const estimates = createPriceMemory<Quote>(now)
  return async (recipe, send, maxAgeMs) => {
    const at = origin()
    const { resolution, audio, source, durationS } = recipe
    const decisive = [at, resolution, audio, source ? 'extension' : durationS].join(' ')
    const listed = listedPrice(recipe)
    try {
      const question = async () => {
        const app = await apps(at, () => askApp(send))
        return app === null ? null : askEstimate(app, recipe, send)
      }
      const estimate = await estimates(decisive, question, maxAgeMs)
      return estimate ?? listed
    } catch (error) {
      if (listed.amount === null) throw error
      return listed
    }
  }
}

/** Microcents as dollars; null for what is no amount. */
export function microcents(value: unknown): Money | null {
  if (typeof value !== 'number' || amountOf(value / microcentsPerUsd) === null) return null
  return { unit: 'usd', micros: Math.round(value / (microcentsPerUsd / 1e6)) }
}

/** By the page's table; what an extension costs it does not say. */
function listedPrice({ resolution, audio, source, durationS }: Recipe): Quote {
  if (source) return { certainty: 'unknown', amount: null }
  const rate = perSecond[resolution][audio ? 'audio' : 'silent']
  return { certainty: 'listed', amount: { unit: 'usd', micros: rate * durationS } }
}

async function askApp(send: Send): Promise<string | null> {
  const answer = unwrapped(await send({ method: 'GET', path: `/apps/${inferenceshApp}` }))
  return isGood(answer) ? idOf(fieldsOf(parseJson(answer.text))['id']) : null
}

async function askEstimate(app: string, recipe: Recipe, send: Send): Promise<Quote | null> {
  const { prompt, source } = placeholder
  const input = inferenceshInput({ ...recipe, prompt, slots: {} }, { source })
  const path = `/store/apps/${encodeURIComponent(app)}/estimate`
  const answer = unwrapped(await send({ method: 'POST', path, json: JSON.stringify({ input }) }))
  return isGood(answer) ? readEstimate(parseJson(answer.text)) : null
}

/** Null where it does not know. Of a range the upper end counts, for the caps; nothing costs nothing. */
function readEstimate(estimate: unknown): Quote | null {
  const { confidence, microcents: exact, max } = fieldsOf(estimate)
  const amount = microcents(confidence === 'exact' ? exact : confidence === 'range' ? max : null)
  if (amount === null || amount.micros === 0) return null
  return { certainty: confidence === 'exact' ? 'listed' : 'approximate', amount }
}
