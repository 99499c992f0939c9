import { clampFrame, frameAt, frameCount, timeOfFrame } from './timecode'

/** The parts of a `<video>` the player uses. */
export type VideoElement = Pick<
  HTMLVideoElement,
  | 'play'
  | 'pause'
  | 'ended'
  | 'currentTime'
  | 'playbackRate'
  | 'requestVideoFrameCallback'
  | 'cancelVideoFrameCallback'
  | 'addEventListener'
  | 'removeEventListener'
>

/** One clip in a video element, counted in frames. */
export interface Player {
  readonly frames: number
  /** Plays at a speed; backwards when negative, stands still at 0. At the end it starts again from the other side. */
  readonly run: (rate: number) => void
  readonly seek: (frame: number) => void
  readonly stop: () => void
}

/**
 * Drives a video element by frames. `onFrame` tells which frame is seen, `onRate` how fast it goes (0 when it stands).
 * `isLooping` is asked at the end of the clip. Seeks made while one is under way are gathered: only the last one counts.
 */
export function createPlayer(deps: {
  readonly video: VideoElement
  readonly media: { readonly durationS: number; readonly fps: number }
  readonly isLooping: () => boolean
  readonly onFrame: (frame: number) => void
  readonly onRate: (rate: number) => void
  /** `requestAnimationFrame` and its opposite; times in milliseconds. */
  readonly nextTick: (run: (nowMs: number) => void) => number
  readonly cancelTick: (handle: number) => void
}): Player {
  const { video } = deps
  const { durationS, fps } = deps.media
  const frames = frameCount(durationS, fps)
  const last = frames - 1
  let frame = 0
  let rate = 0
  let seeking: number | null = null
  let wanted: number | null = null
  let tick: number | null = null

  const setFrame = (next: number) => {
    frame = next
    deps.onFrame(next)
  }
  const setRate = (next: number) => {
    if (next === rate) return
    rate = next
    deps.onRate(next)
  }
  const stopBackwards = () => {
    if (tick !== null) deps.cancelTick(tick)
    tick = null
  }
  const seek = (to: number) => {
    const target = clampFrame(to, frames)
    setFrame(target)
    if (seeking !== null) {
      wanted = target
      return
    }
    seeking = target
    video.currentTime = timeOfFrame(target, fps)
  }
  const play = () => {
    // Playing is refused when the clip cannot be decoded or was taken away; the element's own error tells of it.
    video.play().catch(() => setRate(0))
  }
  const onSeeked = () => {
    seeking = null
    const next = wanted
    wanted = null
    if (next !== null) return seek(next)
    if (rate > 0) play()
  }
  const onEnded = () => {
    if (rate <= 0) return
    if (deps.isLooping()) return run(rate)
    setFrame(last)
    setRate(0)
  }

  // Media keys and the system stop a video without asking.
  const onPause = () => {
    if (rate > 0 && !video.ended) setRate(0)
  }

  const runBackwards = (speed: number) => {
    let startMs: number | null = null
    const startFrame = frame
    const step = (nowMs: number) => {
      startMs ??= nowMs
      const to = startFrame - Math.floor(((nowMs - startMs) / 1000) * fps * speed)
      if (to <= 0) {
        seek(0)
        tick = null
        if (deps.isLooping()) run(-speed)
        else setRate(0)
        return
      }
      if (to !== frame) seek(to)
      tick = deps.nextTick(step)
    }
    tick = deps.nextTick(step)
  }
  const run = (next: number) => {
    stopBackwards()
    setRate(next)
    if (next <= 0) video.pause()
    if (next > 0) {
      if (frame >= last) seek(0)
      video.playbackRate = next
      // A seek under way may not be the last one wanted: playing from there could reach the end before it.
      if (seeking === null) play()
    }
    if (next < 0) {
      if (frame <= 0) seek(last)
      runBackwards(-next)
    }
  }

  let presented = video.requestVideoFrameCallback(function onPresented(_now, { mediaTime }) {
    if (rate > 0 && seeking === null) setFrame(frameAt(mediaTime, fps, frames))
    presented = video.requestVideoFrameCallback(onPresented)
  })
  video.addEventListener('seeked', onSeeked)
  video.addEventListener('ended', onEnded)
  video.addEventListener('pause', onPause)

  return {
    frames,
    run,
    seek: (to) => {
      // A clip that plays goes on from there; backwards running is a row of seeks and would fight this one.
      if (rate < 0) run(0)
      seek(to)
    },
    stop: () => {
      stopBackwards()
      video.cancelVideoFrameCallback(presented)
      video.removeEventListener('seeked', onSeeked)
      video.removeEventListener('ended', onEnded)
      video.removeEventListener('pause', onPause)
      video.pause()
    },
  }
}
