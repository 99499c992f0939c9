import type { Ability, Provider } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { strings } from '../strings'
import { Switch } from '../ui/Switch'
import { useComposer } from '../window/app-window-context'
import { FieldBox } from './FieldBox'
import { NegativePrompt } from './NegativePrompt'
import { SeedField } from './SeedField'

const words = strings.composer
const extras = ['audio', 'seed', 'negativePrompt', 'noPeople'] as const
type Extra = (typeof extras)[number]

/** Sound, seed and negative prompt where the provider has them, and in words where it has not. */
export function Extras() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const edit = useComposer((state) => state.edit)
  const { capabilities } = provider
  // What is set stays in sight where the provider has no such thing: its objection is about something that is seen.
  const shows = (extra: Extra) => isShown(capabilities[extra], isSet(recipe, extra))
  const note = noteOf(recipe, provider)
  if (!extras.some(shows) && note === null) return null
  return (
    <div className="mt-1.5 grid gap-1.5">
      <FieldBox fields={['audio', 'seed', 'noPeople']}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {shows('audio') ? (
            <Switch
              label={words.audio}
              on={recipe.audio}
              onWord={words.on}
              offWord={words.off}
              onChange={(audio) => edit((before) => ({ ...before, audio }))}
            />
          ) : null}
          {shows('seed') ? <SeedField /> : null}
          {shows('noPeople') ? (
            <Switch
              label={words.noPeople}
              on={recipe.noPeople}
              onWord={words.on}
              offWord={words.off}
              onChange={(noPeople) => edit((before) => ({ ...before, noPeople }))}
            />
          ) : null}
          {note === null ? null : <span className="text-ink-3">{note}</span>}
        </div>
      </FieldBox>
      {shows('negativePrompt') ? (
        <FieldBox fields={['negativePrompt']}>
          <NegativePrompt />
        </FieldBox>
      ) : null}
    </div>
  )
}

function isShown(ability: Ability, isValueSet: boolean): boolean {
  return ability === 'yes' || (ability === 'no' && isValueSet)
}

function isSet(recipe: Recipe, extra: Extra): boolean {
  switch (extra) {
    case 'audio':
      return recipe.audio
    case 'seed':
      return recipe.seed !== null
    case 'negativePrompt':
      return recipe.negativePrompt !== ''
    case 'noPeople':
      return recipe.noPeople
  }
}

/** What the provider has not, or takes no notice of although it is set; null for nothing to say. */
function noteOf(recipe: Recipe, { name, capabilities }: Provider): string | null {
  // Only one platform can keep people out: nothing to be missed elsewhere.
  const lacking = extras.filter(
    (extra) => extra !== 'noPeople' && capabilities[extra] === 'no' && !isSet(recipe, extra),
  )
  if (lacking.length > 0)
    return words.hasNo(
      name,
      lacking.map((extra) => words.things[extra]),
    )
  const ignored = extras.filter((extra) => capabilities[extra] === 'ignored' && isSet(recipe, extra))
  return ignored.length > 0
    ? words.ignores(
        name,
        ignored.map((extra) => words.things[extra]),
      )
    : null
}
