import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EncodedPacket, InputTrack } from 'mediabunny'
import type { Clip } from './plan'

/** What an accepted job asked of its clip. */
export interface AskedClip {
  /** How many rows or columns its shorter side has. */
  readonly tier: '720p' | '1080p' | '4k'
  /** Any `n:m`; the films have five of them, and others come as 16:9. */
  readonly ratio: string
  readonly seconds: number
  readonly audio: boolean
}

const shortSides = { '720p': 720, '1080p': 1080, '4k': 2160 } as const
/** Columns by rows. */
const shapes: Readonly<Record<string, readonly [number, number]>> = {
  '16:9': [16, 9],
  '9:16': [9, 16],
  '1:1': [1, 1],
  '4:3': [4, 3],
  '3:4': [3, 4],
}
/** All films have as many, as the model makes them (reference/providers.md §6.1). */
const framesPerSecond = 24

/** Cuts the clips that jobs ask for from the films of test/fixtures, each when it is first fetched. */
export function createAskedClips(folder: string): (asked: AskedClip) => Clip {
  const cut = new Map<string, Promise<Buffer>>()
  return (asked) => {
    const { tier, ratio, seconds, audio } = asked
    const known = [tier, ratio, seconds, audio].join(' ')
    const source = () => {
      const made = cut.get(known) ?? cutFilm(folder, asked)
      cut.set(known, made)
      return made
    }
    return { contentType: 'video/mp4', source }
  }
}

/** Nothing is encoded: packets are copied until the time is up, from the first again after the last. */
async function cutFilm(folder: string, asked: AskedClip): Promise<Buffer> {
  // Only who fetches a clip needs it.
  const media = await import('mediabunny')
  const target = new media.BufferTarget()
  const output = new media.Output({ format: new media.Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const pictures = new media.EncodedVideoPacketSource('avc')
  const tones = new media.EncodedAudioPacketSource('aac')
  output.addVideoTrack(pictures, { frameRate: framesPerSecond })
  if (asked.audio) output.addAudioTrack(tones)
  await output.start()

  using film = await open(readFileSync(join(folder, filmOf(asked))))
  const shown = there(await film.getPrimaryVideoTrack())
  const picture = { decoderConfig: there(await shown.getDecoderConfig()) }
  for (const packet of repeated(await packetsOf(shown), asked.seconds)) await pictures.add(packet, picture)
  if (asked.audio) {
    using sound = await open(readFileSync(join(folder, 'film-sound.m4a')))
    const heard = there(await sound.getPrimaryAudioTrack())
    const tone = { decoderConfig: there(await heard.getDecoderConfig()) }
    for (const packet of repeated(await packetsOf(heard), asked.seconds)) await tones.add(packet, tone)
  }
  await output.finalize()
  return Buffer.from(there(target.buffer))
}

/** The seconds that a video takes; null when it cannot be read. */
export async function secondsOf(bytes: Uint8Array): Promise<number | null> {
  try {
    using input = await open(bytes)
    return await input.computeDuration()
  } catch {
    return null
  }
}

/** The film's name, which is its size in pixels. */
function filmOf({ tier, ratio }: AskedClip): string {
  const [across, down] = shapes[ratio] ?? [16, 9]
  const unit = shortSides[tier] / Math.min(across, down)
  return `film-${Math.round(across * unit)}x${Math.round(down * unit)}.mp4`
}

async function open(bytes: Uint8Array) {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny')
  return new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
}

async function packetsOf(track: InputTrack): Promise<readonly EncodedPacket[]> {
  const { EncodedPacketSink } = await import('mediabunny')
  const packets: EncodedPacket[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) {
    // What comes before the start is not shown: an encoder's run-up.
    if (packet.timestamp >= 0) packets.push(packet)
  }
  return packets
}

/** The packets one after the other, over and over, that are over when the time is up. */
function* repeated(packets: readonly EncodedPacket[], seconds: number): Generator<EncodedPacket> {
  const round = packets.reduce((end, { timestamp, duration }) => Math.max(end, timestamp + duration), 0)
  if (round === 0) throw new Error('a film without packets')
  for (let from = 0; from < seconds; from += round) {
    for (const packet of packets) {
      const timestamp = from + packet.timestamp
      // A time is a sum of many frames: half a millisecond is none of them.
      if (timestamp + packet.duration < seconds + 0.0005) yield packet.clone({ timestamp })
    }
  }
}

function there<T>(part: T | null): T {
  if (part === null) throw new Error('a film of test/fixtures is not whole')
  return part
}
