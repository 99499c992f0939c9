import { ImagePlus, Link, X } from 'lucide-react'
import { useRef } from 'react'
import type { SlotName } from '../../shared/recipe'
import type { Still, StillId } from '../../shared/still-schema'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { Tip } from '../ui/Tip'
import { useComposer, useIntake } from '../window/app-window-context'
import { cssRatio, isCropped } from './recipe-words'
import { usePlaceDrag } from './use-place-drag'

/** A place for a picture: shows it in the clip's shape, takes drops, and can be filled and emptied by keyboard. */
export function Slot({ slot }: { readonly slot: SlotName }) {
  const id = useComposer((state) => state.recipe.slots[slot])
  const ref = useRef<HTMLFieldSetElement>(null)
  const { isOver } = usePlaceDrag(slot, ref)
  const frame =
    id === undefined ? 'border-dashed border-line-strong bg-surface-2' : 'border-line bg-surface-0'
  return (
    <fieldset
      ref={ref}
      aria-label={strings.slots.title[slot]}
      data-place={slot}
      className={`group relative aspect-video min-w-0 overflow-hidden rounded-md border ${isOver ? 'border-accent bg-surface-2' : frame}`}
    >
      {id === undefined ? <EmptySlot slot={slot} /> : <FilledSlot slot={slot} id={id} />}
      {isOver ? (
        <div className="pointer-events-none absolute inset-0 grid place-items-center bg-scrim text-small">
          {id === undefined ? strings.slots.dropHere : strings.slots.dropReplace}
        </div>
      ) : null}
    </fieldset>
  )
}

function EmptySlot({ slot }: { readonly slot: SlotName }) {
  const pick = useIntake((state) => state.pick)
  const isFrame = slot === 'first' || slot === 'last'
  const title = strings.slots.title[slot]
  return (
    <Tip label={isFrame ? strings.slots.chooseTip : `${title}: ${strings.slots.hint}`}>
      <button
        type="button"
        aria-label={strings.slots.choose(title)}
        onClick={() => void pick(slot)}
        className="grid size-full place-items-center rounded-md text-small text-ink-3 -outline-offset-2 hover:bg-surface-3 hover:text-ink-2"
      >
        {isFrame ? (
          <span className="grid justify-items-center gap-1">
            <ImagePlus size={16} strokeWidth={1.5} aria-hidden />
            {title}
          </span>
        ) : (
          strings.slots.tag[slot]
        )}
      </button>
    </Tip>
  )
}

function FilledSlot({ slot, id }: { readonly slot: SlotName; readonly id: StillId }) {
  const still = useComposer((state) => state.stills.get(id))
  const link = useComposer((state) => state.recipe.links[slot])
  const clear = useComposer((state) => state.clear)
  const pick = useIntake((state) => state.pick)
  const title = strings.slots.title[slot]
  return (
    <>
      <SlotPicture id={id} still={still} />
      <span className="pointer-events-none absolute top-1.5 left-1.5 rounded-sm bg-scrim px-1.5 text-micro">
        {strings.slots.tag[slot]}
      </span>
      {link === undefined ? null : <LinkMark address={link} />}
      <span className="absolute right-1.5 bottom-1.5 flex gap-1 opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100">
        <IconButton
          icon={ImagePlus}
          look="over"
          label={strings.slots.replace(title)}
          onClick={() => void pick(slot)}
        />
        <IconButton icon={X} look="over" label={strings.slots.clear(title)} onClick={() => clear(slot)} />
      </span>
    </>
  )
}

/** Says that what is in a place came from a public address, and from which. */
export function LinkMark({ address }: { readonly address: string }) {
  return (
    <span
      title={strings.link.tip(address)}
      className="absolute top-1.5 right-1.5 grid size-[18px] place-items-center rounded-sm bg-scrim"
    >
      <Link size={12} strokeWidth={2} aria-hidden />
      <span className="sr-only">{strings.link.mark(address)}</span>
    </span>
  )
}

function SlotPicture({ id, still }: { readonly id: StillId; readonly still: Still | undefined }) {
  const recipe = useComposer((state) => state.recipe)
  const name = still
    ? strings.slots.picture(still.name, still.width, still.height)
    : strings.slots.unknownPicture
  const cropped = still && isCropped(still, recipe)
  return (
    <img
      src={`/thumb/${id}`}
      alt={name}
      title={cropped ? `${name}\n${strings.slots.cropped}` : name}
      draggable={false}
      className="mx-auto h-full bg-surface-0 object-cover"
      style={{ aspectRatio: cssRatio(recipe) }}
    />
  )
}
