import { BufferTarget, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny'
import { AppError } from '../../../shared/error'
import { animaticFps } from '../../../shared/media'
import { codecName } from '../../codec-name'
import { throwIfAborted } from '../abort'
import type { Report } from '../progress'
import type { Size } from '../size'
import { filmCodecs, type FilmCodec } from './codec-string'
import { openFrameEncoder } from './frame-encoder'

/** Frames from one key frame to the next: two seconds, so that a player steps backwards without a pause. */
const keyFrameEvery = 2 * animaticFps
/** Key frames get this many times the bits, so that they are no worse than the frames around them. */
const keyFrameShare = 3

/** What is encoded. */
export interface Film {
  readonly size: Size
  readonly frames: number
  /** Bits a second. */
  readonly bitrate: number
  /** Paints a frame in I420 into a buffer of its own, which the next call may overwrite. Called in order, from 0. */
  readonly paint: (frame: number) => Uint8Array<ArrayBuffer>
  /** How many times the bitrate a frame may take. */
  readonly share: (frame: number) => number
}

/** An MP4 file, its index at the front. */
export interface Encoded {
  readonly file: Uint8Array<ArrayBuffer>
  /** Says what was used where it is not H.264. */
  readonly remark: string | undefined
}

/**
 * Encodes a film with the best codec that this computer has; one that is missing or breaks off gives way to the next.
 * Throws `media-failed` or `cancelled`.
 */
export async function encodeFilm(film: Film, report: Report, signal: AbortSignal): Promise<Encoded> {
  const failures: string[] = []
  for (const codec of filmCodecs) {
    try {
      const file = await encodeWith(codec, film, report, signal)
      const remark =
        codec === 'avc' ? undefined : `Coded in ${codecName(codec)}: H.264 cannot be made on this computer.`
      return { file, remark }
    } catch (error) {
      throwIfAborted(signal)
      failures.push(`${codec}: ${String(error)}`)
    }
  }
  const message = 'No video encoder on this computer could make the clip. A smaller resolution may work.'
  throw new AppError('media-failed', message, failures.join('\n'))
}

async function encodeWith(
  codec: FilmCodec,
  { size, frames, bitrate, paint, share }: Film,
  report: Report,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const track = new EncodedVideoPacketSource(codec)
  // Snaps the encoder's whole microseconds to the frame rate.
  output.addVideoTrack(track, { frameRate: animaticFps })
  await output.start()

  let encoded = 0
  let muxed = Promise.resolve()
  using encoder = openFrameEncoder({
    codec,
    size,
    bitrate,
    onPacket(packet, meta) {
      muxed = muxed.then(() => track.add(packet, meta))
      encoded += 1
      report(encoded / frames)
    },
  })
  for (let frame = 0; frame < frames; frame += 1) {
    throwIfAborted(signal)
    const isKey = frame % keyFrameEvery === 0
    await encoder.add(paint(frame), frame, { isKey, share: isKey ? keyFrameShare : share(frame) })
  }
  await encoder.flush()
  await muxed
  await output.finalize()
  if (!target.buffer || encoded < frames) throw new Error(`${encoded} of ${frames} frames came out`)
  return new Uint8Array(target.buffer)
}
