import type { ClipId } from '../../shared/clip-id-schema'
import { linkNames, slotNames, type LinkName, type SlotName } from '../../shared/recipe'

/** What can be dragged inside the window. */
export type DragData =
  | { readonly kind: 'slot'; readonly slot: SlotName }
  | { readonly kind: 'clip'; readonly clip: ClipId }

/** Reads what a drag carries; null for drags that are none of ours. */
export function readDragData(data: Readonly<Record<string, unknown>>): DragData | null {
  const { kind, slot, clip } = data
  if (kind === 'clip' && typeof clip === 'string') return { kind, clip }
  if (kind !== 'slot') return null
  const name = slotNames.find((known) => known === slot)
  return name ? { kind, slot: name } : null
}

/** Whether a place takes what is dragged inside the window: a slot clips and other slots, the source clips alone. */
export function canDropOn(place: LinkName, dragged: DragData | null): boolean {
  if (!dragged) return false
  return dragged.kind === 'clip' || (place !== 'source' && dragged.slot !== place)
}

/** The place a drop target stands for: a slot or the source clip; undefined for every other target. */
export function placeOfTarget(
  data: Readonly<Record<string | symbol, unknown>> | undefined,
): LinkName | undefined {
  return linkNames.find((name) => name === data?.['slot'])
}
