import { Film, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ClipId } from '../../shared/clip-id-schema'
import { sourceUses } from '../../shared/recipe'
import { withoutSource } from '../../shared/validate/slots'
import { durationBadge } from '../gallery/grid-layout'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { Segmented } from '../ui/Segmented'
import { Tip } from '../ui/Tip'
import { useAppWindow, useComposer, useIntake, useStage } from '../window/app-window-context'
import { LinkMark } from './Slot'
import { usePlaceDrag } from './use-place-drag'

const words = strings.source

/** The place for the clip that is extended or edited, beside the references. */
export function SourcePlace() {
  const source = useComposer((state) => state.recipe.source)
  const link = useComposer((state) => state.recipe.links.source)
  const ref = useRef<HTMLFieldSetElement>(null)
  const { isOver } = usePlaceDrag('source', ref)
  const frame = source ? 'border-line bg-surface-0' : 'border-dashed border-line-strong bg-surface-2'
  return (
    <fieldset
      ref={ref}
      aria-label={words.title}
      data-place="source"
      className={`relative aspect-video min-w-0 overflow-hidden rounded-md border ${isOver ? 'border-accent bg-surface-2' : frame}`}
    >
      {source ? <SourcePoster key={source.clip} id={source.clip} /> : <EmptySource />}
      {source && link !== undefined ? <LinkMark address={link} /> : null}
      {isOver ? (
        <div className="pointer-events-none absolute inset-0 grid place-items-center bg-scrim text-center text-micro">
          {words.dropHere}
        </div>
      ) : null}
    </fieldset>
  )
}

function EmptySource() {
  const { composer } = useAppWindow()
  const onStage = useStage((state) => state.clip)
  const pick = useIntake((state) => state.pick)
  return (
    <Tip label={words.chooseTip}>
      <button
        type="button"
        aria-label={onStage ? words.fromStage : words.choose}
        onClick={() => (onStage ? composer.getState().setSource(onStage) : void pick('source'))}
        className="grid size-full place-items-center rounded-md text-small text-ink-3 -outline-offset-2 hover:bg-surface-3 hover:text-ink-2"
      >
        {words.tag}
      </button>
    </Tip>
  )
}

function SourcePoster({ id }: { readonly id: ClipId }) {
  const hasPoster = useComposer((state) => state.clips.get(id)?.previews !== 'failed')
  const [broken, setBroken] = useState(false)
  if (broken || !hasPoster) {
    return (
      <span className="grid size-full place-items-center text-ink-3">
        <Film size={16} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  return (
    <img
      src={`/poster/${id}`}
      alt=""
      draggable={false}
      onError={() => setBroken(true)}
      className="size-full bg-surface-0 object-cover"
    />
  )
}

/** What the source clip is, what becomes of it, and the way out. Nothing without one. */
export function SourceBar() {
  const source = useComposer((state) => state.recipe.source)
  const clip = useComposer((state) => (source ? state.clips.get(source.clip) : undefined))
  const edit = useComposer((state) => state.edit)
  if (!source) return null
  const name = clip ? words.name(clip.title, durationBadge(clip.media.durationS)) : words.unknown
  return (
    <div className="mt-2 flex items-center gap-2">
      <span className="min-w-0 grow truncate" title={name}>
        {name}
      </span>
      <Segmented
        label={words.use}
        className="w-[132px] shrink-0"
        value={source.use}
        options={sourceUses.map((use) => ({ value: use, text: words.uses[use] }))}
        onChange={(use) => edit((before) => ({ ...before, source: { ...source, use } }))}
      />
      <IconButton icon={X} look="small" label={words.clear} onClick={() => edit(withoutSource)} />
    </div>
  )
}
