import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyPairText } from '../../../electron/bucket/key-pair'
import { createDownloader } from '../../../electron/downloads/fetch'
import { openEngineFiles } from '../../../electron/jobs/store/open-files'
import type { SettingsTable } from '../../../electron/jobs/platforms/platform-settings'
import type { CipherStore } from '../../../electron/keys/cipher-store'
import { createVault } from '../../../electron/keys/vault'
import { openLibrary } from '../../../electron/library/open'
import { createConnections } from '../../../electron/providers/connections'
import { createHttp, type Http } from '../../../electron/providers/http/http'
import type { Elsewhere, Send } from '../../../electron/providers/provider'
import { createRemoteProviders } from '../../../electron/providers/registry'
import { createStudio } from '../../../electron/studio'
import { AppError } from '../../../shared/error'
import type { MediaResultOf } from '../../../shared/media-schema'
import { remoteProviderIds } from '../../../shared/provider'
import { createFakeMedia } from '../../support/fake-media'
import { sampleMedia } from '../../support/samples'
import type { Breakable } from './break-tools'
import type { Step } from './kills'
import { libraryFolder, userDataFolder, type Order } from './order'
import { createRandom } from './random'

/** Longest real wait for a platform, ms: a held answer is an unknown outcome soon. */
const patienceMs = 1500

/** Where platforms that no want is of are: nobody listens there. */
const nowhere = 'http://127.0.0.1:9'

/** Room on the disk, bytes: never the subject here. */
const plenty = 1e12

/** The program without its windows, put together as electron/program.ts does it, against the given platforms. */
export async function openLife(order: Order, step: Step, breaks: (whole: Breakable) => Breakable) {
  const { origin, noon, scale } = order.clock
  const real = () => performance.timeOrigin + performance.now()
  const now = () => Math.round(noon + (real() - origin) * scale)
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms / scale)
    return () => clearTimeout(timer)
  }
  const limits = {
    connectMs: patienceMs,
    headersMs: patienceMs,
    submitHeadersMs: patienceMs,
    bodyMs: patienceMs,
  }
  const freeBytes = async () => plenty
  const settings = settingsOf(order)
  const ownHosts = new Set<string>()
  const ca = order.ca ?? undefined
  const library = await openLibrary(join(order.home, libraryFolder))
  const whole = breaks({
    library,
    files: await openEngineFiles(join(order.home, userDataFolder), now),
    http: createHttp({ allowLoopback: true, ca, limits, allowedHosts: () => ownHosts }),
    remote: createRemoteProviders(settings.platform),
    downloader: createDownloader({ policy: { allowHttpLoopback: true }, freeBytes, stallMs: patienceMs }),
    inspect,
  })
  const { files, remote, downloader } = whole
  const http = watched(whole.http, step)
  const vault = createVault({ store: noStore, policy: 'memory', now })
  for (const id of remoteProviderIds) {
    const place = order.platforms[id]
    if (place) vault.save(id, place.key, { forSession: true, origin: place.origin })
  }
  if (order.bucket) {
    const { accessKeyId, secret, settings: bucket } = order.bucket
    vault.save('bucket', keyPairText(accessKeyId, secret), { forSession: true, origin: bucket.endpoint })
  }
  const random = createRandom(order.seed)
  const studio = createStudio({
    library,
    files: {
      ...files,
      submitLog: {
        close: files.submitLog.close,
        append(line) {
          step(`log ${line.kind}`)
          files.submitLog.append(line)
          step(`logged ${line.kind}`)
        },
      },
    },
    vault,
    connections: createConnections({ vault, http, remote }),
    settings,
    network: unused,
    ownHosts,
    allowLoopback: true,
    fetchFile: unused,
    elsewhere: http.elsewhere,
    remote,
    downloader: {
      download: async (what, hooks) => {
        step('download')
        const fetched = await downloader.download(what, hooks)
        step('downloaded')
        return fetched
      },
    },
    freeBytes,
    isOffline: () => false,
    samplesFolder: order.home,
    media: {
      ...createFakeMedia({ clip: (_task, { inputs }) => whole.inspect(inputs['clip'] ?? '') }),
      handlers: unused,
      close: () => undefined,
    },
    pages: unused,
    emit: () => undefined,
    onJob: ({ state }) => step(`state ${state}`),
    info: unused,
    openExternal: unused,
    revealFolder: unused,
    pickFiles: async () => [],
    pickCsv: async () => undefined,
    revealFile: unused,
    now,
    uptime: () => performance.now() * scale,
    after,
    random: random.next,
    log: { info: () => undefined, error: logError },
  })
  return {
    handlers: studio.handlers,
    now,
    async start() {
      await studio.start()
      if (order.backsUp) await files.backUpIfDue()
    },
    /** What no job needs any more is out of the bucket, or was tried to be. */
    sweep: studio.engine.bucket.sweep,
    /** What engine.db forgot is out of the bucket, if its links are dead. */
    tidy: studio.engine.bucket.tidy,
    /** Ends in order, as quitting does. */
    async close() {
      await studio.engine.drain()
      studio.close()
      await downloader.close()
      await http.close()
    },
  }
}

export type Life = Awaited<ReturnType<typeof openLife>>

/** Names every request: paid ones apart from the others. */
function watched(http: Http, step: Step): Http {
  const around =
    (name: string, send: Send): Send =>
    async (request, signal) => {
      const what = name === 'submit' ? name : request.form ? 'upload' : name
      step(what)
      const answer = await send(request, signal)
      step(`${what} answered`)
      return answer
    }
  const elsewhere: Elsewhere = async (request, signal) => {
    const what = request.method.toLowerCase()
    step(what)
    const answer = await http.elsewhere(request, signal)
    step(`${what} answered`)
    return answer
  }
  return {
    close: http.close,
    elsewhere,
    line(target) {
      const line = http.line(target)
      return { ...line, send: around('ask', line.send), submit: around('submit', line.submit) }
    },
  }
}

/** Whether the boxes of an MP4 end where the file ends: what a truncated one cannot. */
function inspect(path: string): MediaResultOf<'clip'> {
  const bytes = readFileSync(path)
  let at = 0
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at)
    if (size < 8) break
    at += size
  }
  if (at !== bytes.length) throw new AppError('damaged', 'The end of this clip is missing.')
  return { kind: 'clip', media: sampleMedia }
}

/**
 * A search of the library that a close cuts off is made anew by the next start, and what cannot be deleted from the
 * bucket or looked for there now is deleted later, which the checker looks at; everything else is a finding.
 */
function logError(what: string, error: unknown): void {
  const later = ['reindexing', 'deleting from the bucket', 'tidying the bucket']
  if (!later.includes(what)) console.error(what, error)
}

/** The user's settings, as they were made before everything: no subject here. */
function settingsOf({ platforms, bucket }: Order): SettingsTable {
  return {
    platform(id) {
      const { origin = nowhere, dialect = null } = platforms[id] ?? {}
      return { origin, dialect }
    },
    bucket: () => bucket?.settings ?? null,
    setPlatform: unused,
    setBucket: unused,
  }
}

const unused = (() => {
  throw new Error('not part of the crash matrix')
}) as never

/** Keys are in memory here: nothing is stored. */
const noStore: CipherStore = {
  backend: () => ({ canStore: false, name: 'none', why: 'Keys are in memory.' }),
  encrypt: unused,
  decrypt: unused,
  read: () => ({ kind: 'missing' }),
  write: unused,
  setAside: unused,
}
