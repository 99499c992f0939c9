import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { useEffect, useState, type RefObject } from 'react'
import { takesOnPlace } from '../intake/watch-files'
import { useAppWindow } from '../window/app-window-context'
import { readDragData } from './drag-data'

/** Makes the place of the source clip take clips of this window, and say that it would take files and links. */
export function useSourceDrop(ref: RefObject<HTMLElement | null>): { readonly isOver: boolean } {
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
      dropTargetForElements({
        element,
        canDrop: ({ source }) => readDragData(source.data)?.kind === 'clip',
        ...feedback,
        onDrop: ({ source }) => {
          setOver(false)
          const dragged = readDragData(source.data)
          if (dragged?.kind === 'clip') void composer.getState().placeSource(dragged.clip)
        },
      }),
      dropTargetForExternal({
        element,
        getData: () => ({ slot: 'source' }),
        canDrop: takesOnPlace,
        ...feedback,
        onDrop: () => setOver(false),
      }),
    )
  }, [composer, ref])
  return { isOver }
}
