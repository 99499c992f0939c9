import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/adapter/drop-target-for-external'
import { ArrowLeftRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { referenceSlots } from '../../shared/recipe'
import { takesOnPlace } from '../intake/watch-files'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { useComposer } from '../window/app-window-context'
import { FieldBox } from './FieldBox'
import { swapSlots } from './placement'
import { modeInWords, sizeInWords } from './recipe-words'
import { Slot } from './Slot'
import { SourceBar, SourcePlace } from './SourcePlace'

/** The mode in words, the two frames, the three references and the source clip. */
export function Slots() {
  const recipe = useComposer((state) => state.recipe)
  const edit = useComposer((state) => state.edit)
  const ref = useRef<HTMLElement>(null)
  // Beside the slots too, a picture or a link is meant for them.
  useEffect(
    () => (ref.current ? dropTargetForExternal({ element: ref.current, canDrop: takesOnPlace }) : undefined),
    [],
  )
  const canSwap = recipe.slots.first !== undefined || recipe.slots.last !== undefined
  return (
    <section ref={ref}>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{modeInWords(recipe)}</h2>
        <span className="text-ink-3">{sizeInWords(recipe)}</span>
      </div>
      <FieldBox fields={['slots']}>
        <div className="grid grid-cols-[1fr_24px_1fr] items-center gap-1">
          <Slot slot="first" />
          <IconButton
            icon={ArrowLeftRight}
            look="small"
            className="mx-auto"
            label={strings.slots.swap}
            disabled={!canSwap}
            onClick={() => edit((before) => swapSlots(before, 'first', 'last'))}
          />
          <Slot slot="last" />
        </div>
        <div className="mt-2 grid grid-cols-4 gap-1.5">
          {referenceSlots.map((slot) => (
            <Slot key={slot} slot={slot} />
          ))}
          <SourcePlace />
        </div>
      </FieldBox>
      <FieldBox fields={['source']}>
        <SourceBar />
      </FieldBox>
    </section>
  )
}
