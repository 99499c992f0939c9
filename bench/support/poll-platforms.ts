// All contract servers with jobs that are at work, in a process of their own: their CPU time is not the engine's.
import type { RemoteProviderId } from '../../shared/provider'
import { createApiframeServer } from '../../test/platforms/apiframe/apiframe'
import { createBytespikeServer } from '../../test/platforms/bytespike/bytespike'
import type { Core } from '../../test/platforms/core'
import { createInferenceshServer } from '../../test/platforms/inferencesh/inferencesh'
import { createKreaServer } from '../../test/platforms/krea/krea'
import type { Plan } from '../../test/platforms/plan'
import { practiceKeys } from '../../test/platforms/practice-platforms'
import type { PlatformHttp } from '../../test/platforms/server'
import { createUniallServer } from '../../test/platforms/uniall/uniall'
import { createFastClock } from './fast-clock'
import { createLogNormal, createRandom } from './random'

/** What the platforms are to be like. */
export interface PlatformsOrder {
  readonly kind: 'set-up'
  readonly ids: readonly RemoteProviderId[]
  /** Jobs of ours at each. */
  readonly jobs: number
  readonly speed: number
  readonly seed: number
  /** Of the jobs' run times, milliseconds. */
  readonly medianMs: number
  readonly sigma: number
  /** Requests a minute above which they answer 429; null never. */
  readonly requestsPerMinute: Readonly<Record<RemoteProviderId, number>>
}

/** What there is of each platform that takes part. */
export type Each<T> = Readonly<Partial<Record<RemoteProviderId, T>>>

/** A platform that is ready to be asked. */
export interface ReadyPlatform {
  readonly origin: string
  readonly key: string
  readonly jobs: readonly { readonly remoteId: string; readonly runMs: number; readonly endsAt: number }[]
}

/** What a platform has seen; times are simulated. */
export interface SeenRequests {
  readonly lists: readonly number[]
  readonly singles: readonly number[]
  readonly others: number
  readonly refused: number
  readonly violations: number
}

export type PlatformsMessage =
  | PlatformsOrder
  | { readonly kind: 'begin'; readonly at: number }
  | { readonly kind: 'report' }

/** The list of Krea or Apiframe, and that of inference.sh (reference/providers.md §8). */
const listAddress = /\/jobs\?|\/tasks\/list$/
/** One job of Krea, Apiframe or UniAll, of ByteSpike, of inference.sh. */
const jobAddress = /\/(?:jobs|videos)\/[^/?]+$|\/tasks\/query|\/tasks\/(?!list$)[^/?]+$/

/** One in so many jobs of the account is a colleague's: lists always hold some. */
const foreignEvery = 10

async function start({ ids, jobs: count, speed, seed, medianMs, sigma, requestsPerMinute }: PlatformsOrder) {
  const clock = createFastClock(speed)
  const draw = createLogNormal(medianMs, sigma, createRandom(seed))
  const options = {
    // Nobody moves it: it runs by itself.
    clock: { ...clock, advance: () => undefined, onAdvance: () => undefined },
    runMs: () => Math.round(draw()),
    foreignJobs: { atStart: 1, perSubmit: 0 },
    clip: { contentType: 'video/mp4', source: Buffer.from('a clip that nobody fetches') },
  }
  const of = (id: RemoteProviderId) => ({ ...options, requestsPerMinute: requestsPerMinute[id] })
  const servers = {
    uniall: await createUniallServer(of('uniall')),
    apiframe: await createApiframeServer(of('apiframe')),
    krea: await createKreaServer(of('krea')),
    bytespike: await createBytespikeServer(of('bytespike')),
    inferencesh: await createInferenceshServer(of('inferencesh')),
  }
  const fill = <P extends Plan>(server: Core<P> & PlatformHttp, id: RemoteProviderId): ReadyPlatform => {
    const { origin, jobs, addForeign, keys } = server
    const key = practiceKeys[id]
    const account = keys.get(key) ?? ''
    const ours = Array.from({ length: count }, (_item, n) => {
      if (n % foreignEvery === 0) addForeign(account)
      const input = { prompt: promptOf(n), duration_seconds: 4 }
      const job = jobs.accept({ account, intent: `${id} ${n}`, input, charge: 100 })
      const runMs = jobs.stages(job).reduce((sum, { lastsMs }) => sum + lastsMs, 0)
      return { remoteId: job.id, runMs, endsAt: job.acceptedAt + runMs }
    })
    return { origin, key, jobs: ours }
  }
  const fillOf: Readonly<Record<RemoteProviderId, () => ReadyPlatform>> = {
    uniall: () => fill(servers.uniall, 'uniall'),
    apiframe: () => fill(servers.apiframe, 'apiframe'),
    krea: () => fill(servers.krea, 'krea'),
    bytespike: () => fill(servers.bytespike, 'bytespike'),
    inferencesh: () => fill(servers.inferencesh, 'inferencesh'),
  }
  const ready: Each<ReadyPlatform> = Object.fromEntries(ids.map((id) => [id, fillOf[id]()]))
  const seen = (id: RemoteProviderId): SeenRequests => {
    const { requests, violations } = servers[id].record
    const lists = requests.filter(({ url }) => listAddress.test(url))
    const singles = requests.filter(({ url }) => jobAddress.test(url))
    return {
      lists: lists.map(({ at }) => at),
      singles: singles.map(({ at }) => at),
      others: requests.length - lists.length - singles.length,
      refused: requests.filter(({ status }) => status !== 200).length,
      violations: violations.length,
    }
  }
  return {
    clock,
    ready,
    report: (): Each<SeenRequests> => Object.fromEntries(ids.map((id) => [id, seen(id)])),
  }
}

/** As long as prompts usually are: pages of the list are as large as real ones. */
function promptOf(n: number): string {
  return `Shot ${n}: a red fox crosses the snow at first light, the camera follows it slowly from the left. `.repeat(
    3,
  )
}

let platforms: ReturnType<typeof start> | undefined
process.on('message', (message: PlatformsMessage) => {
  switch (message.kind) {
    case 'set-up':
      platforms = start(message)
      void platforms.then(({ ready }) => process.send?.(ready))
      return
    case 'begin':
      void platforms?.then(({ clock }) => clock.begin(message.at))
      return
    case 'report':
      void platforms?.then(({ report }) => process.send?.(report()))
  }
})
// A bench that was cut off leaves nothing behind.
process.on('disconnect', () => process.exit())
