import type { ReactNode } from 'react'
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

/** The least a choice needs for its text and a gap to the next one, pixels: a figure, and `1080` or `16:9`. */
const leastPx = { figure: 36, word: 44 } as const

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
  return (
    <div className="flex flex-wrap gap-1.5">
      {durations ? (
        <Choices number={durations.length} of="figure">
          <Segmented
            label={words.duration}
            className={mark('durationS')}
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
        </Choices>
      ) : (
        <ModelsOwnLength />
      )}
      <Choices number={capabilities.resolutions.length} of="word">
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
      </Choices>
      <Choices number={ratios.length} of="word">
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
      </Choices>
    </div>
  )
}

/** A place as wide as its choices need, on a line of its own where it does not fit beside the others. */
function Choices(props: {
  readonly number: number
  readonly of: keyof typeof leastPx
  readonly children: ReactNode
}) {
  const px = props.number * leastPx[props.of]
  return <div style={{ flex: `${px} 1 ${px}px` }}>{props.children}</div>
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
