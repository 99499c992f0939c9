import { exists } from '../../files/exists'

/** Whether the open library's folder is there: its disk may be unplugged, or the folder moved, at any time. */
export interface LibraryWatch {
  readonly isThere: () => boolean
  /** Looks now. */
  readonly look: () => Promise<boolean>
  readonly stop: () => void
}

/** How often a missing library is looked for, milliseconds. */
const everyMs = 10_000

/** Makes the watch; it looks only when it is asked to, and while the folder is missing. */
export function createLibraryWatch(deps: {
  readonly folder: string
  readonly after: (ms: number, run: () => void) => () => void
  readonly onChange: () => void
}): LibraryWatch {
  let isThere = true
  let cancelTimer: (() => void) | undefined

  async function look(): Promise<boolean> {
    const found = await exists(deps.folder).catch(() => false)
    cancelTimer?.()
    if (!found) cancelTimer = deps.after(everyMs, () => void look())
    if (found !== isThere) {
      isThere = found
      deps.onChange()
    }
    return found
  }

  return { isThere: () => isThere, look, stop: () => cancelTimer?.() }
}
