import { DownloadFailure } from './failure'

/** Room left free on the disk, bytes: sidecars, previews and the database are written after the clip, too. */
const marginBytes = 200 * 1000 ** 2

/** How often the room is looked at during a download, bytes: the margin holds for several downloads at once. */
const checkEveryBytes = 32 * 1024 ** 2

/** Looks at the room before and during one download. */
export interface SpaceCheck {
  /** @throws DownloadFailure `disk-full` when the rest of the clip and the margin do not fit. */
  readonly check: (done: number, total: number | null) => Promise<void>
  /** True when enough was written since the last look for another. */
  readonly isDue: (done: number) => boolean
}

/** `freeBytes` gives the bytes free for this user on the volume of the folder. */
export function createSpaceCheck(folder: string, freeBytes: (folder: string) => Promise<number>): SpaceCheck {
  let checkedAt = 0
  return {
    check: async (done, total) => {
      checkedAt = done
      const needed = Math.max(0, (total ?? done) - done) + marginBytes
      const free = await freeBytes(folder)
      if (free >= needed) return
      throw new DownloadFailure('disk-full', `The disk has ${free} bytes free; ${needed} are needed.`)
    },
    isDue: (done) => done - checkedAt >= checkEveryBytes,
  }
}
