/** One picture in one frame. Frames are lists of layers, the lowest first; the lowest always covers fully. */
export interface Layer {
  /** Index of the picture. */
  readonly picture: number
  /** Size relative to the picture's centre-cover crop, about the centre; never below 1. */
  readonly scale: number
  /** 0 to 1. */
  readonly alpha: number
}

/** How far a picture on its own, or one of two, is pushed: visible within a second, never a zoom. */
const longPush = 0.08
/** How far each picture of a sequence is pushed: it is seen for a fifth to a third of the clip. */
const shortPush = 0.05
/** Share of the clip that two pictures spend dissolving. */
const longDissolve = 0.3
/** Longest dissolve in a sequence, seconds: a cut that is softened, not a mood. */
const shortDissolveS = 0.5
/** Most of a picture's share that dissolves may take, so that it also stands alone. */
const dissolveShare = 0.4

/**
 * What is seen in each frame of an animatic, pictures in the order they are seen.
 *
 * One picture: an eased push-in. Two: a push on the first, a dissolve around the middle, the second settles. More: equal
 * shares with short dissolves. The first frame is the first picture alone at scale 1; with two or more, the last frame
 * is the last picture alone at scale 1.
 */
export function layersAt(
  frame: number,
  frames: number,
  pictures: number,
  durationS: number,
): readonly Layer[] {
  const time = frames > 1 ? frame / (frames - 1) : 0
  if (pictures === 1) return [{ picture: 0, scale: 1 + longPush * easeInOut(time), alpha: 1 }]
  const dissolve = dissolveLength(pictures, durationS)
  return Array.from({ length: pictures }, (_, picture) => picture)
    .filter((picture) => isSeen(picture, pictures, dissolve, time))
    .map((picture) => ({
      picture,
      scale: scaleAt(picture, pictures, dissolve, time),
      alpha: alphaAt(picture, pictures, dissolve, time),
    }))
}

/** Length of each dissolve as a share of the clip. */
function dissolveLength(pictures: number, durationS: number): number {
  if (pictures === 2) return longDissolve
  return Math.min(shortDissolveS / durationS, dissolveShare / pictures)
}

function isSeen(picture: number, pictures: number, dissolve: number, time: number): boolean {
  const hasBegun = picture === 0 || alphaAt(picture, pictures, dissolve, time) > 0
  const isLast = picture === pictures - 1
  return hasBegun && (isLast || alphaAt(picture + 1, pictures, dissolve, time) < 1)
}

function alphaAt(picture: number, pictures: number, dissolve: number, time: number): number {
  if (picture === 0) return 1
  const begins = picture / pictures - dissolve / 2
  return easeInOut(clamp((time - begins) / dissolve))
}

function scaleAt(picture: number, pictures: number, dissolve: number, time: number): number {
  const push = pictures === 2 ? longPush : shortPush
  const isFirst = picture === 0
  const isLast = picture === pictures - 1
  const begins = isFirst ? 0 : picture / pictures - dissolve / 2
  const ends = isLast ? 1 : (picture + 1) / pictures + dissolve / 2
  const own = clamp((time - begins) / (ends - begins))
  if (isFirst) return 1 + push * easeIn(own)
  // The last picture settles backwards, so that it ends exactly as the still it is.
  return isLast ? 1 + push * easeIn(1 - own) : 1 + push * own
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}

/** From rest to steady speed. */
function easeIn(value: number): number {
  return value * value * (2 - value)
}

/** From rest to rest. */
function easeInOut(value: number): number {
  return (1 - Math.cos(Math.PI * value)) / 2
}
