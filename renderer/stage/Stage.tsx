import { useEffect, useRef } from 'react'
import type { Clip } from '../../shared/clip-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useAppWindow, useStage } from '../window/app-window-context'
import { ClipVideo } from './ClipVideo'
import { stageAction } from './stage-keys'
import { EmptyStage, StageMessage } from './StageMessage'
import { Transport } from './Transport'

/** The picture and its controls. Its keys work while it has the focus. */
export function Stage({ onReveal }: { readonly onReveal: (clip: Clip) => void }) {
  const { stage } = useAppWindow()
  const clip = useStage((state) => state.clip)
  const full = useStage((state) => state.full)
  const isPlayable = useStage((state) => state.status === 'loading' || state.status === 'ready')
  const ref = useRef<HTMLElement>(null)
  useFullScreen()

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a panel that owns keys
    <section
      ref={ref}
      aria-label={strings.stage.label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a panel that owns keys
      tabIndex={0}
      onMouseDown={({ target }) => {
        if (isInside(ref.current, target) && !target.closest('[role=slider]')) {
          ref.current?.focus({ preventScroll: true })
        }
      }}
      onKeyDown={(event) => {
        const { target } = event
        if (!isInside(ref.current, target)) return
        // Space presses a button that was reached by keyboard, as everywhere.
        if (event.key === ' ' && target.closest('button')) return
        const action = clip ? stageAction(event) : null
        if (!action) return
        event.preventDefault()
        action(stage.getState())
      }}
      className={`key-panel flex min-h-0 min-w-0 flex-col bg-surface-0 ${full ? 'fixed inset-0 z-30' : 'relative'}`}
    >
      <div className={`grid min-h-0 grow place-items-center ${full ? '' : 'p-3'}`}>
        {clip ? <ClipView key={clip.id} clip={clip} onReveal={onReveal} /> : <EmptyStage />}
      </div>
      {clip && isPlayable ? <Transport clip={clip} /> : null}
    </section>
  )
}

/** React also hands on the events of open menus, which belong to the stage but do not lie in it. */
function isInside(panel: HTMLElement | null, target: EventTarget): target is Element {
  return target instanceof Element && panel !== null && panel.contains(target)
}

function ClipView({ clip, onReveal }: { readonly clip: Clip; readonly onReveal: (clip: Clip) => void }) {
  const status = useStage((state) => state.status)
  if (status === 'loading' || status === 'ready') {
    return (
      <div className="size-full min-h-0 min-w-0">
        <ClipVideo clip={clip} />
      </div>
    )
  }
  const { missing, missingHint, undecodable, undecodableHint, reveal } = strings.stage
  const isMissing = status === 'missing'
  return (
    <StageMessage
      alert
      title={isMissing ? missing : undecodable}
      hint={isMissing ? missingHint : undecodableHint}
    >
      <Button onClick={() => onReveal(clip)}>{reveal}</Button>
    </StageMessage>
  )
}

/** Covers the window, and the screen where the system lets it; Escape and the system's own ways lead back. */
function useFullScreen() {
  const full = useStage((state) => state.full)
  const setFull = useStage((state) => state.setFull)
  useEffect(() => {
    if (!full) return
    // Refused by a permission or a test display: the picture still fills the window.
    document.documentElement.requestFullscreen().catch(() => undefined)
    const onChange = () => {
      if (!document.fullscreenElement) setFull(false)
    }
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setFull(false)
    }
    document.addEventListener('fullscreenchange', onChange)
    window.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      window.removeEventListener('keydown', onKey)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [full, setFull])
}
