import type { Provider } from '../provider'
import { recipeMode } from '../recipe'
import type { Recipe } from '../recipe-schema'
import type { Objection } from './objection'

/** What is wrong with the prompts. */
export function texts(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { maxPrompt, needsPrompt, negativePrompt, maxNegativePrompt } = capabilities
  const objections: Objection[] = []
  if (recipe.prompt.trim() === '') {
    if (recipeMode(recipe) === 'text') {
      objections.push({ weight: 'blocks', field: 'prompt', reason: 'Add a picture or write a prompt.' })
    } else if (needsPrompt) {
      objections.push({
        weight: 'blocks',
        field: 'prompt',
        reason: `${name} needs a prompt, also with pictures.`,
      })
    }
  }
  if (recipe.prompt.length > maxPrompt) {
    const over = recipe.prompt.length - maxPrompt
    objections.push({
      weight: 'blocks',
      field: 'prompt',
      reason: `${name} takes ${maxPrompt} characters; the prompt is ${over} too long.`,
      fix: { label: `Cut it to ${maxPrompt}`, recipe: { ...recipe, prompt: cut(recipe.prompt, maxPrompt) } },
    })
  }
  if (recipe.negativePrompt !== '' && negativePrompt === 'no') {
    objections.push({
      weight: 'blocks',
      field: 'negativePrompt',
      reason: `${name} has no negative prompt.`,
      fix: { label: 'Remove it', recipe: { ...recipe, negativePrompt: '' } },
    })
  } else if (negativePrompt === 'yes' && recipe.negativePrompt.length > maxNegativePrompt) {
    const over = recipe.negativePrompt.length - maxNegativePrompt
    objections.push({
      weight: 'blocks',
      field: 'negativePrompt',
      reason: `${name} takes ${maxNegativePrompt} characters in the negative prompt; it is ${over} too long.`,
      fix: {
        label: `Cut it to ${maxNegativePrompt}`,
        recipe: { ...recipe, negativePrompt: cut(recipe.negativePrompt, maxNegativePrompt) },
      },
    })
  }
  return objections
}

/** The beginning of a text, whole characters only: half of an emoji is none. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}
