import { onTestFinished } from 'vitest'
import { createDownloader } from '../../electron/downloads/fetch'
import { createProviderDesk } from '../../electron/jobs/platforms/provider-desk'
import { createConnections } from '../../electron/providers/connections'
import { createHttp } from '../../electron/providers/http/http'
import type { PlatformSettings } from '../../electron/providers/provider'
import { createRemoteProviders } from '../../electron/providers/registry'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { engineScene, remoteRecipe } from './engine-scene'
import { keyComputer } from './key-system'
import { until } from './until'

interface Server {
  readonly origin: string
  readonly clock: { readonly now: () => number; readonly advance: (ms: number) => void }
  readonly record: { readonly requests: readonly { readonly headers: Readonly<Record<string, string>> }[] }
}

/**
 * The engine with all real adapters, real HTTP, a real vault and the desk; platforms are where their settings say.
 * The clocks of `servers` go with its own.
 */
export async function addressScene(
  servers: readonly Server[],
  settings = new Map<RemoteProviderId, PlatformSettings>(),
) {
  const of = (id: RemoteProviderId) => settings.get(id) ?? { origin: null, dialect: null }
  const table = {
    platform: of,
    setPlatform: (id: RemoteProviderId, change: Partial<PlatformSettings>) =>
      void settings.set(id, { ...of(id), ...change }),
  }
  const remote = createRemoteProviders(of)
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const vault = keyComputer().vault()
  const connections = createConnections({ vault, http, remote })
  const downloader = createDownloader({ policy: { allowHttpLoopback: true }, freeBytes: async () => 1e12 })
  onTestFinished(() => downloader.close())
  const never = async () => Promise.reject(new Error('not this way'))
  const real = Object.fromEntries(
    remoteProviderIds.map((id) => [id, { provider: remote[id], send: never, submit: never }]),
  )
  const scene = await engineScene({ real, connections, downloader })
  const { clock } = scene
  if (servers[0]) clock.set(servers[0].clock.now())
  const session = scene.start()
  const desk = createProviderDesk({
    engine: session.engine,
    vault,
    remote,
    settings: table,
    allowLoopback: true,
    onStatus: () => undefined,
  })
  /** All clocks go on, a step at every look, until the check holds. */
  const pass = (check: () => void, step = 1000) =>
    until(async () => {
      for (const server of servers) server.clock.advance(step)
      await clock.advance(step)
      check()
    })
  return {
    ...scene,
    ...session,
    desk,
    vault,
    connections,
    remote,
    settings: table,
    pass,
    /** What `session.create` does, with a prompt that the servers know again. */
    make: (intent: string, id: RemoteProviderId, change: Partial<Recipe> = {}) =>
      session.create({ prompt: `fox intent:${intent}`, ...change }, id),
    recipe: remoteRecipe,
    /** Whether the server ever saw the key, in any header. */
    saw: (server: Server, key: string) =>
      server.record.requests.some(({ headers }) => Object.values(headers).some((text) => text.includes(key))),
  }
}
