import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { useEffect, useState, type RefObject } from 'react'
import { takesOnPlace } from '../intake/watch-files'
import type { LinkName } from '../../shared/recipe'
import { useAppWindow } from '../window/app-window-context'
import type { ComposerState } from './composer-store'
import { canDropOn, readDragData, type DragData } from './drag-data'
import { swapSlots } from './placement'

/**
 * Makes a place of the composer take what is dragged in this window, and say that it would take files and links: they
 * land in `intake/`. The picture of a slot can be dragged away.
 */
export function usePlaceDrag(
  place: LinkName,
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
    const stop = combine(
      dropTargetForElements({
        element,
        getData: () => ({ slot: place }),
        canDrop: ({ source }) => canDropOn(place, readDragData(source.data)),
        ...feedback,
        onDrop: ({ source }) => {
          setOver(false)
          const dragged = readDragData(source.data)
          if (dragged) put(composer.getState(), place, dragged)
        },
      }),
      dropTargetForExternal({
        element,
        getData: () => ({ slot: place }),
        canDrop: takesOnPlace,
        ...feedback,
        onDrop: () => setOver(false),
      }),
    )
    if (place === 'source') return stop
    const canDrag = () => composer.getState().recipe.slots[place] !== undefined
    return combine(
      stop,
      draggable({ element, canDrag, getInitialData: () => ({ kind: 'slot', slot: place }) }),
    )
  }, [composer, place, ref])

  return { isOver }
}

function put({ edit, placeFrame, placeSource }: ComposerState, place: LinkName, dragged: DragData): void {
  if (place === 'source') {
    if (dragged.kind === 'clip') void placeSource(dragged.clip)
  } else if (dragged.kind === 'clip') void placeFrame(dragged.clip, 0, place)
  else edit((recipe) => swapSlots(recipe, dragged.slot, place))
}
