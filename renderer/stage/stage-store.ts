import { createStore, type StoreApi } from 'zustand'
import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'
import type { SlotName } from '../../shared/recipe'
import type { Placement } from '../composer/placement'
import { strings } from '../strings'
import type { Player } from './player'
import { nextRate } from './shuttle'
import { timeOfFrame } from './timecode'

/** Whether the clip can be seen. */
export type StageStatus = 'loading' | 'ready' | 'missing' | 'undecodable'

export interface StageState {
  readonly clip: Clip | null
  readonly status: StageStatus
  readonly frame: number
  /** 0 stands, 1 plays, more is faster, negative is backwards. */
  readonly rate: number
  readonly loop: boolean
  readonly muted: boolean
  readonly full: boolean
  /** Puts a clip on the stage, on its first frame; `play` runs it once. */
  readonly show: (clip: Clip, play: boolean) => void
  /** The video element of the clip is there. */
  readonly attach: (player: Player) => void
  readonly detach: (player: Player) => void
  readonly ready: () => void
  readonly broken: (status: 'missing' | 'undecodable') => void
  readonly setFrame: (frame: number) => void
  readonly setRate: (rate: number) => void
  readonly play: () => void
  readonly toggle: () => void
  readonly shuttle: (key: 'j' | 'k' | 'l') => void
  readonly seek: (frame: number) => void
  /** Moves by frames and stands there. */
  readonly step: (frames: number) => void
  readonly toggleLoop: () => void
  readonly toggleMuted: () => void
  readonly setFull: (full: boolean) => void
  /** Stores the frame that is seen, into a slot or the first free one. */
  readonly grab: (slot?: SlotName) => Promise<void>
  /** Puts the clip into the composer, to be extended. */
  readonly extend: () => void
}

/** What the stage shows and how it plays. */
export function createStageStore(deps: {
  readonly placeFrame: (clip: ClipId, timeS: number, target?: SlotName) => Promise<Placement | null>
  readonly extend: (clip: Clip) => void
  readonly tell: (message: string) => void
}): StoreApi<StageState> {
  let player: Player | null = null
  let playWhenReady = false
  let grabbing = false

  return createStore<StageState>((set, get) => {
    /** The player, once there is a picture: before that a seek would be lost and never answered. */
    const seen = () => (get().status === 'ready' ? player : null)

    return {
      clip: null,
      status: 'loading',
      frame: 0,
      rate: 0,
      loop: false,
      muted: false,
      full: false,

      show: (clip, play) => {
        if (get().clip?.id === clip.id) {
          set({ clip })
          if (play) get().play()
          return
        }
        playWhenReady = play
        set({ clip, status: 'loading', frame: 0, rate: 0 })
      },
      attach: (attached) => {
        player = attached
        // The same clip again in a new element, after the stage was put away: nothing can be sought in it yet.
        set({ status: 'loading', rate: 0 })
      },
      detach: (detached) => {
        if (player === detached) player = null
      },
      ready: () => {
        set({ status: 'ready' })
        const { frame } = get()
        if (frame > 0) player?.seek(frame)
        if (playWhenReady) player?.run(1)
        playWhenReady = false
      },
      broken: (status) => set({ status, rate: 0 }),
      setFrame: (frame) => set({ frame }),
      setRate: (rate) => set({ rate }),

      play: () => {
        if (get().status === 'ready') player?.run(1)
        else playWhenReady = true
      },
      toggle: () => seen()?.run(get().rate === 0 ? 1 : 0),
      shuttle: (key) => seen()?.run(nextRate(get().rate, key)),
      seek: (frame) => seen()?.seek(frame),
      step: (frames) => {
        seen()?.run(0)
        seen()?.seek(get().frame + frames)
      },
      toggleLoop: () => set(({ loop }) => ({ loop: !loop })),
      toggleMuted: () => set(({ muted }) => ({ muted: !muted })),
      setFull: (full) => set({ full }),

      extend: () => {
        const { clip } = get()
        if (clip) deps.extend(clip)
      },
      grab: async (slot) => {
        const { clip, status, frame } = get()
        if (!clip || status !== 'ready' || grabbing) return
        grabbing = true
        player?.run(0)
        const placement = await deps.placeFrame(clip.id, timeOfFrame(frame, clip.media.fps), slot)
        grabbing = false
        if (!placement) return
        const [filled] = placement.filled
        deps.tell(filled ? strings.stage.grabbed(strings.slots.title[filled]) : strings.stage.grabbedFull)
      },
    }
  })
}
