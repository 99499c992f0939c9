import type { VideoCodec } from 'mediabunny'

const names: Readonly<Record<VideoCodec, string>> = {
  avc: 'H.264',
  hevc: 'HEVC (H.265)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'Apple ProRes',
}

/** What people call a codec. */
export function codecName(codec: VideoCodec): string {
  return names[codec]
}
