import type { Clip } from '../../shared/clip-schema'
import { toErrorShape, type ErrorCode } from '../../shared/error'
import { makeFolderFor, resolveInside } from '../files/contain'
import { isErrno } from '../files/exists'
import type { MediaQueue } from '../media/queue'
import type { Clips } from './clips'
import type { LibraryPaths } from './paths'

/** What making previews needs of the outside. */
export interface PreviewsDeps {
  readonly paths: LibraryPaths
  readonly clips: Clips
  readonly media: Pick<MediaQueue, 'run'>
  readonly onClip: (clip: Clip) => void
  readonly log: (what: string) => void
}

/** Failures that belong to the clip: trying again would not help. All others pass, such as a full disk. */
const lastingCodes: readonly ErrorCode[] = [
  'damaged',
  'not-decodable',
  'unknown-type',
  'forbidden',
  'media-failed',
]

/**
 * Makes the posters and filmstrips that are missing, newest clip first, one at a time.
 *
 * @returns `wake`, to be called when a clip was added; `remake`, when a clip's previews are found gone; and `stop`.
 */
export function createPreviews({ paths, clips, media, onClip, log }: PreviewsDeps) {
  const stopped = new AbortController()
  let isBusy = false

  async function makeAll(): Promise<void> {
    for (let clip = clips.nextWithoutPreviews(); clip; clip = clips.nextWithoutPreviews()) {
      const previews = await make(clip)
      // Still pending: what stands in the way passes, and the next `wake` tries again.
      if (stopped.signal.aborted || previews === 'pending') break
      clips.setPreviews(clip.id, previews)
      onClip({ ...clip, previews })
    }
    // In the same breath as the last look: a clip added after it wakes the loop again.
    isBusy = false
  }

  async function make(clip: Clip): Promise<Clip['previews']> {
    const outputs = { poster: paths.poster(clip.id), filmstrip: paths.filmstrip(clip.id) }
    try {
      // SECURITY: a library may come from elsewhere; a row or a link in it must not lead out of it.
      const inputs = { clip: await resolveInside(paths.root, clip.file) }
      for (const path of Object.values(outputs)) await makeFolderFor(paths.root, path)
      await media.run({ kind: 'previews' }, { inputs, outputs }, { signal: stopped.signal })
      return 'ready'
    } catch (error) {
      const { code, message, details } = toErrorShape(error)
      log(`previews of ${clip.id}: ${details ?? message}`)
      return lastingCodes.includes(code) || isErrno(error, 'ENOENT') ? 'failed' : 'pending'
    }
  }

  function wake(): void {
    if (isBusy || stopped.signal.aborted) return
    isBusy = true
    makeAll().catch((error: unknown) => {
      isBusy = false
      log(`previews: ${toErrorShape(error).details ?? ''}`)
    })
  }

  return {
    wake,
    remake(id: string): void {
      const clip = clips.get(id)
      // Only what was ready can be gone; what failed would fail again.
      if (clip?.previews !== 'ready') return
      clips.setPreviews(id, 'pending')
      onClip({ ...clip, previews: 'pending' })
      wake()
    },
    stop: () => stopped.abort(),
  }
}
