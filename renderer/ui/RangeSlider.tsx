import { Slider } from 'radix-ui'

/** A quiet slider for settings of the window, such as the size of cells. */
export function RangeSlider(props: {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
  readonly className?: string
}) {
  return (
    <Slider.Root
      value={[props.value]}
      min={props.min}
      max={props.max}
      step={props.step}
      onValueChange={([value]) => {
        if (value !== undefined) props.onChange(value)
      }}
      className={`relative flex h-5 touch-none items-center ${props.className ?? ''}`}
    >
      <Slider.Track className="relative h-0.5 grow rounded-xs bg-surface-4">
        <Slider.Range className="absolute h-full rounded-xs bg-ink-3" />
      </Slider.Track>
      <Slider.Thumb
        aria-label={props.label}
        className="block size-3 rounded-full bg-ink-2 transition-colors duration-100 hover:bg-ink"
      />
    </Slider.Root>
  )
}
