import {
  ChevronDown,
  FastForward,
  ImageDown,
  Maximize,
  Minimize,
  Pause,
  Play,
  Repeat,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react'
import type { Clip } from '../../shared/clip-schema'
import type { SlotName } from '../../shared/recipe'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, MenuItem } from '../ui/Menu'
import { Tip } from '../ui/Tip'
import { useAppWindow, useStage } from '../window/app-window-context'
import { Scrubber } from './Scrubber'
import { frameCount, timecode } from './timecode'

/** The controls under the picture. A press with the mouse leaves the keys with the stage. */
export function Transport({ clip }: { readonly clip: Clip }) {
  const { fps, durationS, hasAudio } = clip.media
  const ready = useStage((state) => state.status === 'ready')
  const frames = frameCount(durationS, fps)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps the focus where it is
    <div
      onMouseDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button')) event.preventDefault()
      }}
      className="@container flex h-10 shrink-0 items-center gap-1 border-y border-line bg-surface-1 px-2"
    >
      <fieldset disabled={!ready} className="flex min-w-0 grow items-center gap-1">
        <StepButtons />
        <Timecodes fps={fps} frames={frames} />
        <LoopButton />
        {hasAudio ? <MuteButton /> : null}
        <GrabButton />
        <ExtendButton />
      </fieldset>
      <FullButton />
    </div>
  )
}

function StepButtons() {
  const { stage } = useAppWindow()
  const rate = useStage((state) => state.rate)
  return (
    <>
      <IconButton
        icon={StepBack}
        label={strings.stage.previousFrame}
        keys="left"
        onClick={() => stage.getState().step(-1)}
      />
      <IconButton
        icon={rate === 0 ? Play : Pause}
        label={rate === 0 ? strings.stage.play : strings.stage.pause}
        keys="space"
        onClick={() => stage.getState().toggle()}
      />
      <IconButton
        icon={StepForward}
        label={strings.stage.nextFrame}
        keys="right"
        onClick={() => stage.getState().step(1)}
      />
    </>
  )
}

function Timecodes({ fps, frames }: { readonly fps: number; readonly frames: number }) {
  const frame = useStage((state) => state.frame)
  const rate = useStage((state) => state.rate)
  return (
    <>
      <span role="timer" aria-label={strings.stage.time} className="ml-1.5 font-mono text-small">
        {timecode(frame, fps)}
      </span>
      <span className="mx-2.5 flex min-w-16 grow">
        <Scrubber frames={frames} fps={fps} />
      </span>
      {rate === 0 || rate === 1 ? null : (
        <span className="mr-1 font-mono text-small text-ink-2">{strings.stage.rate(rate)}</span>
      )}
      <span
        aria-label={strings.stage.duration}
        role="note"
        className="mr-1.5 font-mono text-small text-ink-3 @max-lg:hidden"
      >
        {timecode(frames, fps)}
      </span>
    </>
  )
}

function LoopButton() {
  const { stage } = useAppWindow()
  const loop = useStage((state) => state.loop)
  return (
    <IconButton
      icon={Repeat}
      label={strings.stage.loop}
      keys="R"
      aria-pressed={loop}
      className={loop ? 'bg-surface-3 text-ink' : ''}
      onClick={() => stage.getState().toggleLoop()}
    />
  )
}

function MuteButton() {
  const { stage } = useAppWindow()
  const muted = useStage((state) => state.muted)
  return (
    <IconButton
      icon={muted ? VolumeX : Volume2}
      label={muted ? strings.stage.unmute : strings.stage.mute}
      keys="M"
      onClick={() => stage.getState().toggleMuted()}
    />
  )
}

function GrabButton() {
  const { stage } = useAppWindow()
  const grab = (slot?: SlotName) => void stage.getState().grab(slot)
  const words = strings.stage
  return (
    <span className="flex items-center">
      <Tip label={words.grabFree} keys="shift+S">
        <Button look="quiet" className="px-2" onClick={() => grab()}>
          <ImageDown size={16} strokeWidth={1.75} aria-hidden />
          <span className="@max-xl:sr-only">{words.grab}</span>
        </Button>
      </Tip>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            aria-label={words.grabMenu}
            className="grid h-7 w-5 place-items-center rounded-md text-ink-2 enabled:hover:bg-surface-3 enabled:hover:text-ink disabled:text-ink-3 disabled:opacity-50"
          >
            <ChevronDown size={13} aria-hidden />
          </button>
        }
      >
        <MenuItem text={words.grabFree} keys="shift+S" onSelect={() => grab()} />
        <MenuItem text={words.grabFirst} keys="shift+F" onSelect={() => grab('first')} />
        <MenuItem text={words.grabLast} keys="shift+L" onSelect={() => grab('last')} />
      </Menu>
    </span>
  )
}

function ExtendButton() {
  const { stage } = useAppWindow()
  return (
    <Tip label={strings.stage.extendTip} keys="E">
      <Button look="quiet" className="px-2" onClick={() => stage.getState().extend()}>
        <FastForward size={16} strokeWidth={1.75} aria-hidden />
        <span className="@max-xl:sr-only">{strings.source.extend}</span>
      </Button>
    </Tip>
  )
}

function FullButton() {
  const { stage } = useAppWindow()
  const full = useStage((state) => state.full)
  return (
    <IconButton
      icon={full ? Minimize : Maximize}
      label={full ? strings.stage.leaveFullScreen : strings.stage.fullScreen}
      keys="F"
      onClick={() => stage.getState().setFull(!full)}
    />
  )
}
