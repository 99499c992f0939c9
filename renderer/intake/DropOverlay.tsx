import { freeSlots } from '../composer/placement'
import { emptyRecipe } from '../../shared/recipe'
import { strings } from '../strings'
import { useComposer, useIntake } from '../window/app-window-context'

/** While files are dragged over the window: says where they will go. Lets the drag through to the slots. */
export function DropOverlay() {
  const dragging = useIntake((state) => state.dragging)
  return dragging ? <Overlay /> : null
}

function Overlay() {
  // Own pictures replace the sample, so all of its slots count as free.
  const recipe = useComposer((state) => (state.isSample ? emptyRecipe : state.recipe))
  const [first, second, third] = freeSlots(recipe).map((slot) => strings.slots.tag[slot])
  const { intake } = strings
  const next = third === undefined ? intake.fillVideos : intake.fillNext(third)
  const [title, hint] =
    first === undefined
      ? [intake.full, intake.fullHint]
      : [intake.fill(second === undefined ? [first] : [first, second]), next]
  return (
    <div className="pointer-events-none fixed inset-1 z-40 grid place-items-center rounded-lg border-2 border-dashed border-accent">
      <output className="ml-[84px] rounded-lg border border-line-strong bg-surface-2 px-5 py-4 text-center shadow-float">
        <p className="text-head font-semibold">{title}</p>
        <p className="mt-1 text-ink-2">{hint}</p>
      </output>
    </div>
  )
}
