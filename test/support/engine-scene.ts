import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'
import { openDatabase } from '../../electron/database/open'
import type { DownloadHooks, DownloadOrder } from '../../electron/downloads/fetch'
import { createCommands } from '../../electron/jobs/commands'
import type { Connection, Connections } from '../../electron/jobs/platforms/connections'
import { createEngine } from '../../electron/jobs/engine'
import type { EngineDeps } from '../../electron/jobs/engine-deps'
import { engineMigrations } from '../../electron/jobs/store/schema'
import { openSubmitLog, readSubmitLog, type SubmitLine } from '../../electron/jobs/store/submit-log'
import { createSettingsTable } from '../../electron/jobs/platforms/platform-settings'
import { createProviderDesk } from '../../electron/jobs/platforms/provider-desk'
import type { LocalProvider } from '../../electron/providers/local'
import { Unreachable, type RemoteProvider, type Send } from '../../electron/providers/provider'
import type { Job } from '../../shared/job-schema'
import { isRemote, remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { animatic } from '../../shared/providers/animatic'
import type { Recipe } from '../../shared/recipe-schema'
import { createTestClock, turns, type TestClock } from './engine-clock'
import { createPlatform, makeAtOnce, type Platform } from './engine-platform'
import { temporaryFolder } from './folder'
import { keyComputer } from './key-system'
import { testLibrary } from './library'
import { mp4 } from './pictures'
import { sampleMedia, sampleRecipe, sha256Of } from './samples'
import { until } from './until'

type Order = DownloadOrder & { readonly hooks: DownloadHooks }

/** What a scene may be made of instead of the usual. */
export interface SceneOptions {
  readonly clock?: TestClock
  readonly krea?: Platform
  readonly apiframe?: Platform
  readonly bytespike?: Platform
  /** With a key `u1`; without one it is as any other, and has none. */
  readonly uniall?: Platform
  /** Real adapters and what sends to them, in place of the platforms in memory. */
  readonly real?: Partial<
    Record<
      RemoteProviderId,
      { readonly provider: RemoteProvider; readonly send: Send; readonly submit: Send }
    >
  >
  /** The keys, in place of those that `setKey` sets. */
  readonly connections?: Connections
  readonly make?: LocalProvider['make']
  readonly downloader?: EngineDeps['downloader']
}

/**
 * A computer with a library, engine.db, submits.log, keys and two platforms. `start` is a start of the program; it may
 * be started again after `stop` or `crash`.
 */
export async function engineScene(options: SceneOptions = {}) {
  const clock = options.clock ?? createTestClock()
  const krea = options.krea ?? createPlatform(clock)
  const apiframe = options.apiframe ?? createPlatform(clock, { id: 'apiframe' })
  const bytespike = options.bytespike ?? createPlatform(clock, { id: 'bytespike' })
  const top = temporaryFolder()
  const home = await testLibrary(join(top, 'Library'))
  const away = join(top, 'waiting-clips')
  await mkdir(away)
  let dbPath = join(top, 'engine.db')
  let logPath = join(top, 'submits.log')
  let kills = 0

  const prints: Partial<Record<RemoteProviderId, string | undefined>> = {
    krea: 'k1',
    apiframe: 'a1',
    bytespike: 'b1',
    uniall: options.uniall && 'u1',
  }
  const known = new Set(['k1', 'a1', 'b1', 'u1'])
  const refused = new Set<string>()
  const world = {
    offline: false,
    freeBytes: 50e9,
    /** Taken one by one; a download without one succeeds. */
    downloads: [] as ((order: Order) => Promise<void> | void)[],
    content: mp4(300),
    inspect: async () => sampleMedia,
    onAppend: (_line: SubmitLine) => undefined as void,
    random: () => 0.5,
    library: home.library,
    buckets: { current: () => undefined, at: () => undefined } as EngineDeps['buckets'],
    elsewhere: (async () => {
      throw new Unreachable('nothing is elsewhere', true)
    }) as EngineDeps['elsewhere'],
    /** What takes the key out of a platform's words. */
    clean: (text: string) => text,
  }
  const orders: Order[] = []
  /** The limits of the copies that were made of pictures. */
  const copies: { readonly maxBytes: number; readonly maxSide: number }[] = []
  const told: Job[] = []
  const logged: string[] = []
  const spends: unknown[] = []
  const statuses: string[] = []

  const inMemory = ({ provider, send }: Platform) => ({ provider, send, submit: send })
  const wired = {
    krea: inMemory(krea),
    apiframe: inMemory(apiframe),
    bytespike: inMemory(bytespike),
    uniall: inMemory(options.uniall ?? createPlatform(clock, { id: 'uniall', hasNoList: true })),
    inferencesh: inMemory(createPlatform(clock, { id: 'inferencesh' })),
    ...options.real,
  }
  const remote = mapPlatforms((id) => wired[id].provider)

  function start({ isRestored = false }: { readonly isRestored?: boolean } = {}) {
    const db = openDatabase(dbPath, engineMigrations)
    const { intents, orphans } = readSubmitLog(logPath)
    const log = openSubmitLog(logPath)
    let isDead = false
    const never = new Promise<never>(() => undefined)
    const alive =
      (send: Send): Send =>
      async (request, signal) => {
        if (isDead) return never
        const answer = await send(request, signal)
        return isDead ? never : answer
      }
    const open = (id: RemoteProviderId, print: string | undefined): Connection | undefined =>
      print === undefined || !known.has(print)
        ? undefined
        : {
            print,
            send: alive(wired[id].send),
            submit: alive(wired[id].submit),
            clean: (text) => world.clean(text),
          }
    const connections: Connections = options.connections ?? {
      current: (id) => open(id, prints[id]),
      byPrint: (id, print) => open(id, print),
      anonymous: (id) => alive(wired[id].send),
      isRefused: (print) => refused.has(print),
      refused: (print) => void refused.add(print),
      accepted: (print) => void refused.delete(print),
    }
    const download: EngineDeps['downloader']['download'] = async (order, hooks) => {
      if (isDead) return never
      orders.push({ ...order, hooks })
      const scripted = world.downloads.shift()
      await scripted?.({ ...order, hooks })
      if (isDead) return never
      hooks.onResume({ validator: '"v1"', total: world.content.length, type: 'video/mp4' })
      hooks.onProgress(world.content.length, world.content.length)
      writeFileSync(order.part, world.content)
      return { bytes: world.content.length, sha256: sha256Of(world.content), extension: '.mp4' }
    }
    const submitLog: EngineDeps['submitLog'] = {
      append(line) {
        world.onAppend(line)
        log.append(line)
      },
    }
    const engine = createEngine({
      db,
      submitLog,
      intents,
      orphans,
      isRestored,
      library: world.library,
      clips: home.clips,
      stills: home.stills,
      local: { ...animatic, make: options.make ?? makeAtOnce },
      buckets: world.buckets,
      elsewhere: world.elsewhere,
      withCopy: async (picture, limit, use) => {
        copies.push(limit)
        return use({ ...picture, type: 'jpeg', bytes: Math.min(picture.bytes, limit.maxBytes) })
      },
      remote,
      connections,
      downloader: options.downloader ?? { download },
      inspect: () => world.inspect(),
      parked: away,
      freeBytes: async () => world.freeBytes,
      isOffline: () => world.offline,
      now: clock.now,
      uptime: clock.uptime,
      after: clock.after,
      random: () => world.random(),
      onJob: (job) => void (isDead || told.push(job)),
      onClip: () => undefined,
      onQueue: () => undefined,
      onSpend: (spend) => void spends.push(spend),
      onProvider: (id) => void statuses.push(id),
      logError: (what, error) =>
        void (isDead || logged.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)),
    })
    const desk = createProviderDesk({
      engine,
      vault: keyComputer().vault('memory'),
      remote,
      settings: createSettingsTable(db),
      allowLoopback: true,
      onStatus: ({ id }) => void statuses.push(id),
    })
    const commands = createCommands({
      engine,
      library: world.library.id,
      submitLog,
      quote: desk.quote,
      provider: (id) => (isRemote(id) ? remote[id] : animatic),
      allowHttpLinks: false,
      now: clock.now,
      logError: (what) => void (isDead || logged.push(what)),
    })
    const close = () => {
      if (!db.isOpen) return
      log.close()
      db.close()
    }
    const stop = () => {
      if (isDead) return
      engine.stop()
      isDead = true
      clock.dropTimers()
      close()
    }
    /** The files as they are now are all that the next start finds; what still goes on here reaches none of them. */
    const crash = () => {
      if (isDead) return
      isDead = true
      clock.dropTimers()
      kills += 1
      const oldLog = logPath
      dbPath = join(top, `engine-${kills}.db`)
      logPath = join(top, `submits-${kills}.log`)
      db.exec(`vacuum into '${dbPath}'`)
      copyFileSync(oldLog, logPath)
      engine.stop()
    }
    const session = {
      engine,
      commands,
      desk,
      connections,
      db,
      state: (id: string) => engine.table.get(id)?.state,
      row: (id: string) => {
        const row = engine.table.get(id)
        if (!row) throw new Error(`no row ${id}`)
        return row
      },
      /** A job made without questions, and everything that happens at once. */
      create: async (change: Partial<Recipe> = {}, provider: RemoteProviderId | 'animatic' = 'krea') => {
        const made = await commands.create(remoteRecipe(change), provider, [
          'again',
          'price-unknown',
          'doubtful',
          'over-cap',
        ])
        if (made.kind !== 'created') throw new Error(JSON.stringify(made))
        await turns()
        return made.job.id
      },
      reaches: (id: string, state: string) => until(() => expect(engine.table.get(id)?.state).toBe(state)),
      /** The same while time goes by, a second at every look. */
      passes: (id: string, state: string) =>
        until(async () => {
          await clock.advance(1000)
          expect(engine.table.get(id)?.state).toBe(state)
        }),
      /** The program ends in order. */
      stop,
      /** The program is killed. */
      crash,
    }
    onTestFinished(() => {
      crash()
      close()
    })
    engine.start()
    return session
  }

  return {
    clock,
    krea,
    apiframe,
    bytespike,
    start,
    world,
    orders,
    copies,
    told,
    logged,
    spends,
    statuses,
    home,
    paths: home.paths,
    clips: home.clips,
    stills: home.stills,
    away,
    dbPath: () => dbPath,
    logPath: () => logPath,
    /** The key of the provider from now on; undefined for none. */
    setKey: (id: RemoteProviderId, print: string | undefined) => {
      if (print !== undefined) known.add(print)
      prints[id] = print
    },
    forgetKey: (print: string) => void known.delete(print),
    refused,
    snapshot: (db: DatabaseSync, name: string): string => {
      const path = join(top, `${name}.snapshot`)
      rmSync(path, { force: true })
      db.exec(`vacuum into '${path}'`)
      return path
    },
    /** engine.db becomes the older file again; the program must not run. */
    restore: (path: string) => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${dbPath}${end}`, { force: true })
      copyFileSync(path, dbPath)
    },
    log: () => readSubmitLog(logPath),
  }
}

export type EngineScene = Awaited<ReturnType<typeof engineScene>>
export type Session = ReturnType<EngineScene['start']>

function mapPlatforms<T>(make: (id: RemoteProviderId) => T): Record<RemoteProviderId, T> {
  // fromEntries forgets which names there are: all of them.
  return Object.fromEntries(remoteProviderIds.map((id) => [id, make(id)])) as Record<RemoteProviderId, T>
}

/** A recipe that both platforms take. */
export function remoteRecipe(change: Partial<Recipe> = {}): Recipe {
  return sampleRecipe({ prompt: 'fox', ...change })
}
