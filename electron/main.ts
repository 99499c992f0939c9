import { app, dialog, session, shell } from 'electron'
import { join } from 'node:path'
import { toErrorShape } from '../shared/error'
import { createDownloader } from './downloads/fetch'
import { createFileFetcher } from './downloads/fetch-file'
import { freeBytes } from './files/free-bytes'
import { openEngineFiles } from './jobs/open-files'
import { configuredHosts, createSettingsTable } from './jobs/platform-settings'
import { createVault } from './keys/vault'
import { createMediaQueue } from './media/queue'
import { createTransfers } from './media/transfers'
import { openAuthorities } from './network/certificates'
import { createNetworkDesk } from './network/network-desk'
import { createPageRoute, createTaskRoute, createWaitingRoute } from './protocol/routes'
import { createConnections } from './providers/connections'
import { createHttp } from './providers/http'
import { createRemoteProviders } from './providers/registry'
import { keepBackups } from './shell/backups'
import { serveCalls } from './shell/calls'
import { chooseLibrary } from './shell/choose-library'
import { pickCaFile, pickCsv, pickFiles } from './shell/dialogs'
import { createKeyStore } from './shell/key-store'
import { createLog } from './shell/log'
import { createMediaWindowOpener } from './shell/media-window'
import { setMenu } from './shell/menu'
import { createNetwork } from './shell/network'
import { practiceBucket, practiceKeys, readPractice } from './shell/practice'
import { createSystemProxy } from './shell/proxy'
import { isTrustedRuntime } from './shell/runtime'
import { registerScheme, serveScheme } from './shell/scheme'
import { guardPages, guardSession, openExternal } from './shell/security'
import { openSettings } from './shell/settings'
import { startTimer } from './shell/timer'
import { createPresence, type Presence } from './shell/presence'
import { endInOrder } from './shell/end-in-order'
import { createMainWindow } from './shell/window'
import { createStudio, type Studio } from './studio'

const pagesFolder = join(import.meta.dirname, '../renderer')
const iconsFolder = join(app.getAppPath(), 'build')

// SECURITY: forcing the sandbox together with --no-sandbox (needed as root) makes every page crash in a loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()
guardPages()
setMenu()

if (!app.requestSingleInstanceLock()) app.quit()
else
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const { message, details } = toErrorShape(error)
      dialog.showErrorBox('Inbetween cannot start', `${message}\n\n${details ?? ''}`)
      app.exit(1)
    })

async function start(): Promise<void> {
  const log = createLog()
  const practice = readPractice()
  const settings = openSettings(Date.now)
  const opened = Promise.withResolvers<Studio>()
  let presence: Presence | undefined
  // Not `window-all-closed`: the hidden media window is one of "all". macOS programs stay in the dock.
  const window = createMainWindow(
    settings,
    log,
    () => {
      if (process.platform !== 'darwin') app.quit()
    },
    {
      keepsOpen: (shown) => presence?.keepsOpen(shown) ?? false,
      onVisible: () => presence?.update(),
    },
  )
  const pages = createPageRoute(pagesFolder)
  serveScheme(
    session.defaultSession,
    createWaitingRoute(
      pages,
      opened.promise.then(({ route }) => route),
    ),
  )
  guardSession(session.defaultSession)
  serveCalls(
    opened.promise.then(({ handlers }) => handlers),
    log,
  )
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  // Before the library is opened: the page's process starts meanwhile, and its calls wait.
  window.show()

  const library = await chooseLibrary(settings)
  if (!library) return app.quit()
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
  const studio = createStudio({
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
      if (event === 'queue.changed') presence?.update()
    },
    onJob: (job) => presence?.jobChanged(job),
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
  presence = createPresence({
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
    presence?.stop()
    network.stop()
    studio.close()
    // Not awaited: a quitting process ends its connections anyway, and every row says where to go on.
    void downloader.close()
    void fileFetcher.close()
    void http.close()
  })
  await studio.start()
  opened.resolve(studio)
  keepBackups(files.backUpIfDue, log)
}
