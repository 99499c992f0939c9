import { outputSize, picturesInOrder, recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { strings } from '../strings'

/** The mode a recipe is in, in words. */
export function modeInWords(recipe: Pick<Recipe, 'slots' | 'source'>): string {
  const mode = recipeMode(recipe)
  const words = strings.mode[mode]
  return typeof words === 'string' ? words : words(picturesInOrder(recipe).length)
}

/** What the clip will measure, as the composer shows it. */
export function sizeInWords(recipe: Pick<Recipe, 'resolution' | 'aspectRatio'>): string {
  const { width, height } = outputSize(recipe)
  return strings.composer.size(recipe.aspectRatio, width, height)
}

/** The clip's shape as CSS takes it: `16 / 9`. */
export function cssRatio({ aspectRatio }: Pick<Recipe, 'aspectRatio'>): string {
  return aspectRatio.replace(':', ' / ')
}

/** One line that names a recipe on a card: its prompt, else its mode. */
export function recipeTitle(recipe: Recipe): string {
  const line = recipe.prompt.trim().replaceAll(/\s+/g, ' ')
  return line === '' ? modeInWords(recipe) : line
}

/** How many characters before the limit the counter turns to what is left. */
const counterFrom = 400

/** What the counter of a text says: its length while the limit is far, nothing while it is empty. */
export function promptCounter(
  length: number,
  limit: number,
): { readonly text: string; readonly near: boolean; readonly over: boolean } | null {
  if (length === 0) return null
  const left = limit - length
  if (left > counterFrom) return { text: strings.composer.characters(length), near: false, over: false }
  const over = left < 0
  return { text: over ? strings.composer.tooLong(-left) : strings.composer.left(left), near: true, over }
}

/** Whether a picture of this size loses more than a sliver when it is cut to the clip's shape. */
export function isCropped(
  picture: { readonly width: number; readonly height: number },
  recipe: Pick<Recipe, 'resolution' | 'aspectRatio'>,
): boolean {
  const target = outputSize(recipe)
  const shape = (picture.width / picture.height) * (target.height / target.width)
  // One part in a hundred is what rounding to even pixels already takes.
  return Math.max(shape, 1 / shape) > 1.01
}
