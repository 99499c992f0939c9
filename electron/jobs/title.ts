import type { Recipe } from '../../shared/recipe-schema'

/** Longest title, characters: one line of a card. */
const maxTitle = 80

/** One line for cards: the prompt's beginning. */
export function titleOf({ prompt }: Pick<Recipe, 'prompt'>): string {
  const line = prompt.replace(/\s+/g, ' ').trim()
  if (line === '') return 'Untitled'
  // By code points: half of an emoji is no character.
  const characters = Array.from(line)
  return characters.length > maxTitle ? `${characters.slice(0, maxTitle).join('').trimEnd()}…` : line
}
