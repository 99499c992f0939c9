import type { StageState } from './stage-store'

/** The parts of a key event that choose an action. */
export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Frames that Shift and an arrow go. */
const longStep = 10

/** What a key does while the stage has the focus; null when it does nothing there. */
export function stageAction(press: KeyPress): ((stage: StageState) => void) | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const step = press.shiftKey ? longStep : 1
  switch (press.key.toLowerCase()) {
    case ' ':
      return (stage) => stage.toggle()
    case 'arrowleft':
      return (stage) => stage.step(-step)
    case 'arrowright':
      return (stage) => stage.step(step)
    case 'home':
      return (stage) => stage.step(-Infinity)
    case 'end':
      return (stage) => stage.step(Infinity)
    case 'j':
      return (stage) => stage.shuttle('j')
    case 'k':
      return (stage) => stage.shuttle('k')
    case 'l':
      return press.shiftKey ? null : (stage) => stage.shuttle('l')
    case 'e':
      return (stage) => stage.extend()
    case 'r':
      return (stage) => stage.toggleLoop()
    case 'm':
      return (stage) => stage.toggleMuted()
    default:
      return null
  }
}

const sliderKeys: ReadonlySet<string> = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
])

/** Whether a key would move a slider by itself; all others, Tab above all, are not the slider's. */
export function isSliderKey(key: string): boolean {
  return sliderKeys.has(key)
}
