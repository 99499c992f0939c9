import type { VideoCodec } from 'mediabunny'

const names: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC (H.265)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
} satisfies Record<Exclude<VideoCodec, 'prores'>, string>

/** What people call a codec that Chromium may play; any other keeps its short name. */
export function codecName(codec: string): string {
  return names[codec] ?? codec
}
