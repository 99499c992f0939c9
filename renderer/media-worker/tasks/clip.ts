import {
  EncodedPacketSink,
  VideoSampleSink,
  type InputTrack,
  type InputVideoTrack,
  type VideoCodec,
} from 'mediabunny'
import { AppError } from '../../../shared/error'
import type { MediaResultOf } from '../../../shared/media-schema'
import { codecName } from '../../codec-name'
import { damagedClip, readMedia, withClip, type OpenClip } from '../clip-file'
import type { TaskContext } from './context'

/**
 * Most seconds that the container may promise beyond its last packet. Containers round to a frame or two, and count a
 * sound track's padding.
 */
const missingS = 1

/** Reads what a clip is, and proves that it is there to its end and that its first frame decodes. */
export async function readClip(context: TaskContext): Promise<MediaResultOf<'clip'>> {
  return await withClip(context, async (clip) => {
    await assertDecodable(clip.track)
    for (const track of await clip.input.getTracks()) await assertWhole(track)
    await assertPromiseKept(clip)
    await assertFirstFrame(clip.track)
    return { kind: 'clip', media: await readMedia(clip) }
  })
}

async function assertDecodable(track: InputVideoTrack): Promise<void> {
  if (await track.canDecode()) return
  const codec = await track.getCodec()
  const id = await track.getInternalCodecId()
  const name = codec ? refusedName(codec) : `an unknown codec (${String(id)})`
  const message = `This clip is coded in ${name}, which cannot be played here. Save it as H.264 MP4 and try again.`
  throw new AppError('not-decodable', message, `codec ${String(codec)}, ${String(id)}`)
}

/** ProRes is only ever refused, so the names of what plays do not have it. */
function refusedName(codec: VideoCodec): string {
  return codec === 'prores' ? 'Apple ProRes' : codecName(codec)
}

/**
 * Proves that a track's last packets lie in the file: from the last one shown to the last one stored, for with B-frames
 * these are not the same. What is missing from the file reads as null.
 */
async function assertWhole(track: InputTrack): Promise<void> {
  const sink = new EncodedPacketSink(track)
  const metadataOnly = { metadataOnly: true }
  let listed = await sink.getPacket(Number.POSITIVE_INFINITY, metadataOnly)
  if (!listed && track.isVideoTrack()) throw damagedClip('no packets')
  while (listed) {
    const packet = await sink.getPacket(listed.timestamp)
    if (!packet) throw damagedClip(`the ${track.type} at ${listed.timestamp} s is missing`)
    // A download that was given up leaves zeros where its end should be.
    if (packet.data.every((byte) => byte === 0)) throw damagedClip(`zeros at ${packet.timestamp} s`)
    listed = await sink.getNextPacket(listed, metadataOnly)
  }
}

/** A recording that ends too early may be well-formed; only its own header tells. */
async function assertPromiseKept({ track }: OpenClip): Promise<void> {
  const promised = await track.getDurationFromMetadata()
  const found = await track.computeDuration()
  if (promised !== null && promised - found > missingS) {
    throw damagedClip(`${found.toFixed(2)} of ${promised.toFixed(2)} s are there`)
  }
}

async function assertFirstFrame(track: InputVideoTrack): Promise<void> {
  const first = await track.getFirstTimestamp()
  using sample = await new VideoSampleSink(track).getSample(first)
  if (!sample) throw damagedClip('the first frame does not decode')
}
