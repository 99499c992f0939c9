import { AppError } from '../../../shared/error'
import { credits, type Quote } from '../../../shared/money'
import type { Recipe } from '../../../shared/recipe-schema'
import { amountOf, fieldsOf, isFields, parseJson, type Fields } from '../json'
import { createPriceMemory } from '../price-memory'
import type { ApiAnswer, RemoteProvider } from '../provider'

export const apiframeModel = 'veo-3.1-fast'

const unknown: Quote = { certainty: 'unknown', amount: null }

/**
 * Quotes from the live list `GET /v2/models`, which needs no key (reference/providers.md §2.6). They throw AppError
 * when the answer is no list, and what `send` throws. `origin` is asked at each use.
 */
export function createApiframePrices(origin: () => string, now: () => number): RemoteProvider['quote'] {
  const listing = createPriceMemory<Fields>(now)
  return async (recipe, send, maxAgeMs) => {
    const ask = async () => readModel(await send({ method: 'GET', path: '/v2/models?modality=video' }))
    const model = await listing(origin(), ask, maxAgeMs)
    return model === null ? unknown : quoteOf(model, recipe)
  }
}

/** The list of models in an answer. Its own shape is undocumented (§2.6): bare or in an object. */
export function modelsOf(text: string): readonly Fields[] | undefined {
  const json = parseJson(text)
  const { models, data } = fieldsOf(json)
  return [json, models, data].find((list) => Array.isArray(list))?.filter(isFields)
}

/** The entry of our model; null when it is not there. */
function readModel({ status, text }: ApiAnswer): Fields | null {
  if (status !== 200) throw unreadable(`answer ${status}`)
  const models = modelsOf(text)
  if (!models) throw unreadable('no list of models in the answer')
  return models.find(isOurs) ?? null
}

function unreadable(details: string): AppError {
  return new AppError('unknown-answer', 'Apiframe did not answer with its price list.', details)
}

function isOurs(model: Fields): boolean {
  return ['id', 'slug', 'model', 'name'].some((name) => model[name] === apiframeModel)
}

/** The modes' names are documented, what they mean is [ASSUMED]. Of a range the upper end counts, for the caps. */
function quoteOf({ pricingMode, costMin, costMax }: Fields, { durationS }: Recipe): Quote {
  const highest = amountOf(costMax)
  if (highest === null || highest === 0) return unknown
  const certainty = amountOf(costMin) === highest ? 'listed' : 'approximate'
  switch (pricingMode) {
    case 'flat':
    case 'per-output':
      return { certainty, amount: credits(highest) }
    case 'per-second':
      // `creditCost` is an integer (§2.3).
      return { certainty, amount: credits(Math.ceil(highest * durationS)) }
    default:
      return unknown
  }
}
