import { AppError } from '../../shared/error'
import { referenceSlots, type SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { MediaUrls } from './provider'

/** The pictures of a submit as platforms want them; undefined and empty where the recipe has none. */
export interface PictureUrls {
  readonly first: string | undefined
  readonly last: string | undefined
  readonly references: readonly string[]
}

/** @throws Error when a filled slot was not handed over: the job would be paid without its picture. */
export function pictureUrls({ slots }: Recipe, urls: MediaUrls): PictureUrls {
  const urlOf = (slot: SlotName): string | undefined => {
    if (slots[slot] === undefined) return undefined
    const url = urls[slot]
    if (url === undefined) throw new Error(`the picture in ${slot} was not handed over`)
    return url
  }
  return {
    first: urlOf('first'),
    last: urlOf('last'),
    references: referenceSlots.flatMap((slot) => urlOf(slot) ?? []),
  }
}

/** @throws AppError `invalid-recipe` for a recipe with a source clip: the job would be paid without it. */
export function refuseSource({ source }: Recipe, name: string): void {
  if (!source) return
  throw new AppError('invalid-recipe', `${name} takes no clip to go on from. Nothing was sent; remove it.`)
}
