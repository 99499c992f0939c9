import type { Doubt, Provider } from '../provider'
import { recipeMode, referenceSlots, slotNames, type Mode, type SlotName } from '../recipe'
import type { Recipe } from '../recipe-schema'
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
  if (recipe.source) return source(recipe, provider)
  const doubt = capabilities.doubts.modes?.[mode]
  const isPossible = capabilities.modes.includes(mode)
  if (mode === 'last-only' && (!isPossible || doubt?.asks)) {
    const { last } = recipe.slots
    const moved = last ? withPicture(without(recipe, ['last']), 'first', last) : recipe
    return [
      {
        field: 'slots',
        reason: doubt?.note ?? 'A last frame needs a first frame.',
        weight: isPossible ? 'asks' : 'blocks',
        fix: { label: 'Use it as first frame', recipe: moved },
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
        : { label: 'Remove the clip', recipe: withoutSource(recipe) }
    return [{ field: 'source', reason: `${name} cannot ${modeNames[from.use]}.`, weight: 'blocks', fix }]
  }
  const doubt = capabilities.doubts.modes?.[from.use]
  const filled = slotNames.filter((slot) => recipe.slots[slot])
  return [
    ...(doubt?.asks ? [asks('source', doubt)] : []),
    ...(filled.length === 0
      ? []
      : [
          {
            field: 'slots',
            reason: 'A source clip goes without pictures.',
            weight: 'blocks',
            fix: { label: 'Remove the pictures', recipe: without(recipe, filled) },
          } as const,
        ]),
  ]
}

function asks(field: Objection['field'], { note }: Doubt): Objection {
  return { field, reason: note, weight: 'asks' }
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
