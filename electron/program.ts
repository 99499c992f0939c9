import { app, session, shell } from 'electron'
import { join } from 'node:path'
import { createDownloader } from './downloads/fetch'
import { createFileFetcher } from './downloads/fetch-file'
import { freeBytes } from './files/free-bytes'
import { openEngineFiles } from './jobs/store/open-files'
import { configuredHosts, createSettingsTable } from './jobs/platforms/platform-settings'
import { createVault } from './keys/vault'
import { createMediaQueue } from './media/queue'
import { createTransfers } from './media/transfers'
import { openAuthorities } from './network/certificates'
import { createNetworkDesk } from './network/network-desk'
import { createTaskRoute } from './protocol/routes'
import { createConnections } from './providers/connections'
import { createHttp } from './providers/http/http'
import { createRemoteProviders } from './providers/registry'
import { keepBackups } from './shell/backups'
import { chooseLibrary } from './shell/choose-library'
import { pickCaFile, pickCsv, pickFiles } from './shell/dialogs'
import { createKeyStore } from './shell/key-store'
import { createMediaWindowOpener } from './shell/media-window'
import { createNetwork } from './shell/network'
import { practiceBucket, practiceKeys, readPractice } from './shell/practice'
import { createSystemProxy } from './shell/proxy'
import { isTrustedRuntime } from './shell/runtime'
import { openExternal } from './shell/security'
import { startTimer } from './shell/timer'
import { createPresence, type Presence } from './shell/presence'
import { endInOrder } from './shell/end-in-order'
import { createStudio, type Studio } from './studio'
import type { Route } from './protocol/routes'
import type { Log } from './shell/log'
import type { SettingsStore } from './shell/settings'
import type { MainWindow } from './shell/window'

const iconsFolder = join(app.getAppPath(), 'build')

/** Everything behind the window. */
export interface Program {
  readonly studio: Studio
  readonly presence: Presence
  /** Takes the work up where it was left. */
  readonly start: () => Promise<void>
}

/** Puts it together; settles with undefined when the user chose no library. */
export async function openProgram(deps: {
  readonly log: Log
  readonly settings: SettingsStore
  readonly window: MainWindow
  readonly pages: Route
  /** Where the built pages lie. */
  readonly pagesFolder: string
}): Promise<Program | undefined> {
  const { log, settings, window, pages, pagesFolder } = deps
  const practice = readPractice()
  const library = await chooseLibrary(settings)
  if (!library) return undefined
  const files = await openEngineFiles(app.getPath('userData'), Date.now)
  const transfers = createTransfers()
  const media = createMediaQueue({
    openWorker: createMediaWindowOpener({
      handlers: () => media.handlers,
      route: createTaskRoute(transfers.handle, pages),
      log,
    }),
    transfers,
    after: startTimer,
    log: log.info,
  })
  const allowLoopback = practice !== undefined
  const platformSettings = createSettingsTable(files.db)
  const remote = createRemoteProviders((id) => {
    const own = platformSettings.platform(id)
    return { ...own, origin: own.origin ?? practice?.platforms[id].origin ?? null }
  })
  const vault = createVault({
    store: createKeyStore(),
    policy: practice ? 'memory' : isTrustedRuntime() ? 'store' : 'refuse',
    now: Date.now,
  })
  for (const [id, { origin, key }] of practiceKeys(practice))
    vault.save(id, key, { forSession: true, origin })
  const bucket = practiceBucket(practice)
  if (bucket) {
    vault.save('bucket', bucket.key, { forSession: true, origin: bucket.origin })
    platformSettings.setBucket(bucket.settings)
  }
  const { caFile = null } = settings.get()
  const authorities = await openAuthorities(caFile ?? undefined, Date.now)
  const proxyFor = createSystemProxy(session.defaultSession, () =>
    settings.get().proxy === 'none' ? 'none' : 'system',
  )
  const ownHosts = new Set<string>()
  const allowedHosts = () => new Set([...ownHosts, ...configuredHosts(platformSettings)])
  const { ca } = authorities
  const http = createHttp({ allowLoopback, ca, proxyFor, allowedHosts })
  const policy = { allowHttpLoopback: allowLoopback, ca, proxyFor, allowedHosts }
  const downloader = createDownloader({ policy, freeBytes })
  const fileFetcher = createFileFetcher(policy)
  const network = createNetwork({ onChange: () => studio.engine.wake() })
  const studio: Studio = createStudio({
    library,
    files,
    vault,
    connections: createConnections({ vault, http, remote }),
    settings: platformSettings,
    network: createNetworkDesk({
      get: settings.get,
      set: settings.set,
      caFileInUse: caFile,
      proxyFor,
      pickCaFile: () => pickCaFile(window.current()),
      now: Date.now,
    }),
    ownHosts,
    allowLoopback,
    fetchFile: fileFetcher.fetchFile,
    elsewhere: http.elsewhere,
    remote,
    downloader,
    freeBytes,
    isOffline: () => !practice && network.isOffline(),
    samplesFolder: join(pagesFolder, 'samples'),
    media,
    pages,
    emit(event, data) {
      window.emit(event, data)
      if (event === 'queue.changed') presence.update()
    },
    onJob: (job) => presence.jobChanged(job),
    info: () => ({
      version: app.getVersion(),
      platform: process.platform,
      electron: process.versions.electron,
      trustedRuntime: isTrustedRuntime(),
      practice: practice !== undefined,
      libraryName: library.name,
      libraryFolder: library.paths.root,
      notices: [settings.notice, library.notice, ...files.notices, vault.notice(), authorities.notice].filter(
        (notice) => notice !== undefined,
      ),
    }),
    openExternal,
    revealFolder: () => void shell.openPath(library.paths.root),
    pickFiles: () => pickFiles(window.current()),
    pickCsv: () => pickCsv(window.current()),
    revealFile: (path) => shell.showItemInFolder(path),
    now: Date.now,
    uptime: () => performance.now(),
    after: startTimer,
    random: Math.random,
    log,
  })
  const presence: Presence = createPresence({
    window,
    icons: iconsFolder,
    jobs: studio.jobs,
    isBusy: studio.engine.isBusy,
    isPaused: () => studio.engine.queue().paused !== 'no',
    setPaused: studio.engine.setPaused,
    show(job) {
      window.show()
      window.emit('app.show', { job: job.id, clip: job.clipId })
    },
    log,
  })
  endInOrder(studio.engine.drain, () => {
    presence.stop()
    network.stop()
    studio.close()
    // Not awaited: a quitting process ends its connections anyway, and every row says where to go on.
    void downloader.close()
    void fileFetcher.close()
    void http.close()
  })
  return {
    studio,
    presence,
    async start() {
      await studio.start()
      // In the next turn: the window's first calls wait for this one.
      setImmediate(() => keepBackups(files.backUpIfDue, log))
    },
  }
}
