import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { monitorForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/monitor-for-external'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { containsFiles } from '@atlaskit/pragmatic-drag-and-drop/utils/contains-files'
import { containsURLs } from '@atlaskit/pragmatic-drag-and-drop/utils/contains-ur-ls'
import { getFiles } from '@atlaskit/pragmatic-drag-and-drop/utils/get-files'
import { preventUnhandled } from '@atlaskit/pragmatic-drag-and-drop/utils/prevent-unhandled'
import { some } from '@atlaskit/pragmatic-drag-and-drop/utils/some'
import type { StoreApi } from 'zustand'
import { slotOfTarget } from '../composer/drag-data'
import { strings } from '../strings'
import { isTextField } from '../ui/text-field'
import type { IntakeState } from './intake-store'

/** Takes files dropped anywhere on the window or pasted into it, until the returned function is called. */
export function watchFiles(intake: StoreApi<IntakeState>, warn: (message: string) => void): () => void {
  const { take, setDragging } = intake.getState()
  const takesDrop = some(containsFiles, containsURLs)

  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    // Text processors add a picture of the text they copy: in a text field the text is meant.
    const isText = event.clipboardData?.types.includes('text/plain') ?? false
    if (isText && event.target instanceof Element && isTextField(event.target)) return
    event.preventDefault()
    void take(files)
  }
  window.addEventListener('paste', onPaste)

  const stopDrops = combine(
    dropTargetForExternal({ element: document.documentElement, canDrop: takesDrop }),
    monitorForExternal({
      canMonitor: takesDrop,
      onDragStart: ({ source }) => {
        preventUnhandled.start()
        setDragging(containsFiles({ source }))
      },
      onDrop: ({ source, location }) => {
        preventUnhandled.stop()
        setDragging(false)
        const [innermost] = location.current.dropTargets
        if (!innermost) return
        const files = getFiles({ source })
        if (files.length > 0) void take(files, slotOfTarget(innermost.data))
        else warn(strings.intake.linkOnly)
      },
    }),
  )
  return () => {
    window.removeEventListener('paste', onPaste)
    stopDrops()
  }
}
