/** Pixels between cells. */
export const cellGap = 8

/** Width of a cell the user can choose, pixels; cells stretch so that a row is always full. */
export const cellSizes = { min: 112, max: 400, fallback: 160 } as const

/** How cells lie in a width. */
export interface GridLayout {
  readonly columns: number
  readonly cellWidth: number
  readonly cellHeight: number
  /** A cell and the gap below it. */
  readonly rowHeight: number
}

/** Fills a width with 16:9 cells at least as wide as wanted; one column when not even one fits. */
export function layOut(width: number, wanted: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + cellGap) / (wanted + cellGap)))
  const cellWidth = Math.max(1, Math.floor((width - cellGap * (columns - 1)) / columns))
  const cellHeight = Math.round((cellWidth * 9) / 16)
  return { columns, cellWidth, cellHeight, rowHeight: cellHeight + cellGap }
}

/** Where the scrolling must stand after a change, so that the row that was on top stays where it was seen. */
export function anchoredScroll(
  scrollTop: number,
  before: { readonly row: number; readonly rowHeight: number },
  after: { readonly row: number; readonly rowHeight: number },
): number {
  const within = (scrollTop - before.row * before.rowHeight) / before.rowHeight
  return Math.max(0, Math.round((after.row + within) * after.rowHeight))
}

/** Which clip a key goes to; null for keys that move nothing. `front` cells stand before the first clip. */
export function moveIndex(
  key: string,
  index: number | null,
  grid: {
    readonly columns: number
    readonly rowsOnScreen: number
    readonly total: number
    readonly front: number
  },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -grid.columns,
    ArrowDown: grid.columns,
    PageUp: -grid.columns * grid.rowsOnScreen,
    PageDown: grid.columns * grid.rowsOnScreen,
    Home: -Infinity,
    End: Infinity,
  }
  const step = steps[key]
  if (step === undefined || grid.total === 0) return null
  if (index === null) return step === Infinity ? grid.total - 1 : 0
  const last = grid.total - 1
  const wanted = index + step
  // Going down from the row before the last one must not stop over a gap at the end.
  if (Math.abs(step) === grid.columns && (wanted < 0 || wanted > last)) {
    const row = (place: number) => Math.floor((place + grid.front) / grid.columns)
    return row(wanted < 0 ? 0 : last) === row(index) ? index : wanted < 0 ? 0 : last
  }
  return Math.min(last, Math.max(0, wanted))
}

/** Which frame of a filmstrip lies under the pointer; `fraction` 0 to 1 across the cell. */
export function filmstripFrame(fraction: number, frames: number): number {
  return Math.min(frames - 1, Math.max(0, Math.floor(fraction * frames)))
}

/** How long a clip is, on its badge: `8 s`, `3.2 s`, `1:05`. */
export function durationBadge(seconds: number): string {
  if (seconds >= 59.95) {
    const whole = Math.round(seconds)
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
  }
  const tenths = Math.round(seconds * 10) / 10
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} s`
}
