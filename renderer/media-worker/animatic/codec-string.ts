import type { Size } from '../size'

/** Codecs an animatic may have, best first: H.264 opens in every editing program. */
export const filmCodecs = ['avc', 'vp9', 'av1'] as const
export type FilmCodec = (typeof filmCodecs)[number]

/**
 * H.264 levels for 24 frames a second: largest frame in macroblocks (ITU-T H.264, table A-1) and the level times ten.
 * Level 3.1 takes 1280 x 720, 4.0 1920 x 1080, 5.1 3840 x 2160.
 */
const avcLevels = [
  { macroblocks: 3600, level: 31 },
  { macroblocks: 8192, level: 40 },
  { macroblocks: 36_864, level: 51 },
] as const

/** The codec in the words of WebCodecs: H.264 High, VP9 profile 0 or AV1 Main, each with 8 bits. */
export function codecString(codec: FilmCodec, { width, height }: Size): string {
  switch (codec) {
    case 'avc': {
      const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
      const level = avcLevels.find((entry) => macroblocks <= entry.macroblocks)?.level ?? 52
      return `avc1.6400${level.toString(16)}`
    }
    // Level 5.1 of both takes every size here, and no decoder that plays them asks for less.
    case 'vp9':
      return 'vp09.00.51.08'
    case 'av1':
      return 'av01.0.13M.08'
  }
}
