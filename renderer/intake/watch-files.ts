import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { monitorForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/monitor-for-external'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { containsFiles } from '@atlaskit/pragmatic-drag-and-drop/utils/contains-files'
import { containsText } from '@atlaskit/pragmatic-drag-and-drop/utils/contains-text'
import { containsURLs } from '@atlaskit/pragmatic-drag-and-drop/utils/contains-ur-ls'
import { getFiles } from '@atlaskit/pragmatic-drag-and-drop/utils/get-files'
import { getText } from '@atlaskit/pragmatic-drag-and-drop/utils/get-text'
import { getURLs } from '@atlaskit/pragmatic-drag-and-drop/utils/get-ur-ls'
import { preventUnhandled } from '@atlaskit/pragmatic-drag-and-drop/utils/prevent-unhandled'
import { some } from '@atlaskit/pragmatic-drag-and-drop/utils/some'
import type { StoreApi } from 'zustand'
import { placeOfTarget } from '../composer/drag-data'
import type { LinkName } from '../../shared/recipe'
import { strings } from '../strings'
import { hasOpenPanel } from '../ui/open-panel'
import { isTextField } from '../ui/text-field'
import type { IntakeState } from './intake-store'
import { readLink } from './link-text'

const takesAnywhere = some(containsFiles, containsURLs)

/** What a place of the composer takes from outside: an address may come as text. */
export const takesOnPlace = some(containsFiles, containsURLs, containsText)

/** Takes files and links dropped on the window or pasted into it, until the returned function is called. */
export function watchFiles(intake: StoreApi<IntakeState>, warn: (message: string) => void): () => void {
  const { take, takeLink, setDragging } = intake.getState()

  const takeText = (text: string, target: LinkName | undefined): boolean => {
    const link = readLink(text)
    if (link.kind === 'link') void takeLink(link.address, target)
    if (link.kind === 'other') warn(strings.link.notHttps)
    if (link.kind === 'no-scheme') warn(strings.link.noScheme)
    if (link.kind === 'signed-in') warn(strings.link.signedIn)
    return link.kind !== 'none'
  }
  const onPaste = (event: ClipboardEvent) => {
    const { target, clipboardData } = event
    const on = target instanceof Element ? target : null
    const files = [...(clipboardData?.files ?? [])]
    const isText = clipboardData?.types.includes('text/plain') ?? false
    // Text processors add a picture of the text they copy: in a text field the text is meant.
    if (isText && isTextField(on)) return
    const place = placeOfTarget({ slot: on?.closest('[data-place]')?.getAttribute('data-place') })
    if (files.length > 0) void take(files, place)
    else if (hasOpenPanel(document)) return
    else if (!takeText(clipboardData?.getData('text/plain') ?? '', place)) {
      if (place !== undefined) warn(strings.intake.noPicture)
      return
    }
    event.preventDefault()
  }
  window.addEventListener('paste', onPaste)

  const stopDrops = combine(
    dropTargetForExternal({ element: document.documentElement, canDrop: takesAnywhere }),
    monitorForExternal({
      canMonitor: takesOnPlace,
      onDragStart: ({ source }) => {
        // Plain text may still be dropped into a text field.
        if (takesAnywhere({ source })) preventUnhandled.start()
        setDragging(containsFiles({ source }))
      },
      onDrop: ({ source, location }) => {
        // It prevents the drop at hand, which for plain text may be one into a text field.
        if (takesAnywhere({ source })) preventUnhandled.stop()
        setDragging(false)
        const [innermost] = location.current.dropTargets
        if (!innermost) return
        const place = placeOfTarget(innermost.data)
        const files = getFiles({ source })
        const [url] = getURLs({ source })
        if (files.length > 0) void take(files, place)
        else if (!takeText(url ?? getText({ source }) ?? '', place)) warn(strings.intake.linkOnly)
      },
    }),
  )
  return () => {
    window.removeEventListener('paste', onPaste)
    stopDrops()
  }
}
