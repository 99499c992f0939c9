import { useEffect, useState } from 'react'
import { panelRoles } from './open-panel'

/** What had the focus before a panel was opened. */
export interface FocusTrail {
  /** Gives the focus back: to the element, or where that is gone to what it lay in. */
  readonly restore: () => void
}

/** Remembers what has the focus in the window itself, for a panel that has no one place from which it is opened. */
export function useFocusTrail(): FocusTrail {
  const [trail] = useState(createTrail)
  useEffect(() => {
    document.addEventListener('focusin', trail.onFocusIn)
    document.addEventListener('focusout', trail.onFocusOut)
    return () => {
      document.removeEventListener('focusin', trail.onFocusIn)
      document.removeEventListener('focusout', trail.onFocusOut)
    }
  }, [trail])
  return trail
}

function createTrail() {
  let path = pathOf(document.activeElement)
  return {
    onFocusIn: ({ target }: FocusEvent) => {
      if (target instanceof Element && !target.closest(panelRoles)) path = pathOf(target)
    },
    onFocusOut: ({ target, relatedTarget }: FocusEvent) => {
      const isInPanel = target instanceof Element && target.closest(panelRoles) !== null
      // A window that is left behind another one keeps its place.
      if (relatedTarget === null && !isInPanel && document.hasFocus()) path = []
    },
    restore: () => {
      for (const element of path) {
        element.focus()
        // One that is gone, or out of use, does not take it.
        if (document.activeElement !== document.body) return
      }
    },
  }
}

/** An element and all that it lies in, from the inside out. */
function pathOf(element: Element | null): readonly HTMLElement[] {
  const path: HTMLElement[] = []
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (at instanceof HTMLElement) path.push(at)
  }
  return path
}
