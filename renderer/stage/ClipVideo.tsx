import { useEffect, useRef } from 'react'
import type { Clip } from '../../shared/clip-schema'
import { useAppWindow, useStage } from '../window/app-window-context'
import { createPlayer } from './player'

/** The picture of a clip. One element per clip: nothing of the one before can be seen. */
export function ClipVideo({ clip }: { readonly clip: Clip }) {
  const { stage } = useAppWindow()
  const muted = useStage((state) => state.muted)
  const ref = useRef<HTMLVideoElement>(null)
  const { id } = clip
  const { durationS, fps } = clip.media

  useEffect(() => {
    const video = ref.current
    if (!video) return
    const { attach, detach, setFrame, setRate } = stage.getState()
    const player = createPlayer({
      video,
      media: { durationS, fps },
      isLooping: () => stage.getState().loop,
      onFrame: setFrame,
      onRate: setRate,
      nextTick: (run) => requestAnimationFrame(run),
      cancelTick: (handle) => cancelAnimationFrame(handle),
    })
    attach(player)
    return () => {
      player.stop()
      detach(player)
    }
  }, [stage, durationS, fps])

  const onError = async () => {
    // The element does not say why: the answer to the first byte does.
    const answer = await fetch(`/media/${id}`, { headers: { range: 'bytes=0-0' } }).catch(() => null)
    stage.getState().broken(answer?.ok ? 'undecodable' : 'missing')
  }

  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- clips have no captions to show
    <video
      ref={ref}
      src={`/media/${id}`}
      aria-label={clip.title}
      preload="auto"
      playsInline
      disablePictureInPicture
      muted={muted}
      onLoadedData={() => stage.getState().ready()}
      onError={() => void onError()}
      onClick={() => stage.getState().toggle()}
      className="size-full object-contain"
    />
  )
}
