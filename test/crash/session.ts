import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEngineFiles } from '../../electron/jobs/store/open-files'
import { createSettingsTable } from '../../electron/jobs/platforms/platform-settings'
import { openLibrary } from '../../electron/library/open'
import { createRemoteProviders } from '../../electron/providers/registry'
import { createVault } from '../../electron/keys/vault'
import { createStudio } from '../../electron/studio'
import { isTerminal } from '../../shared/job'
import type { MediaResultOf } from '../../shared/media-schema'
import { emptyRecipe } from '../../shared/recipe'
import { createFakeMedia } from '../support/fake-media'

/** Where a session works: a folder with the library and the user data, and the clip its provider "makes". */
export interface Home {
  readonly folder: string
  readonly fixture: string
}

export const libraryOf = ({ folder }: Home) => join(folder, 'Library')
export const engineOf = (home: Home) => join(userDataOf(home), 'engine.db')
const userDataOf = ({ folder }: Home) => join(folder, 'user data')

/** Makes the empty library: its first session has then nothing to search for beside its work. */
export async function makeLibrary(home: Home): Promise<void> {
  const library = await openLibrary(libraryOf(home))
  library.close(true)
}

/** Takes several steps, so that a kill can leave half a part file. */
async function copy(fixture: string, part: string): Promise<MediaResultOf<'animatic'>> {
  const bytes = await readFile(fixture)
  const half = Math.floor(bytes.length / 2)
  const handle = await open(part, 'w')
  try {
    await handle.write(bytes.subarray(0, half))
    await handle.write(bytes.subarray(half))
  } finally {
    await handle.close()
  }
  const media = { durationS: 4, width: 640, height: 360, fps: 24, codec: 'avc', hasAudio: false }
  return { kind: 'animatic', media }
}

/** One life of the program, put together as electron/program.ts does it, without windows, keys and network. */
export async function openSession(home: Home) {
  const library = await openLibrary(libraryOf(home))
  const files = await openEngineFiles(userDataOf(home), Date.now)
  const ended = Promise.withResolvers<void>()
  let isClosed = false
  const settings = createSettingsTable(files.db)
  const media = createFakeMedia({
    animatic: (_task, { outputs }) => copy(home.fixture, outputs['clip'] ?? ''),
    // Beside the clip and able to be made again: not the subject, and steps of theirs would come at any time.
    previews: () => Promise.withResolvers<never>().promise,
  })
  const studio = createStudio({
    library,
    files,
    // In memory it asks no store.
    vault: createVault({ store: unused, policy: 'memory', now: Date.now }),
    connections: {
      current: () => undefined,
      byPrint: () => undefined,
      anonymous: unused,
      isRefused: () => false,
      refused: unused,
      accepted: unused,
    },
    remote: createRemoteProviders(settings.platform),
    settings,
    network: unused,
    ownHosts: new Set(),
    allowLoopback: false,
    fetchFile: unused,
    elsewhere: unused,
    downloader: { download: unused },
    freeBytes: unused,
    isOffline: () => true,
    samplesFolder: home.folder,
    media: { ...media, handlers: unused, close: () => undefined },
    pages: unused,
    emit: () => undefined,
    onJob: ({ state }) => {
      if (isTerminal(state)) ended.resolve()
    },
    info: unused,
    openExternal: unused,
    revealFolder: unused,
    pickFiles: unused,
    pickCsv: unused,
    revealFile: unused,
    now: Date.now,
    uptime: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    log: {
      info: () => undefined,
      error(what, error) {
        // A search of the library that the close cut off: the next start makes it anew.
        if (!isClosed) ended.reject(new Error(what, { cause: error }))
      },
    },
  })
  return {
    /** Takes up what was left. */
    start: studio.start,
    create: () =>
      studio.handlers['jobs.create']({
        recipe: { ...emptyRecipe, prompt: 'red fox crosses the snow' },
        provider: 'animatic',
        yes: [],
      }),
    /** Waits until there is no job that is not over. */
    async end(): Promise<void> {
      if (studio.jobs().length > 0) await ended.promise
    },
    close(): void {
      isClosed = true
      studio.close()
    },
  }
}

/** Stands for what a local job never reaches. */
const unused = (() => {
  throw new Error('not part of this session')
}) as never
