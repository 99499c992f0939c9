import { useEffect } from 'react'
import { focusSearch } from '../gallery/SearchField'
import { hasOpenPanel } from '../ui/open-panel'
import { isTextField } from '../ui/text-field'
import type { AppWindow } from './create-window'
import { windowAction, type WindowAction } from './shortcuts'

/** Listens to the keys that work wherever the focus is. */
export function useShortcuts(app: AppWindow): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // It has the keys to itself, wherever the focus is: a lost focus must not send a paid job from under a question.
      if (hasOpenPanel(document)) return
      const platform = app.info.getState().info?.platform
      const action = windowAction(
        {
          key: event.key,
          shiftKey: event.shiftKey,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          repeat: event.repeat,
          altGraph: event.getModifierState('AltGraph'),
        },
        {
          isTyping: isTextField(event.target instanceof Element ? event.target : null),
          isMac: platform === 'darwin',
        },
      )
      if (!action) return
      event.preventDefault()
      act(app, action)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [app])
}

function act(app: AppWindow, action: WindowAction): void {
  const panels = app.panels.getState()
  const stage = app.stage.getState()
  const { cursor, pickAt } = app.gallery.getState()
  switch (action) {
    case 'generate':
      return void app.composer.getState().generate()
    case 'search':
      return focusSearch()
    case 'settings':
      return app.providers.getState().show('list')
    case 'toggle-composer':
      return panels.toggle('composer')
    case 'toggle-inspector':
      return panels.toggle('inspector')
    case 'toggle-queue':
      return panels.toggle('queue')
    case 'toggle-gallery':
      return panels.setGalleryFull(!panels.galleryFull)
    case 'full-screen':
      return stage.clip ? stage.setFull(!stage.full) : undefined
    case 'grab':
      return void stage.grab()
    case 'grab-first':
      return void stage.grab('first')
    case 'grab-last':
      return void stage.grab('last')
    case 'previous-clip':
      return pickNeighbour(app, (cursor ?? 0) - 1, pickAt)
    case 'next-clip':
      return pickNeighbour(app, cursor === null ? 0 : cursor + 1, pickAt)
  }
}

function pickNeighbour(app: AppWindow, index: number, pickAt: (index: number) => void): void {
  const { total } = app.gallery.getState().list
  if (index >= 0 && total !== null && index < total) pickAt(index)
}
