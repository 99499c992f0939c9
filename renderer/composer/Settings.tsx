import type { ReactNode } from 'react'
import { strings } from '../strings'
import { Segmented } from '../ui/Segmented'
import { useComposer } from '../window/app-window-context'

/** Duration, resolution and ratio: only what the provider offers. */
export function Settings() {
  const recipe = useComposer((state) => state.recipe)
  const { durationsS, resolutions, aspectRatios } = useComposer((state) => state.provider.capabilities)
  const edit = useComposer((state) => state.edit)
  const durations = durationsS.map((seconds) => ({
    value: String(seconds),
    text: seconds === recipe.durationS ? strings.composer.seconds(seconds) : String(seconds),
    name: strings.composer.seconds(seconds),
  }))
  return (
    <div className="grid grid-cols-2 gap-x-1.5 gap-y-3">
      <Setting label={strings.composer.duration} className="col-span-2">
        <Segmented
          label={strings.composer.duration}
          value={String(recipe.durationS)}
          options={durations}
          onChange={(value) => edit((before) => ({ ...before, durationS: Number(value) }))}
        />
      </Setting>
      <Setting label={strings.composer.resolution}>
        <Segmented
          label={strings.composer.resolution}
          value={recipe.resolution}
          options={resolutions.map((value) => ({ value, text: value === '4k' ? '4K' : value }))}
          onChange={(resolution) => edit((before) => ({ ...before, resolution }))}
        />
      </Setting>
      <Setting label={strings.composer.ratio}>
        <Segmented
          label={strings.composer.ratio}
          value={recipe.aspectRatio}
          options={aspectRatios.map((value) => ({ value, text: value }))}
          onChange={(aspectRatio) => edit((before) => ({ ...before, aspectRatio }))}
        />
      </Setting>
    </div>
  )
}

function Setting(props: {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}) {
  return (
    <div className={props.className}>
      <div aria-hidden className="mb-1 text-small text-ink-2">
        {props.label}
      </div>
      {props.children}
    </div>
  )
}
