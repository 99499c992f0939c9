import { ChevronDown, Maximize2, Minimize2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { clipSorts } from '../../shared/clip'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { Menu, MenuChoice } from '../ui/Menu'
import { RangeSlider } from '../ui/RangeSlider'
import { useGallery } from '../window/app-window-context'
import { cellSizes } from './grid-layout'

/** How many clips there are, their order and their size. */
export function GalleryHeader(props: {
  readonly full: boolean
  readonly onFull: () => void
  readonly children?: ReactNode
}) {
  const total = useGallery((state) => state.list.total)
  const search = useGallery((state) => state.search)
  const cellSize = useGallery((state) => state.cellSize)
  const setCellSize = useGallery((state) => state.setCellSize)
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-3.5">
      <h2 className="font-semibold">{search === '' ? strings.gallery.all : strings.gallery.found}</h2>
      <span className="text-ink-3">{total === null ? '' : total.toLocaleString('en')}</span>
      <div className="ml-auto flex items-center gap-2">
        {props.children}
        <SortMenu />
        <RangeSlider
          label={strings.gallery.size}
          value={cellSize}
          min={cellSizes.min}
          max={cellSizes.max}
          step={8}
          onChange={setCellSize}
          className="w-20"
        />
        <IconButton
          icon={props.full ? Minimize2 : Maximize2}
          label={props.full ? strings.gallery.shrink : strings.gallery.enlarge}
          keys="G"
          onClick={props.onFull}
        />
      </div>
    </div>
  )
}

function SortMenu() {
  const sort = useGallery((state) => state.sort)
  const setSort = useGallery((state) => state.setSort)
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${strings.gallery.sort}: ${strings.gallery.sorts[sort]}`}
          className="flex h-6 items-center gap-1 rounded-md px-1.5 text-ink-2 hover:bg-surface-3 hover:text-ink data-[state=open]:bg-surface-3"
        >
          {strings.gallery.sorts[sort]}
          <ChevronDown size={13} aria-hidden />
        </button>
      }
    >
      <MenuChoice
        value={sort}
        options={clipSorts.map((value) => ({ value, text: strings.gallery.sorts[value] }))}
        onChange={setSort}
      />
    </Menu>
  )
}
