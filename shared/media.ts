/** Frames in a filmstrip: enough to scrub a clip of 8 s by eye. */
export const filmstripFrames = 12
/** Width of a poster, pixels: a gallery cell at its largest, on a 2x screen. */
export const posterWidth = 640
/** Width of one filmstrip frame, pixels. */
export const filmstripFrameWidth = 320
/** Long side of a still's thumbnail, pixels. */
export const thumbnailSide = 640
/** Frames a second of an animatic: the cinema rate, and Veo's own. */
export const animaticFps = 24

/** Largest body of one output request, bytes: it reaches the main process in one piece. */
export const maxOutputChunk = 4_000_000
