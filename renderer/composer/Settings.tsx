import { recipeMode } from '../../shared/recipe'
import type { Field } from '../../shared/validate'
import { strings } from '../strings'
import { Segmented } from '../ui/Segmented'
import { useComposer } from '../window/app-window-context'
import { Extras } from './Extras'
import { FieldBox } from './FieldBox'
import { useFaults } from './use-faults'

const words = strings.composer

/** More durations than this do not fit beside resolution and ratio. */
const mostBeside = 4

/** Duration, resolution and ratio, then what some providers have: only what the chosen one offers. */
export function Settings() {
  return (
    <section aria-label={words.settings}>
      <h2 className="mb-1 text-small text-ink-2">{words.settings}</h2>
      <FieldBox fields={['durationS', 'resolution', 'aspectRatio']}>
        <Shape />
      </FieldBox>
      <Extras />
    </section>
  )
}

function Shape() {
  const recipe = useComposer((state) => state.recipe)
  const { capabilities } = useComposer((state) => state.provider)
  const edit = useComposer((state) => state.edit)
  const faults = useFaults()
  const mark = (field: Field) => (faults.some((fault) => fault.field === field) ? 'ring-1 ring-warn' : '')

  const offered =
    (recipeMode(recipe) === 'references' && capabilities.referenceDurationsS) || capabilities.durationsS
  const durations = offered.map((seconds) => ({
    value: String(seconds),
    text: seconds === recipe.durationS ? words.seconds(seconds) : String(seconds),
    name: words.seconds(seconds),
  }))
  const isWide = offered.length > mostBeside
  return (
    <div className={`grid gap-1.5 ${isWide ? 'grid-cols-2' : 'grid-cols-[1fr_1.2fr_1fr]'}`}>
      <Segmented
        label={words.duration}
        className={`${isWide ? 'col-span-2' : ''} ${mark('durationS')}`}
        value={String(recipe.durationS)}
        options={durations}
        onChange={(value) => edit((before) => ({ ...before, durationS: Number(value) }))}
      />
      <Segmented
        label={words.resolution}
        className={mark('resolution')}
        value={recipe.resolution}
        options={capabilities.resolutions.map((value) => ({
          value,
          text: words.resolutions[value],
          name: value === '4k' ? '4K' : value,
        }))}
        onChange={(resolution) => edit((before) => ({ ...before, resolution }))}
      />
      <Segmented
        label={words.ratio}
        className={mark('aspectRatio')}
        value={recipe.aspectRatio}
        options={capabilities.aspectRatios.map((value) => ({ value, text: value }))}
        onChange={(aspectRatio) => edit((before) => ({ ...before, aspectRatio }))}
      />
    </div>
  )
}
