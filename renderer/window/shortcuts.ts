import type { KeyPress } from '../stage/stage-keys'

/** What a key does wherever the focus is. */
export type WindowAction =
  | 'generate'
  | 'search'
  | 'settings'
  | 'toggle-composer'
  | 'toggle-inspector'
  | 'toggle-queue'
  | 'toggle-gallery'
  | 'full-screen'
  | 'grab'
  | 'grab-first'
  | 'grab-last'
  | 'previous-clip'
  | 'next-clip'

// Maps, not objects: a key's name is looked up, and objects also answer to `constructor`.
const plain: ReadonlyMap<string, WindowAction> = new Map([
  ['[', 'toggle-composer'],
  [']', 'toggle-inspector'],
  ['q', 'toggle-queue'],
  ['g', 'toggle-gallery'],
  ['f', 'full-screen'],
  [',', 'previous-clip'],
  ['.', 'next-clip'],
])

const shifted: ReadonlyMap<string, WindowAction> = new Map([
  ['s', 'grab'],
  ['f', 'grab-first'],
  ['l', 'grab-last'],
])

/** The action of a key press; `isTyping` keeps letters with the text, `isMac` chooses ⌘ or Ctrl. */
export function windowAction(
  press: KeyPress & { readonly repeat: boolean; readonly altGraph: boolean },
  where: { readonly isTyping: boolean; readonly isMac: boolean },
): WindowAction | null {
  const key = press.key.toLowerCase()
  const command = where.isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  if (command && !press.altKey && !press.shiftKey) {
    // A held key must not start job after job.
    if (key === 'enter') return press.repeat ? null : 'generate'
    if (key === ',') return 'settings'
    return key === 'f' ? 'search' : null
  }
  // Brackets are typed with AltGr on many keyboards, which Windows reports as Ctrl and Alt.
  const isPlain = press.altGraph || !(press.ctrlKey || press.metaKey || press.altKey)
  if (where.isTyping || !isPlain) return null
  // A bracket may need Shift to be typed at all; a letter with Shift is another key.
  const isShiftedLetter = press.shiftKey && /^[a-z]$/.test(key)
  return (isShiftedLetter ? shifted : plain).get(key) ?? null
}
