import { toErrorShape } from '../../shared/error'
import type { Clip } from '../../shared/clip-schema'
import { slotNames } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Still } from '../../shared/still-schema'
import { without, withoutSource } from '../../shared/validate/slots'
import type { Calls } from '../connect'

/** A recipe as far as the library still has what is in it. */
export interface CheckedRecipe {
  readonly recipe: Recipe
  readonly stills: readonly Still[]
  readonly clips: readonly Clip[]
  /** How many slots were emptied, and whether the source clip was. */
  readonly lostPictures: number
  readonly lostClip: boolean
}

type Client = Calls<'stills.get' | 'clips.get'>

/** Fetches what is known of a recipe's pictures and source clip, and takes out what is gone from the library. */
export async function checkRecipe(recipe: Recipe, client: Client): Promise<CheckedRecipe> {
  const ids = [...new Set(Object.values(recipe.slots))]
  const stills = ids.length === 0 ? [] : await client['stills.get']({ ids })
  const there = new Set(stills.map(({ id }) => id))
  const gone = slotNames.filter((slot) => {
    const id = recipe.slots[slot]
    return id !== undefined && !there.has(id)
  })
  const clip = recipe.source ? await clipOf(recipe.source.clip, client) : null
  const lostClip = recipe.source !== null && clip === null
  const withPictures = gone.length === 0 ? recipe : without(recipe, gone)
  return {
    recipe: lostClip ? withoutSource(withPictures) : withPictures,
    stills,
    clips: clip ? [clip] : [],
    lostPictures: gone.length,
    lostClip,
  }
}

async function clipOf(id: string, client: Client): Promise<Clip | null> {
  try {
    return await client['clips.get']({ id })
  } catch (thrown) {
    if (toErrorShape(thrown).code === 'not-found') return null
    throw thrown
  }
}
