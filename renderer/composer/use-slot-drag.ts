import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { useEffect, useState, type RefObject } from 'react'
import type { SlotName } from '../../shared/recipe'
import { useAppWindow } from '../window/app-window-context'
import { readDragData } from './drag-data'
import { takesOnPlace } from '../intake/watch-files'
import { swapSlots } from './placement'

/** Makes a slot take slots and clips of this window, and say that it would take files and links: they land in `intake/`. */
export function useSlotDrag(
  slot: SlotName,
  ref: RefObject<HTMLElement | null>,
): { readonly isOver: boolean } {
  const { composer } = useAppWindow()
  const [isOver, setOver] = useState(false)

  useEffect(() => {
    const element = ref.current
    if (!element) return
    const feedback = {
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
    }
    return combine(
      draggable({
        element,
        canDrag: () => composer.getState().recipe.slots[slot] !== undefined,
        getInitialData: () => ({ kind: 'slot', slot }),
      }),
      dropTargetForElements({
        element,
        getData: () => ({ slot }),
        canDrop: ({ source }) => {
          const dragged = readDragData(source.data)
          return dragged !== null && !(dragged.kind === 'slot' && dragged.slot === slot)
        },
        ...feedback,
        onDrop: ({ source }) => {
          setOver(false)
          const dragged = readDragData(source.data)
          if (!dragged) return
          const { edit, placeFrame } = composer.getState()
          if (dragged.kind === 'slot') edit((recipe) => swapSlots(recipe, dragged.slot, slot))
          else void placeFrame(dragged.clip, 0, slot)
        },
      }),
      dropTargetForExternal({
        element,
        getData: () => ({ slot }),
        canDrop: takesOnPlace,
        ...feedback,
        onDrop: () => setOver(false),
      }),
    )
  }, [composer, ref, slot])

  return { isOver }
}
