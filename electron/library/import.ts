import { rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import type { ImportResult } from '../../shared/contract'
import { AppError, toErrorShape } from '../../shared/error'
import { explain } from '../files/explain'
import { newId } from '../files/ids'
import { sniffFile } from './sniff'
import type { Library } from './open'
import { storeClip, type StoreClipDeps } from './store-clip'
import { storeStill, type StoreStillDeps } from './store-still'

/** What importing needs of the outside. */
export interface ImporterDeps extends StoreStillDeps, StoreClipDeps {
  readonly paths: Library['paths']
  readonly onProgress: (progress: { done: number; total: number; name: string }) => void
  readonly onClip: (clip: Clip) => void
  readonly logError: (what: string, error: unknown) => void
}

/** How pictures and videos get into the library. */
export interface Importer {
  /** One result per path, in order; a file that cannot be used is told, and changes nothing. */
  readonly paths: (paths: readonly string[]) => Promise<ImportResult[]>
  readonly isBusy: () => boolean
  /** For pasted pictures, which have no path. */
  readonly bytes: (name: string, bytes: Uint8Array) => Promise<ImportResult>
  /** For what has to be fetched: `write` puts it at the path. */
  readonly fetched: (name: string, write: (path: string) => Promise<void>) => Promise<ImportResult>
}

/** Makes the importer. Files are taken one after another: two copies of one picture must meet as one. */
export function createImporter(deps: ImporterDeps): Importer {
  let last: Promise<unknown> = Promise.resolve()
  let inHand = 0

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    inHand += 1
    const turn = last.then(work).finally(() => {
      inHand -= 1
    })
    last = turn.catch(() => undefined)
    return turn
  }

  async function orRefused(name: string, work: () => Promise<ImportResult>): Promise<ImportResult> {
    try {
      return await work()
    } catch (error) {
      const friendly = explain(error, name, 'The original is unchanged.')
      if (friendly.code === 'internal') deps.logError(`import of ${name}`, error)
      return { kind: 'refused', name, error: toErrorShape(friendly) }
    }
  }

  async function fetched(name: string, write: (path: string) => Promise<void>): Promise<ImportResult> {
    const path = join(deps.paths.partial, newId())
    try {
      return await orRefused(name, async () => {
        // Not in turn: a slow line must not hold up what is dropped meanwhile.
        await write(path)
        return await inTurn(() => importFile(deps, path, name))
      })
    } finally {
      await rm(path, { force: true })
    }
  }

  return {
    isBusy: () => inHand > 0,
    paths: (paths) =>
      inTurn(async () => {
        const results: ImportResult[] = []
        for (const path of paths) {
          const name = basename(path)
          deps.onProgress({ done: results.length, total: paths.length, name })
          results.push(await orRefused(name, () => importFile(deps, path, name)))
        }
        deps.onProgress({ done: paths.length, total: paths.length, name: '' })
        return results
      }),
    bytes: (name, bytes) => fetched(name, (path) => writeFile(path, bytes)),
    fetched,
  }
}

async function importFile(deps: ImporterDeps, path: string, name: string): Promise<ImportResult> {
  const found = await stat(path)
  if (found.isDirectory()) {
    throw new AppError('is-folder', `${name} is a folder. Open it and drop the files that are in it.`)
  }
  if (!found.isFile()) throw new AppError('unknown-type', `${name} is not a file that can be read.`)
  if (found.size === 0)
    throw new AppError('empty', `${name} is empty (0 bytes). Export or download it again.`)
  const sniffed = await sniffFile(path)
  switch (sniffed.kind) {
    case 'still':
      return { kind: 'still', name, still: await storeStill(deps, path, sniffed.type, name) }
    case 'clip': {
      const clip = await storeClip(deps, path, sniffed.extension, name)
      deps.onClip(clip)
      return { kind: 'clip', name, clip }
    }
    case 'heic':
      throw new AppError(
        'not-decodable',
        `${name} is a HEIC picture, which cannot be read here. Export it as JPEG or PNG and drop it again.`,
      )
    case 'other':
      throw new AppError(
        'unknown-type',
        `${name} is ${sniffed.type ? `a ${sniffed.type} file` : 'neither a picture nor a video'} inside. Use PNG, JPEG, WebP or AVIF pictures, or MP4, MOV or WebM clips.`,
      )
  }
}
