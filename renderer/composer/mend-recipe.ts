import type { StoreApi } from 'zustand'
import { linkNames, slotNames } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { NoticesState } from '../notices/notices-store'
import { strings } from '../strings'
import type { ComposerState } from './composer-store'

const words = strings.composer.lost

/** Makes the one-click change of an objection; where it throws something away, that can be put back. */
export function mendRecipe(
  composer: StoreApi<ComposerState>,
  tell: NoticesState['tell'],
  mended: Recipe,
): void {
  const { recipe: before, edit } = composer.getState()
  edit(() => mended)
  const message = lostInWords(before, mended)
  if (message === null) return
  // What was changed since in other fields stays.
  const after = new Map<string, unknown>(Object.entries(mended))
  const changed = Object.fromEntries(
    Object.entries(before).filter(([field, value]) => after.get(field) !== value),
  )
  tell({
    tone: 'info',
    message,
    action: { label: strings.common.undo, run: () => edit((recipe) => ({ ...recipe, ...changed })) },
  })
}

/** What a change of the recipe threw away of what someone wrote or chose; null for nothing of that. */
export function lostInWords(before: Recipe, after: Recipe): string | null {
  const kept: ReadonlySet<string> = new Set(Object.values(after.slots))
  const pictures = slotNames.filter((slot) => {
    const picture = before.slots[slot]
    return picture !== undefined && !kept.has(picture)
  })
  const addresses: ReadonlySet<string> = new Set(Object.values(after.links))
  const lost = [
    lostText(before.prompt, after.prompt, words.prompt),
    lostText(before.negativePrompt, after.negativePrompt, words.negativePrompt),
    pictures.length === 0 ? null : words.pictures(pictures.map((slot) => strings.slots.title[slot])),
    before.source && !after.source ? words.clip : null,
    linkNames.some((place) => {
      const isThere = place === 'source' ? after.source !== null : after.slots[place] !== undefined
      const address = before.links[place]
      return isThere && address !== undefined && !addresses.has(address)
    })
      ? words.address
      : null,
  ].filter((part) => part !== null)
  return lost.length === 0 ? null : lost.join(' ')
}

function lostText(before: string, after: string, name: string): string | null {
  if (after.length >= before.length) return null
  return after === '' ? words.removed(name) : words.cut(name, after.length)
}
