import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import type { Clip } from '../../shared/clip-schema'
import type { Job } from '../../shared/job-schema'
import { strings } from '../strings'
import { useAppWindow, useGallery } from '../window/app-window-context'
import { cellId, ClipCell } from './ClipCell'
import { indexOfClip } from './clip-list'
import { CookingCell } from './CookingCell'
import { cellGap, moveIndex } from './grid-layout'
import { gridPadding, useGrid } from './use-grid'

/** The clips as a grid that draws only what is in view; one hundred thousand scroll as well as ten. */
export function ClipGrid(props: {
  readonly cooking: readonly Job[]
  readonly total: number
  readonly onPlay: (clip: Clip) => void
  readonly onToggle: () => void
}) {
  const { cooking, total, onPlay, onToggle } = props
  const front = cooking.length
  const list = useGallery((state) => state.list)
  const listNumber = useGallery((state) => state.listNumber)
  const cellSize = useGallery((state) => state.cellSize)
  const selected = useGallery((state) => state.selected)
  const cursor = useGallery((state) => state.cursor)
  const { need, pick, pickAt } = useAppWindow().gallery.getState()
  const scroller = useRef<HTMLDivElement>(null)

  const { layout, rows } = useGrid({
    scroller,
    count: front + total,
    wantedWidth: cellSize,
    listNumber,
    keyOf: (item) => list.byIndex.get(item - front)?.id,
    itemOf: (key) => {
      const index = indexOfClip(list, key)
      return index === null ? null : index + front
    },
  })
  const { columns, cellWidth, cellHeight } = layout
  const drawn = rows.getVirtualItems()
  const from = (drawn[0]?.index ?? 0) * columns - front
  const to = ((drawn.at(-1)?.index ?? 0) + 1) * columns - 1 - front
  useEffect(() => need(from, to), [need, from, to])

  const reveal = useCallback(
    (index: number) => rows.scrollToIndex(Math.floor((index + front) / columns), { align: 'auto' }),
    [rows, front, columns],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const rowsOnScreen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / layout.rowHeight))
    const next = moveIndex(event.key, cursor, { columns, rowsOnScreen, total, front })
    if (next !== null) {
      pickAt(next)
      reveal(next)
    } else if (event.key === 'Enter' && selected) onPlay(selected)
    else if (event.key === ' ') onToggle()
    else return
    event.preventDefault()
  }

  const isDrawn = cursor !== null && cursor >= from && cursor <= to
  return (
    <div
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- HTML's own cannot hold pictures, nor be drawn in part
      role="listbox"
      tabIndex={0}
      aria-label={strings.gallery.clips}
      aria-activedescendant={isDrawn && selected ? cellId(selected.id) : undefined}
      onKeyDown={onKeyDown}
      className="key-panel min-h-0 grow overflow-x-hidden overflow-y-scroll"
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {drawn.map((row) => (
          <div
            key={row.key}
            role="presentation"
            className="absolute top-0 grid"
            style={{
              left: gridPadding.left,
              columnGap: cellGap,
              gridTemplateColumns: `repeat(${columns}, ${cellWidth}px)`,
              gridAutoRows: cellHeight,
              transform: `translateY(${row.start}px)`,
            }}
          >
            {Array.from({ length: Math.min(columns, front + total - row.index * columns) }, (_, column) => {
              const item = row.index * columns + column
              const job = cooking[item]
              if (job) return <CookingCell key={job.id} job={job} />
              const index = item - front
              const clip = list.byIndex.get(index)
              if (!clip) return <EmptyCell key={index} />
              return (
                <ClipCell
                  key={clip.id}
                  clip={clip}
                  index={index}
                  total={total}
                  selected={clip.id === selected?.id}
                  onPick={pick}
                  onPlay={onPlay}
                />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

/** A clip that is on its way from the library. */
function EmptyCell() {
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- HTML's own cannot hold pictures, nor be drawn in part
      role="option"
      aria-selected={false}
      aria-disabled
      aria-label={strings.gallery.loading}
      className="size-full rounded-sm bg-surface-2"
    />
  )
}
