import type { ClipId } from '../../shared/clip-id-schema'
import { slotNames } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { cssRatio } from '../composer/recipe-words'
import { strings } from '../strings'

/** The pictures or the clip that a clip was made from. */
export function RecipeFrames({ recipe }: { readonly recipe: Recipe }) {
  const filled = slotNames.flatMap((slot) => {
    const id = recipe.slots[slot]
    return id === undefined ? [] : [{ slot, id }]
  })
  if (recipe.source) return <SourceFrame clip={recipe.source.clip} />
  if (filled.length === 0) return <p className="text-ink-3">{strings.inspector.noFrames}</p>
  return (
    <ul className="grid grid-cols-2 gap-1.5">
      {filled.map(({ slot, id }) => (
        <li
          key={slot}
          className="relative aspect-video overflow-hidden rounded-md border border-line bg-surface-2"
        >
          <img
            src={`/thumb/${id}`}
            alt={strings.slots.title[slot]}
            draggable={false}
            className="mx-auto h-full object-cover"
            style={{ aspectRatio: cssRatio(recipe) }}
          />
          <span aria-hidden className="absolute top-1.5 left-1.5 rounded-sm bg-scrim px-1.5 text-micro">
            {strings.slots.tag[slot]}
          </span>
        </li>
      ))}
    </ul>
  )
}

function SourceFrame({ clip }: { readonly clip: ClipId }) {
  return (
    <div className="relative aspect-video w-1/2 overflow-hidden rounded-md border border-line bg-surface-2">
      <img
        src={`/poster/${clip}`}
        alt={strings.source.title}
        draggable={false}
        // The clip may be gone since: its place stays empty then.
        onError={({ currentTarget }) => (currentTarget.hidden = true)}
        className="size-full object-cover"
      />
      <span aria-hidden className="absolute top-1.5 left-1.5 rounded-sm bg-scrim px-1.5 text-micro">
        {strings.source.tag}
      </span>
    </div>
  )
}
