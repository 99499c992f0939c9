import type { NetworkStatus } from '../../shared/provider-status-schema'
import { readAuthorities } from './certificates'
import { addressOf, type ProxyFor } from './proxy'

/** How requests leave this computer, as the user set it. */
export interface NetworkDesk {
  readonly status: () => Promise<NetworkStatus>
  /** @throws AppError when the file holds no certificates; everything is then as it was. */
  readonly set: (wanted: Pick<NetworkStatus, 'proxy' | 'caFile'>) => Promise<NetworkStatus>
  readonly pickCaFile: () => Promise<string | undefined>
}

/** The part of the settings that is about the network. */
export interface NetworkSettings {
  readonly proxy?: NetworkStatus['proxy'] | undefined
  readonly caFile?: string | null | undefined
}

/** An address that every platform's is like: what applies to it applies to them. */
const anyPlatform = 'https://api.krea.ai'

/** Makes the desk of the network. `caFileInUse` is the one that this start has read. */
export function createNetworkDesk(deps: {
  readonly get: () => NetworkSettings
  readonly set: (change: NetworkSettings) => void
  readonly caFileInUse: string | null
  readonly proxyFor: ProxyFor
  readonly pickCaFile: () => Promise<string | undefined>
  /** Milliseconds since 1970. */
  readonly now: () => number
}): NetworkDesk {
  async function way(): Promise<string> {
    try {
      const [first] = await deps.proxyFor(anyPlatform)
      if (!first || first.kind === 'direct') return 'Direct connection'
      if (first.kind === 'unsupported')
        return `Through a proxy of a kind that is not supported (${first.name})`
      return `Through the proxy ${addressOf(first)}`
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  async function status(): Promise<NetworkStatus> {
    const { proxy = 'auto', caFile = null } = deps.get()
    return { proxy, caFile, needsRestart: caFile !== deps.caFileInUse, now: await way() }
  }

  return {
    status,
    async set({ proxy, caFile }) {
      if (caFile !== null) await readAuthorities(caFile, deps.now())
      deps.set({ proxy, caFile })
      return status()
    },
    pickCaFile: deps.pickCaFile,
  }
}
