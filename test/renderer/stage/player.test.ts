import { expect, test, vi } from 'vitest'
import { createPlayer, type VideoElement } from '../../../renderer/stage/player'

/** A video element without a picture: seeks end, frames come and time ends when the test says so. */
function fakeVideo() {
  const events = new EventTarget()
  const seeks: number[] = []
  let present: VideoFrameRequestCallback | null = null
  const video: VideoElement = {
    ended: false,
    playbackRate: 1,
    get currentTime() {
      return seeks.at(-1) ?? 0
    },
    set currentTime(seconds: number) {
      seeks.push(seconds)
    },
    play: vi.fn(() => Promise.resolve()),
    pause: vi.fn(),
    requestVideoFrameCallback: (callback) => {
      present = callback
      return 1
    },
    cancelVideoFrameCallback: () => void (present = null),
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  }
  return {
    video,
    seeks,
    emit: (type: string) => events.dispatchEvent(new Event(type)),
    present: (mediaTime: number) =>
      // Only the media time is read.
      present?.(0, { mediaTime } as VideoFrameCallbackMetadata),
  }
}

function playerOf(isLooping = false) {
  const fake = fakeVideo()
  const onFrame = vi.fn()
  const onRate = vi.fn()
  const ticks: ((now: number) => void)[] = []
  const player = createPlayer({
    video: fake.video,
    media: { durationS: 4, fps: 24 },
    isLooping: () => isLooping,
    onFrame,
    onRate,
    nextTick: (run) => ticks.push(run),
    cancelTick: (handle) => void ticks.splice(handle - 1, 1),
  })
  return { ...fake, player, onFrame, onRate, tick: (now: number) => ticks.shift()?.(now) }
}

test('a seek goes to the middle of the frame', () => {
  const { player, seeks, onFrame } = playerOf()
  player.seek(10)
  expect(seeks).toEqual([10.5 / 24])
  expect(onFrame).toHaveBeenLastCalledWith(10)
})

test('seeks made while one is under way are gathered: only the last one follows', () => {
  const { player, seeks, emit } = playerOf()
  for (const frame of [1, 2, 3, 50]) player.seek(frame)
  expect(seeks).toEqual([1.5 / 24])
  emit('seeked')
  expect(seeks).toEqual([1.5 / 24, 50.5 / 24])
  emit('seeked')
  expect(seeks).toHaveLength(2)
})

test('no seek leaves the clip', () => {
  const { player, seeks, emit } = playerOf()
  player.seek(Infinity)
  emit('seeked')
  player.seek(-5)
  expect(seeks).toEqual([95.5 / 24, 0.5 / 24])
})

test('while it plays the frames that are seen are told; while it stands they are not', () => {
  const { player, present, onFrame, video } = playerOf()
  player.run(2)
  expect(video.playbackRate).toBe(2)
  present(5 / 24)
  expect(onFrame).toHaveBeenLastCalledWith(5)
  player.run(0)
  present(6 / 24)
  expect(onFrame).toHaveBeenLastCalledWith(5)
})

test('at the end it stands on the last frame; playing again starts at the first', () => {
  const { player, emit, onFrame, onRate, seeks } = playerOf()
  player.run(1)
  emit('ended')
  expect(onFrame).toHaveBeenLastCalledWith(95)
  expect(onRate).toHaveBeenLastCalledWith(0)
  player.run(1)
  expect(seeks).toEqual([0.5 / 24])
})

test('a loop starts again at the end', () => {
  const { player, emit, present, onRate, video } = playerOf(true)
  player.run(1)
  present(95 / 24)
  emit('ended')
  emit('seeked')
  expect(onRate).toHaveBeenCalledExactlyOnceWith(1)
  expect(video.play).toHaveBeenCalledTimes(2)
})

test('playing waits for the last seek wanted: from the one before it the clip might end at once', () => {
  const { player, emit, video } = playerOf()
  player.seek(95)
  player.seek(0)
  player.run(1)
  expect(video.play).not.toHaveBeenCalled()
  emit('seeked')
  expect(video.play).not.toHaveBeenCalled()
  emit('seeked')
  expect(video.play).toHaveBeenCalledOnce()
})

test('backwards it seeks as fast as the clock says, and stands at the first frame', () => {
  const { player, tick, emit, onFrame, onRate } = playerOf()
  player.seek(48)
  emit('seeked')
  player.run(-2)
  tick(1000)
  tick(1500)
  expect(onFrame).toHaveBeenLastCalledWith(24)
  tick(2600)
  expect(onFrame).toHaveBeenLastCalledWith(0)
  expect(onRate.mock.calls).toEqual([[-2], [0]])
})

test('the system may pause it', () => {
  const { player, emit, onRate } = playerOf()
  player.run(1)
  emit('pause')
  expect(onRate).toHaveBeenLastCalledWith(0)
})

test('a clip that cannot play says that it stands', async () => {
  const { player, video, onRate } = playerOf()
  vi.mocked(video.play).mockRejectedValueOnce(new Error('not supported'))
  player.run(1)
  await vi.waitFor(() => expect(onRate).toHaveBeenLastCalledWith(0))
})

test('a stopped player hears nothing more', () => {
  const { player, emit, present, onFrame } = playerOf()
  player.run(1)
  player.stop()
  onFrame.mockClear()
  present(1)
  emit('ended')
  expect(onFrame).not.toHaveBeenCalled()
})
