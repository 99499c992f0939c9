import type { Field } from '../../shared/validate/objection'
import { strings } from '../strings'
import { Segmented } from '../ui/Segmented'
import { Tip } from '../ui/Tip'
import { useComposer } from '../window/app-window-context'
import { Extras } from './Extras'
import { FieldBox } from './FieldBox'
import { offeredDurations, offeredRatios, type Offered } from './shape-options'
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
  const mark = (field: Field) =>
    faults.some((fault) => fault.field === field && fault.tone !== 'info') ? 'ring-1 ring-warn' : ''

  const durations = offeredDurations(recipe, capabilities)
  const ratios = offeredRatios(capabilities)
  const isWide = (durations?.length ?? 0) > mostBeside
  // Each as wide as it has choices; what needs a line of its own has it.
  const columns = [
    ...(isWide ? [] : [durations?.length ?? 1]),
    capabilities.resolutions.length,
    ratios.length,
  ]
  return (
    <div
      className="grid gap-1.5"
      style={{ gridTemplateColumns: columns.map((share) => `${share}fr`).join(' ') }}
    >
      {durations ? (
        <Segmented
          label={words.duration}
          className={`${isWide ? 'col-span-2' : ''} ${mark('durationS')}`}
          value={String(recipe.durationS)}
          options={durations.map((offered) => ({
            value: String(offered.value),
            ...named(
              offered,
              offered.value === recipe.durationS ? words.seconds(offered.value) : String(offered.value),
              words.seconds(offered.value),
            ),
          }))}
          onChange={(value) => edit((before) => ({ ...before, durationS: Number(value) }))}
        />
      ) : (
        <ModelsOwnLength />
      )}
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
        options={ratios.map((offered) => ({
          value: offered.value,
          ...named(offered, offered.value, offered.value),
        }))}
        onChange={(aspectRatio) => edit((before) => ({ ...before, aspectRatio }))}
      />
    </div>
  )
}

/** What would be asked about carries a mark, and says so where it is read out. */
function named({ unsure }: Offered<unknown>, text: string, name: string) {
  return unsure ? { text: strings.unsure.mark(text), name: strings.unsure.name(name) } : { text, name }
}

function ModelsOwnLength() {
  return (
    <Tip label={strings.source.addsTip}>
      <button
        type="button"
        aria-label={`${words.duration}: ${strings.source.adds}`}
        className="h-7 rounded-md bg-surface-3 px-2 text-small whitespace-nowrap text-ink-2"
      >
        {strings.source.adds}
      </button>
    </Tip>
  )
}
