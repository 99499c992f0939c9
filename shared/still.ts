/** Picture formats the library stores. */
export const stillTypes = ['png', 'jpeg', 'webp', 'avif'] as const
export type StillType = (typeof stillTypes)[number]

/** Largest still file, bytes: design/reliability.md, "Security". */
export const maxStillBytes = 100_000_000
/** Largest still area, pixels: a decoded RGBA picture of this size already takes 400 MB. */
export const maxStillPixels = 100_000_000
/** Longest still side, pixels: beyond it GPUs refuse textures. */
export const maxStillSide = 20_000
