import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { anchoredScroll, layOut, type GridLayout } from './grid-layout'

/**
 * Space around the grid inside its scroller, pixels: the outline of a chosen cell must not be cut, and the scrollbar
 * on the right, 10 px wide, is part of the margin there.
 */
export const gridPadding = { left: 14, right: 4, block: 4 } as const

/**
 * Lays `count` cells out in rows and draws only those in view. `keyOf` names a cell (undefined when it is not known),
 * so that the row on top stays where it is when cells come in before it; `listNumber` changes when the list is
 * another one, which starts at its top.
 */
export function useGrid(options: {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly count: number
  readonly wantedWidth: number
  readonly listNumber: number
  readonly keyOf: (item: number) => string | undefined
  readonly itemOf: (key: string) => number | null
}): { readonly layout: GridLayout; readonly rows: Virtualizer<HTMLDivElement, Element> } {
  const { scroller, count, wantedWidth, listNumber, keyOf, itemOf } = options
  const width = useWidth(scroller)
  const layout = layOut(width - gridPadding.left - gridPadding.right, wantedWidth)
  const { columns, rowHeight } = layout
  // oxlint-disable-next-line react/incompatible-library -- the React compiler is not used here
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count: width === 0 ? 0 : Math.ceil(count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    paddingStart: gridPadding.block,
    paddingEnd: gridPadding.block,
    scrollPaddingStart: gridPadding.block,
    scrollPaddingEnd: gridPadding.block,
  })

  useLayoutEffect(() => {
    rows.measure()
  }, [rows, rowHeight])

  // What stands on top: chosen when the user scrolls, and kept there through every change until they scroll again.
  const anchor = useRef({ listNumber, key: keyOf(0), row: 0, rowHeight })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const choose = () => {
      const row = Math.floor(element.scrollTop / rowHeight)
      anchor.current = { listNumber, key: keyOf(row * columns), row, rowHeight }
    }
    const before = anchor.current
    const item = before.key === undefined ? null : itemOf(before.key)
    if (before.listNumber !== listNumber) {
      element.scrollTop = 0
      choose()
    } else if (element.scrollTop === 0 || item === null) {
      choose()
    } else {
      const row = Math.floor(item / columns)
      const scrollTop = anchoredScroll(element.scrollTop, before, { row, rowHeight })
      anchor.current = { ...before, row, rowHeight }
      if (row !== before.row || rowHeight !== before.rowHeight) element.scrollTop = scrollTop
    }
    element.addEventListener('scroll', choose, { passive: true })
    return () => element.removeEventListener('scroll', choose)
  })

  return { layout, rows }
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
