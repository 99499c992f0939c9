import type { Capabilities, Provider } from '../provider'
import { recipeMode, referenceSlots, slotNames, type Mode, type SlotName } from '../recipe'
import type { Recipe } from '../recipe-schema'
import { nearestOf } from './nearest'
import type { Objection } from './objection'

const modeNames: Readonly<Record<Mode, string>> = {
  text: 'make a clip from a prompt alone',
  first: 'take a first frame',
  'first-last': 'take a last frame',
  'last-only': 'take a last frame alone',
  references: 'take references',
  sequence: 'take references together with frames',
  extend: 'extend a clip',
  edit: 'edit a clip',
}

/** What is wrong with what the slots make of the recipe. */
export function slots(recipe: Recipe, provider: Provider): readonly Objection[] {
  const { name, capabilities } = provider
  const mode = recipeMode(recipe)
  if (recipe.source) return [...source(recipe, provider), ...besideSource(recipe)]
  const doubt = capabilities.doubts.modes?.[mode]
  const isPossible = capabilities.modes.includes(mode)
  if (mode === 'last-only' && (!isPossible || doubt?.asks)) {
    return [
      {
        field: 'slots',
        reason: doubt?.note ?? 'A last frame needs a first frame.',
        weight: isPossible ? 'asks' : 'blocks',
        fix: { label: 'Use it as first frame', recipe: lastAsFirst(recipe) },
      },
    ]
  }
  if (!isPossible || doubt?.asks) {
    const fix = simpler(recipe, mode)
    return [
      {
        field: 'slots',
        reason: doubt?.note ?? `${name} cannot ${modeNames[mode]}.`,
        weight: isPossible ? 'asks' : 'blocks',
        ...(fix ? { fix } : {}),
      },
      ...tooMany(recipe, provider),
    ]
  }
  return tooMany(recipe, provider)
}

function source(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { source: from } = recipe
  if (!from) return []
  if (!capabilities.modes.includes(from.use)) {
    const fix =
      from.use === 'edit' && capabilities.modes.includes('extend')
        ? { label: 'Extend it', recipe: { ...recipe, source: { ...from, use: 'extend' as const } } }
        : removingClip(recipe, capabilities)
    return [{ field: 'source', reason: `${name} cannot ${modeNames[from.use]}.`, weight: 'blocks', fix }]
  }
  const doubt = capabilities.doubts.modes?.[from.use]
  return doubt?.asks ? [{ field: 'source', reason: doubt.note, weight: 'asks' }] : []
}

function besideSource(recipe: Recipe): readonly Objection[] {
  const filled = slotNames.filter((slot) => recipe.slots[slot])
  if (filled.length === 0) return []
  return [
    {
      field: 'slots',
      reason: 'A source clip goes without pictures.',
      weight: 'blocks',
      fix: { label: 'Remove the pictures', recipe: without(recipe, filled) },
    },
  ]
}

/** The recipe with its last frame, and the address of that, as the first. */
function lastAsFirst(recipe: Recipe): Recipe {
  const { last } = recipe.slots
  if (last === undefined) return recipe
  const moved = withPicture(without(recipe, ['last']), 'first', last)
  const link = recipe.links.last
  return link === undefined ? moved : { ...moved, links: { ...moved.links, first: link } }
}

function tooMany(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const filled = referenceSlots.filter((slot) => recipe.slots[slot])
  const { maxReferences, modes } = capabilities
  if (filled.length <= maxReferences || !modes.includes('references')) return []
  return [
    {
      field: 'slots',
      reason: `${name} takes ${maxReferences} reference${maxReferences === 1 ? '' : 's'}; there are ${filled.length}.`,
      weight: 'blocks',
      fix: {
        label: maxReferences === 1 ? 'Keep the first' : `Keep the first ${maxReferences}`,
        recipe: without(recipe, filled.slice(maxReferences)),
      },
    },
  ]
}

/** The recipe without what the provider cannot take. */
function simpler(recipe: Recipe, mode: Mode): Objection['fix'] {
  if (mode === 'references' || mode === 'sequence') {
    return { label: 'Remove references', recipe: without(recipe, referenceSlots) }
  }
  if (mode === 'first-last') return { label: 'Remove last frame', recipe: without(recipe, ['last']) }
  return mode === 'first' ? { label: 'Remove first frame', recipe: without(recipe, ['first']) } : undefined
}

/** The recipe with these slots empty, their addresses forgotten with them. */
export function without(recipe: Recipe, gone: readonly SlotName[]): Recipe {
  const kept = <T>(of: Readonly<Partial<Record<string, T>>>) =>
    Object.fromEntries(Object.entries(of).filter(([slot]) => !gone.some((name) => name === slot)))
  return { ...recipe, slots: kept(recipe.slots), links: kept(recipe.links) }
}

/** The recipe with another picture in a slot; the address of the one before is forgotten. */
export function withPicture(recipe: Recipe, slot: SlotName, still: string): Recipe {
  const emptied = without(recipe, [slot])
  return { ...emptied, slots: { ...emptied.slots, [slot]: still } }
}

/** The recipe without its source clip. */
export function withoutSource(recipe: Recipe): Recipe {
  const { source: _, ...links } = recipe.links
  return { ...recipe, source: null, links }
}

/** The one click that takes the clip away; in a length that the provider has, as an extension has none of its own. */
export function removingClip(
  recipe: Recipe,
  { durationsS }: Pick<Capabilities, 'durationsS'>,
): NonNullable<Objection['fix']> {
  const durationS = nearestOf(durationsS, recipe.durationS) ?? recipe.durationS
  return { label: 'Remove the clip', recipe: { ...withoutSource(recipe), durationS } }
}
