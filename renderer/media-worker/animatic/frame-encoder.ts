import { EncodedPacket } from 'mediabunny'
import { animaticFps } from '../../../shared/media'
import type { Size } from '../size'
import { codecString, type FilmCodec } from './codec-string'

/** Frames waiting in an encoder: enough to keep it busy, few enough to be dropped within 200 ms at 4K. */
const longestQueue = 4
/** What `Planes` hold, and what editing programs take HD for. */
const colorSpace = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const

/** What to encode with. */
export interface EncoderOptions {
  readonly codec: FilmCodec
  readonly size: Size
  /** Bits a second. */
  readonly bitrate: number
  readonly onPacket: (packet: EncodedPacket, meta: EncodedVideoChunkMetadata | undefined) => void
}

/** How one frame is coded. */
export interface FrameOptions {
  readonly isKey: boolean
  /** How many times the bitrate it may take. */
  readonly share: number
}

/** Encodes frames one after the other. */
export interface FrameEncoder extends Disposable {
  /** Takes a frame in I420, which may be overwritten afterwards; settles when there is room for the next. */
  readonly add: (data: Uint8Array<ArrayBuffer>, frame: number, options: FrameOptions) => Promise<void>
  /** Settles when all packets are out. */
  readonly flush: () => Promise<void>
}

/**
 * Opens an encoder. Any failure, also that there is none of this codec, is thrown by the next `add` or `flush`.
 *
 * It is not mediabunny's own because that one cannot change its bitrate. Chromium's H.264 encoder without that opens
 * with a coarse first frame (2 to 3 dB worse), and falls back to it at every key frame, which is seen as a pulse.
 */
export function openFrameEncoder({ codec, size, bitrate, onPacket }: EncoderOptions): FrameEncoder {
  const failed = Promise.withResolvers<never>()
  // Whoever waits for the encoder gets the failure; nobody may be waiting just then.
  failed.promise.catch(() => undefined)
  const encoder = new VideoEncoder({
    output: (chunk, meta) => onPacket(EncodedPacket.fromEncodedChunk(chunk), meta),
    error: failed.reject,
  })

  let configured = 0

  function configure(share: number): void {
    if (share === configured) return
    configured = share
    encoder.configure({
      codec: codecString(codec, size),
      width: size.width,
      height: size.height,
      framerate: animaticFps,
      bitrateMode: 'variable',
      bitrate: Math.round(bitrate * share),
    })
  }

  async function waitForRoom(): Promise<void> {
    while (encoder.encodeQueueSize >= longestQueue) {
      const dequeued = Promise.withResolvers<Event>()
      encoder.addEventListener('dequeue', dequeued.resolve, { once: true })
      await Promise.race([dequeued.promise, failed.promise])
    }
  }

  return {
    async add(data, frame, { isKey, share }) {
      configure(share)
      const videoFrame = new VideoFrame(data, {
        format: 'I420',
        codedWidth: size.width,
        codedHeight: size.height,
        timestamp: Math.round((frame / animaticFps) * 1e6),
        duration: Math.round(1e6 / animaticFps),
        colorSpace,
      })
      encoder.encode(videoFrame, { keyFrame: isKey })
      videoFrame.close()
      await waitForRoom()
    },
    flush: async () => await Promise.race([encoder.flush(), failed.promise]),
    [Symbol.dispose]: () => {
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}
