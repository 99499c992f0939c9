import type { Page } from '@playwright/test'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny'

/** What a clip's file says of itself, read packet by packet. */
export interface ClipFacts {
  readonly codec: string | null
  readonly width: number
  readonly height: number
  readonly durationS: number
  readonly packets: number
  /** Sum of the packets' bytes: 0 for a packet means a hole. */
  readonly emptyPackets: number
  readonly audioTracks: number
}

/** Reads every packet of a clip in Node, without any decoder. @throws when one cannot be read. */
export async function readClip(path: string): Promise<ClipFacts> {
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error(`${path} has no picture`)
  let packets = 0
  let emptyPackets = 0
  for await (const packet of new EncodedPacketSink(track).packets()) {
    packets += 1
    if (packet.data.byteLength === 0) emptyPackets += 1
  }
  return {
    codec: await track.getCodec(),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    durationS: await input.computeDuration(),
    packets,
    emptyPackets,
    audioTracks: (await input.getAudioTracks()).length,
  }
}

/** Plays a clip in the page from start to end, as fast as it plays, and tells how that went. */
export function playToEnd(
  page: Page,
  id: string,
): Promise<{ ended: boolean; error: string | null; frames: number }> {
  return page.evaluate(
    (clipId) =>
      new Promise<{ ended: boolean; error: string | null; frames: number }>((resolve) => {
        const video = document.createElement('video')
        const tell = (ended: boolean) =>
          resolve({
            ended,
            error: video.error?.message ?? null,
            frames: video.getVideoPlaybackQuality().totalVideoFrames,
          })
        video.muted = true
        video.addEventListener('ended', () => tell(true), { once: true })
        video.addEventListener('error', () => tell(false), { once: true })
        video.src = `/media/${clipId}`
        void video.play()
      }),
    id,
  )
}

/**
 * How near the frame shown at `timeS` comes to a still, dB: both drawn by Chromium at the clip's size, the still
 * scaled to cover and cut at its centre.
 */
export function framePsnr(page: Page, clipId: string, timeS: number, stillId: string): Promise<number> {
  return page.evaluate(
    async ([clip, time, still]) => {
      const video = document.createElement('video')
      video.muted = true
      video.src = `/media/${clip}`
      await new Promise((resolve, reject) => {
        video.addEventListener('loadeddata', resolve, { once: true })
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true })
      })
      await new Promise((resolve) => {
        video.addEventListener('seeked', resolve, { once: true })
        video.currentTime = time
      })
      const { videoWidth: width, videoHeight: height } = video
      const picture = await createImageBitmap(await (await fetch(`/still/${still}`)).blob())
      const pixels = (source: CanvasImageSource, w: number, h: number) => {
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
        if (!context) throw new Error('no canvas')
        context.imageSmoothingQuality = 'high'
        const scale = Math.max(width / w, height / h)
        context.drawImage(source, (width - w * scale) / 2, (height - h * scale) / 2, w * scale, h * scale)
        return context.getImageData(0, 0, width, height).data
      }
      const shown = pixels(video, width, height)
      const wanted = pixels(picture, picture.width, picture.height)
      let sum = 0
      for (let i = 0; i < shown.length; i += 4) {
        for (let c = 0; c < 3; c += 1) sum += ((shown[i + c] ?? 0) - (wanted[i + c] ?? 0)) ** 2
      }
      return 10 * Math.log10(255 ** 2 / (sum / ((shown.length / 4) * 3)))
    },
    [clipId, timeS, stillId] as const,
  )
}
