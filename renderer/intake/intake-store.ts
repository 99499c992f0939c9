import { createStore, type StoreApi } from 'zustand'
import type { ImportResult } from '../../shared/contract'
import type { LinkName, SlotName } from '../../shared/recipe'
import type { Still } from '../../shared/still-schema'
import type { Clip } from '../../shared/clip-schema'
import type { Placement } from '../composer/placement'
import type { Calls, Connection } from '../connect'
import { linkName } from './link-text'
import { isWorthShowing, refusalsOf, stillsOf, type IntakeReport } from './report'

/** How far a running import is; `name` is the file at hand, empty before the first. */
export interface IntakeProgress {
  readonly done: number
  readonly total: number
  readonly name: string
}

export interface IntakeState {
  readonly progress: IntakeProgress | null
  readonly report: IntakeReport | null
  /** Files are dragged over the window. */
  readonly dragging: boolean
  readonly setDragging: (dragging: boolean) => void
  /** Takes dropped or pasted files; pictures go to `target` first, then to the free slots; a clip can be the source. */
  readonly take: (files: readonly File[], target?: LinkName) => Promise<void>
  /** The same with the system's file dialog. */
  readonly pick: (target?: LinkName) => Promise<void>
  /** Fetches what is at a public https address: a picture goes into a slot, a clip is the source; the link stays with it. */
  readonly takeLink: (address: string, target?: LinkName) => Promise<void>
  readonly progressed: (progress: IntakeProgress) => void
  readonly dismiss: () => void
}

/** Most paths in one call: the contract's own limit. */
const maxPaths = 10_000

/** Brings files into the library and their pictures into the composer. */
export function createIntakeStore(deps: {
  readonly client: Calls<'library.import' | 'library.pick' | 'library.fetchLink'>
  readonly pathForFile: Connection['pathForFile']
  readonly upload: (file: File) => Promise<ImportResult>
  readonly place: (stills: readonly Still[], target?: SlotName, link?: string) => Placement
  /** A clip is to be the source clip; `link` is the public address it came from. */
  readonly onSource: (clip: Clip, link?: string) => void
  readonly onClips: (clips: readonly Clip[]) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<IntakeState> {
  const { client } = deps
  let running = 0
  // Files before the ones the main process counts, and all of them: its own count is of one call only.
  let offset = 0
  let whole = 0

  return createStore<IntakeState>((set) => {
    const settle = (results: readonly ImportResult[], target?: LinkName, link?: string) => {
      const stills = stillsOf(results)
      const clips = results.flatMap((result) => (result.kind === 'clip' ? [result.clip] : []))
      const slot = target === 'source' ? undefined : target
      const { filled, left } = stills.length > 0 ? deps.place(stills, slot, link) : { filled: [], left: 0 }
      const [clip] = clips
      if (clip && (target === 'source' || link !== undefined)) deps.onSource(clip, link)
      else if (clip && stills.length === 0) deps.onClips(clips)
      const report = { filled, left, clips: clips.length, refused: refusalsOf(results) }
      if (isWorthShowing(report)) set({ report })
    }

    /** Runs one import from its start to its report; what was imported before a failure is still put in place. */
    const run = async (
      work: (keep: (results: readonly ImportResult[]) => void) => Promise<void>,
      target?: LinkName,
      link?: string,
    ) => {
      const results: ImportResult[] = []
      running += 1
      try {
        await work((more) => results.push(...more))
      } catch (thrown) {
        deps.fail(thrown)
      } finally {
        running -= 1
        if (running === 0) {
          offset = 0
          whole = 0
          set({ progress: null })
        }
        if (results.length > 0) settle(results, target, link)
      }
    }

    const importAll = async (files: readonly File[], keep: (results: readonly ImportResult[]) => void) => {
      for (const { paths, bytes } of inBatches(files, deps.pathForFile)) {
        const results = bytes
          ? [await deps.upload(bytes)]
          : await client['library.import']({ paths: [...paths] })
        keep(results)
        offset += results.length
        if (bytes) set({ progress: { done: offset, total: whole, name: bytes.name } })
      }
    }

    return {
      progress: null,
      report: null,
      dragging: false,
      setDragging: (dragging) => set({ dragging }),
      take: async (files, target) => {
        if (files.length === 0) return
        // Another import may be under way: both are one count.
        whole += files.length
        set({ progress: { done: offset, total: whole, name: '' } })
        await run((keep) => importAll(files, keep), target)
      },
      pick: (target) => run(async (keep) => keep(await client['library.pick']()), target),
      takeLink: async (address, target) => {
        whole += 1
        set({ progress: { done: offset, total: whole, name: linkName(address) } })
        await run(
          async (keep) => {
            keep([await client['library.fetchLink']({ url: address })])
            offset += 1
          },
          target,
          address,
        )
      },
      progressed: ({ done, total, name }) => {
        // A late event of an import that is over would leave its bar standing.
        if (running > 0) set({ progress: { done: offset + done, total: Math.max(whole, total), name } })
      },
      dismiss: () => set({ report: null }),
    }
  })
}

interface Batch {
  readonly paths: readonly string[]
  /** One file without a path, sent on its own. */
  readonly bytes?: File
}

/** Files in their order: neighbours with a path travel together, each one without goes alone. */
function inBatches(files: readonly File[], pathForFile: Connection['pathForFile']): readonly Batch[] {
  const batches: Batch[] = []
  let paths: string[] = []
  const close = () => {
    if (paths.length > 0) batches.push({ paths })
    paths = []
  }
  for (const file of files) {
    const path = pathForFile(file)
    if (path !== '' && paths.length === maxPaths) close()
    if (path !== '') paths.push(path)
    else {
      close()
      batches.push({ paths: [], bytes: file })
    }
  }
  close()
  return batches
}
