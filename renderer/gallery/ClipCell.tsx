import { draggable } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { Film, ImageOff, type LucideIcon } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'
import { filmstripFrames } from '../../shared/media'
import { providers } from '../../shared/providers'
import { takeInWords } from '../inspector/describe-clip'
import { strings } from '../strings'
import { durationBadge, filmstripFrame } from './grid-layout'

/** The id of a cell's element, for `aria-activedescendant`. */
export function cellId(clip: ClipId): string {
  return `clip-${clip}`
}

/** A clip in the grid: its poster, and its filmstrip under the pointer. */
export const ClipCell = memo(function ClipCell(props: {
  readonly clip: Clip
  readonly index: number
  readonly total: number
  readonly selected: boolean
  readonly onPick: (clip: Clip) => void
  readonly onPlay: (clip: Clip) => void
}) {
  const { clip, selected } = props
  const duration = durationBadge(clip.media.durationS)
  const ref = useRef<HTMLDivElement>(null)
  const [frame, setFrame] = useState<number | null>(null)

  useEffect(() => {
    const element = ref.current
    return element
      ? draggable({ element, getInitialData: () => ({ kind: 'clip', clip: clip.id }) })
      : undefined
  }, [clip.id])

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and the keys
    <div
      ref={ref}
      id={cellId(clip.id)}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- HTML's own cannot hold pictures, nor be drawn in part
      role="option"
      aria-label={strings.gallery.clipName(clip.title, duration, providerOf(clip))}
      aria-selected={selected}
      title={takeInWords(clip)}
      aria-posinset={props.index + 1}
      aria-setsize={props.total}
      onClick={() => props.onPick(clip)}
      onDoubleClick={() => props.onPlay(clip)}
      onPointerMove={({ clientX, currentTarget }) => {
        const { left, width } = currentTarget.getBoundingClientRect()
        if (clip.previews === 'ready') setFrame(filmstripFrame((clientX - left) / width, filmstripFrames))
      }}
      onPointerLeave={() => setFrame(null)}
      className={`relative size-full overflow-hidden rounded-sm bg-surface-2 ${selected ? 'outline-2 outline-offset-1 outline-accent' : ''}`}
    >
      <Poster clip={clip} />
      {frame === null ? null : <Filmstrip clip={clip} frame={frame} />}
      {clip.origin.kind === 'generated' ? (
        <span
          // Drawn by CSS: the cell's name says it in its own order.
          data-provider={providerOf(clip)}
          className="pointer-events-none absolute bottom-1 left-1 max-w-[60%] truncate rounded-xs bg-scrim px-1 text-micro before:content-[attr(data-provider)]"
        />
      ) : null}
      <span className="pointer-events-none absolute right-1 bottom-1 rounded-xs bg-scrim px-1 text-micro tabular-nums">
        {duration}
      </span>
    </div>
  )
})

function providerOf({ origin }: Clip): string {
  return origin.kind === 'generated' ? providers[origin.provider].name : ''
}

function Poster({ clip }: { readonly clip: Clip }) {
  switch (clip.previews) {
    case 'pending':
      return <Placeholder title={clip.title} icon={Film} />
    case 'failed':
      return <Placeholder title={clip.title} icon={ImageOff} />
    case 'ready':
      return <PosterImage clip={clip} />
  }
}

/** Its own component: a poster that was gone and is made again is a new picture, no longer a broken one. */
function PosterImage({ clip }: { readonly clip: Clip }) {
  const [broken, setBroken] = useState(false)
  if (broken) return <Placeholder title={clip.title} icon={ImageOff} />
  return (
    <img
      src={`/poster/${clip.id}`}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => setBroken(true)}
      className="size-full bg-surface-0 object-contain"
    />
  )
}

/** Stands for a poster that is not made yet, or could not be made. */
function Placeholder({ title, icon: Icon }: { readonly title: string; readonly icon: LucideIcon }) {
  return (
    <span className="grid size-full place-content-center justify-items-center gap-1.5 px-3 text-ink-3">
      <Icon size={18} strokeWidth={1.5} aria-hidden />
      <span className="max-w-full truncate text-micro">{title}</span>
    </span>
  )
}

function Filmstrip({ clip, frame }: { readonly clip: Clip; readonly frame: number }) {
  return (
    <span className="pointer-events-none absolute inset-0 bg-surface-0">
      <span
        className="mx-auto block h-full max-w-full bg-no-repeat"
        style={{
          aspectRatio: `${clip.media.width} / ${clip.media.height}`,
          backgroundImage: `url(/filmstrip/${clip.id}), url(/poster/${clip.id})`,
          backgroundSize: `${filmstripFrames * 100}% 100%, 100% 100%`,
          backgroundPosition: `${(frame / (filmstripFrames - 1)) * 100}% 0, 0 0`,
        }}
      />
      <span
        className="absolute bottom-0 left-0 h-0.5 w-full origin-left bg-accent"
        style={{ transform: `scaleX(${(frame + 1) / filmstripFrames})` }}
      />
    </span>
  )
}
