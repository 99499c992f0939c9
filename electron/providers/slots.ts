import { referenceSlots, type SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { SlotUrls } from './provider'

/** The pictures of a submit as platforms want them; undefined and empty where the recipe has none. */
export interface PictureUrls {
  readonly first: string | undefined
  readonly last: string | undefined
  readonly references: readonly string[]
}

/** @throws Error when a filled slot was not handed over: the job would be paid without its picture. */
export function pictureUrls({ slots }: Recipe, urls: SlotUrls): PictureUrls {
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
