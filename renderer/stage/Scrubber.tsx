import { Slider } from 'radix-ui'
import { strings } from '../strings'
import { useAppWindow, useStage } from '../window/app-window-context'
import { isSliderKey } from './stage-keys'
import { timecode } from './timecode'

/** The position in the clip; dragging shows every frame under the pointer. */
export function Scrubber({ frames, fps }: { readonly frames: number; readonly fps: number }) {
  const frame = useStage((state) => state.frame)
  const { stage } = useAppWindow()
  return (
    <Slider.Root
      value={[frame]}
      min={0}
      // A clip of one frame has nowhere to go, but the slider needs a length.
      max={Math.max(1, frames - 1)}
      step={1}
      onValueChange={([value]) => {
        if (value !== undefined) stage.getState().seek(value)
      }}
      // The panel's own keys move by frames and stop the clip; the slider's would do the same by halves.
      onKeyDown={(event) => {
        if (isSliderKey(event.key)) event.preventDefault()
      }}
      className="relative flex h-7 min-w-0 grow touch-none items-center"
    >
      <Slider.Track className="relative h-0.5 grow bg-surface-4">
        <Slider.Range className="absolute h-full bg-accent" />
      </Slider.Track>
      <Slider.Thumb
        aria-label={strings.stage.scrub}
        aria-valuetext={timecode(frame, fps)}
        className="block h-3.5 w-0.5 bg-accent focus-visible:outline-offset-2"
      />
    </Slider.Root>
  )
}
