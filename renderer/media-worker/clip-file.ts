import { Input, MATROSKA, MP4, QTFF, UrlSource, WEBM, type InputVideoTrack, type Source } from 'mediabunny'
import type { ClipMedia } from '../../shared/clip-schema'
import { AppError } from '../../shared/error'
import { rejectOnAbort } from './abort'
import type { TaskContext } from './tasks/context'

/** A clip that is open for reading. */
export interface OpenClip {
  readonly input: Input
  /** The picture. */
  readonly track: InputVideoTrack
}

/**
 * The containers that are read. SECURITY: not `ALL_FORMATS`, which holds playlists: those would have us fetch what they
 * name.
 */
const formats = [MP4, QTFF, WEBM, MATROSKA]

/**
 * Opens the task's input `clip`, works on it and closes it, also when the task is cancelled.
 *
 * Throws `damaged`, `unknown-type`, `unreadable` or what `work` throws as an `AppError`; any other failure of reading or
 * decoding counts as `damaged`.
 */
export async function withClip<T>(
  { files, signal }: TaskContext,
  work: (clip: OpenClip) => Promise<T>,
): Promise<T> {
  const source = new UrlSource(files.url('clip'), {
    fetchFn: fetchOrFail,
    // The file lies on this computer: what fails once fails again.
    getRetryDelay: () => null,
  })
  return await withSource(source, signal, work)
}

/** The same for any source of bytes. */
export async function withSource<T>(
  source: Source,
  signal: AbortSignal,
  work: (clip: OpenClip) => Promise<T>,
): Promise<T> {
  using input = new Input({ source, formats })
  try {
    return await rejectOnAbort(
      openTrack(input).then((track) => work({ input, track })),
      signal,
    )
  } catch (error) {
    if (error instanceof AppError) throw error
    throw damagedClip(String(error))
  }
}

/** What is said of a clip that does not read or decode to its end. */
export function damagedClip(details: string): AppError {
  return new AppError('damaged', 'This clip is damaged or incomplete: it cannot be read to its end.', details)
}

/** Packets that tell a clip's rate: mediabunny calls 256 the fewest for a sure answer. */
const probedPackets = 256

/** What the container and its first packets say of a clip. */
export async function readMedia({ input, track }: OpenClip): Promise<ClipMedia> {
  const codec = await track.getCodec()
  return {
    durationS: await input.computeDuration(),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    fps: await readRate(track),
    codec: codec ?? 'unknown',
    hasAudio: (await input.getPrimaryAudioTrack()) !== null,
  }
}

/** The steady rate, or the average where there is none. */
async function readRate(track: InputVideoTrack): Promise<number> {
  const rate = await track.computeFrameRateMetrics({ targetPacketCount: probedPackets })
  // A single frame looks steady at any rate.
  if (rate.underlyingFrameRate !== null && rate.probedPacketCount > 1) return rate.underlyingFrameRate
  return (await track.computePacketStats(probedPackets)).averagePacketRate
}

async function openTrack(input: Input): Promise<InputVideoTrack> {
  if (!(await input.canRead())) throw damagedClip('the container cannot be read')
  const track = await input.getPrimaryVideoTrack()
  if (track) return track
  if ((await input.getTracks()).length === 0) throw damagedClip('the container lists nothing')
  throw new AppError('unknown-type', 'There is no picture in this file.')
}

async function fetchOrFail(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  if (response.ok) return response
  throw new AppError('unreadable', 'The file could not be read.', `GET clip answered ${response.status}`)
}
