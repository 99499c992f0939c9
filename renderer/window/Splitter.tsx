import type { KeyboardEvent, PointerEvent } from 'react'
import { strings } from '../strings'
import { usePanels } from './app-window-context'
import { galleryShares } from './panels-store'

/** Per cent that one press of an arrow moves the border. */
const step = 3

/** The border between stage and gallery: pulled with the mouse, or moved with the arrows. */
export function Splitter() {
  const share = usePanels((state) => state.galleryShare)
  const setShare = usePanels((state) => state.setGalleryShare)

  const onPointerMove = ({ buttons, clientY, currentTarget }: PointerEvent) => {
    if (buttons !== 1 || !currentTarget.parentElement) return
    const { bottom, height } = currentTarget.parentElement.getBoundingClientRect()
    setShare(Math.round(((bottom - clientY) / height) * 100))
  }
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowUp') setShare(share + step)
    if (key === 'ArrowDown') setShare(share - step)
  }
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a line that can be moved; hr cannot
      role="separator"
      aria-orientation="horizontal"
      aria-label={strings.gallery.resize}
      aria-valuemin={galleryShares.min}
      aria-valuemax={galleryShares.max}
      aria-valuenow={share}
      tabIndex={0}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => setShare(galleryShares.fallback)}
      onKeyDown={onKeyDown}
      className="z-10 -my-[3px] h-1.5 shrink-0 cursor-row-resize touch-none hover:bg-line-strong active:bg-line-strong"
    />
  )
}
