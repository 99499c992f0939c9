import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createApiframe } from '../../electron/providers/apiframe/apiframe'
import { createBytespike } from '../../electron/providers/bytespike/bytespike'
import { createHttp } from '../../electron/providers/http/http'
import { createInferencesh } from '../../electron/providers/inferencesh/inferencesh'
import { createKrea } from '../../electron/providers/krea/krea'
import type {
  Elsewhere,
  HandedOver,
  ListedJob,
  MediaFile,
  MediaUrls,
  PollReading,
  RemoteProvider,
  Send,
} from '../../electron/providers/provider'
import { createUniall } from '../../electron/providers/uniall/uniall'
import type { LinkName, SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { StillType } from '../../shared/still'
import {
  apiframePracticeKey,
  createApiframeServer,
  type ApiframeOptions,
} from '../platforms/apiframe/apiframe'
import {
  bytespikePracticeKey,
  createBytespikeServer,
  type BytespikeOptions,
} from '../platforms/bytespike/bytespike'
import {
  createInferenceshServer,
  inferenceshPracticeKey,
  type InferenceshOptions,
} from '../platforms/inferencesh/inferencesh'
import { createKreaServer, kreaPracticeKey, type KreaOptions } from '../platforms/krea/krea'
import type { ResultHost } from '../platforms/result-host'
import { createUniallServer, uniallPracticeKey, type UniallOptions } from '../platforms/uniall/uniall'
import { lineTo } from './lines'
import { idOf, sampleRecipe, sha256Of } from './samples'

/** A file of test/fixtures as a still. */
export function stillOf(name: string, type: StillType = 'png'): MediaFile & { readonly type: StillType } {
  const path = join(import.meta.dirname, '../fixtures', name)
  const bytes = readFileSync(path)
  return { id: sha256Of(bytes), type, bytes: bytes.length, path }
}

/** A clip of test/fixtures as the source clip of a recipe. */
export function sourceClip(): MediaFile {
  const path = join(import.meta.dirname, '../fixtures/clip.mp4')
  return { id: idOf(3), type: 'mp4', bytes: readFileSync(path).length, path }
}

const pictures = { first: 'a.png', last: 'b.png', ref1: 'a.png', ref2: 'b.png', ref3: 'alpha.png' } as const

/** A recipe whose intent the contract server can find, with pictures of test/fixtures in the slots. */
export function recipeWith(
  intent: string,
  slots: readonly SlotName[] = [],
  change: Partial<Recipe> = {},
): Recipe {
  const filled = Object.fromEntries(slots.map((slot) => [slot, stillOf(pictures[slot]).id]))
  return sampleRecipe({ prompt: `red fox intent:${intent}`, slots: filled, durationS: 8, ...change })
}

/** The settings of a platform that is where the server is. */
export const at =
  (server: { readonly origin: string }, dialect: string | null = null) =>
  () => ({ origin: server.origin, dialect })

/** Krea's contract server and its adapter with the practice key. */
export async function kreaBench(options: KreaOptions = {}) {
  const server = await createKreaServer(options)
  return { server, ...bench(server, createKrea({ settings: at(server) }), kreaPracticeKey) }
}

/** The same of Apiframe. */
export async function apiframeBench(options: ApiframeOptions = {}) {
  const server = await createApiframeServer(options)
  const provider = createApiframe({ settings: at(server), now: server.clock.now })
  return { server, ...bench(server, provider, apiframePracticeKey) }
}

/** The same of UniAll; the adapter speaks the server's dialect when no other is given. */
export async function uniallBench(options: UniallOptions = {}, spoken: string | null = null) {
  const server = await createUniallServer(options)
  const provider = createUniall({ settings: at(server, spoken ?? options.dialect ?? null) })
  return { server, ...bench(server, provider, uniallPracticeKey) }
}

/** The same of ByteSpike. */
export async function bytespikeBench(options: BytespikeOptions = {}, spoken: string | null = null) {
  const server = await createBytespikeServer(options)
  const provider = createBytespike({ settings: at(server, spoken ?? options.dialect ?? null) })
  return { server, ...bench(server, provider, bytespikePracticeKey) }
}

/** The same of inference.sh. */
export async function inferenceshBench(options: InferenceshOptions = {}, spoken: string | null = null) {
  const server = await createInferenceshServer(options)
  const settings = at(server, spoken ?? options.submitPath ?? null)
  const provider = createInferencesh({ settings, now: server.clock.now })
  return { server, ...bench(server, provider, inferenceshPracticeKey) }
}

export type KreaBench = Awaited<ReturnType<typeof kreaBench>>
export type ApiframeBench = Awaited<ReturnType<typeof apiframeBench>>
export type UniallBench = Awaited<ReturnType<typeof uniallBench>>
export type BytespikeBench = Awaited<ReturnType<typeof bytespikeBench>>
export type InferenceshBench = Awaited<ReturnType<typeof inferenceshBench>>
export type PlatformBench = KreaBench | ApiframeBench | UniallBench | BytespikeBench | InferenceshBench

/** Hands a file over by the platform's own way. */
export async function give(
  provider: RemoteProvider,
  file: MediaFile,
  doors: { readonly send: Send; readonly elsewhere?: Elsewhere },
  now: () => number,
): Promise<HandedOver> {
  if (!provider.handOver) throw new Error(`${provider.id} has no way of its own`)
  return provider.handOver(file, { send: doors.send, elsewhere: doors.elsewhere ?? nowhere }, now)
}

const nowhere: Elsewhere = async () => {
  throw new Error('nothing goes elsewhere')
}

/** Puts a file up on the result host, as the user's bucket or any public host would. */
export function hostedAt(host: ResultHost, { path, type }: MediaFile): string {
  const contentType = type === 'mp4' ? 'video/mp4' : `image/${type}`
  const source = readFileSync(path)
  return host.link(
    host.add({ name: `x.${type}`, contentType, source, linkTtlMs: null, purgeAt: null, decoy: false }),
  )
}

function bench(
  server: {
    readonly close: () => Promise<void>
    readonly clock: { readonly now: () => number }
    readonly host: ResultHost
  },
  provider: RemoteProvider,
  key: string,
) {
  onTestFinished(() => server.close())
  const line = lineTo(provider, key)
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const { elsewhere } = http
  const now = server.clock.now

  /** The longest clip that the platform makes: with references it makes no other. */
  const recipe = (intent: string, slots: readonly SlotName[] = [], change: Partial<Recipe> = {}): Recipe =>
    recipeWith(intent, slots, { durationS: provider.capabilities.durationsS.at(-1) ?? 0, ...change })
  const handFile = async (file: MediaFile): Promise<string> => {
    if (!provider.handOver) return hostedAt(server.host, file)
    return (await provider.handOver(file, { send: line.send, elsewhere }, now)).url
  }
  const handOver = async ({ slots, source }: Recipe): Promise<MediaUrls> => {
    const urls: Partial<Record<LinkName, string>> = {}
    for (const [slot, name] of Object.entries(pictures) as [SlotName, string][]) {
      if (slots[slot] !== undefined) urls[slot] = await handFile(stillOf(name))
    }
    if (source) urls.source = await handFile(sourceClip())
    return urls
  }
  const post = async (body: string, intent: string) =>
    provider.readSubmit(await line.submit(provider.submitRequest(body, intent)))
  const submit = async (asked: Recipe, intent = 'i') =>
    post(provider.body(asked, await handOver(asked), intent), intent)
  /** The remote id of an accepted submit. */
  const started = async (asked: Recipe, intent = 'i') => {
    const reading = await submit(asked, intent)
    if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
    return reading.remoteId
  }
  const poll = async (remoteId: string): Promise<PollReading> =>
    provider.readPoll(await line.send(provider.pollRequest(remoteId)), remoteId)
  const list = async (cursor: string | null = null, limit = provider.list?.page ?? 0) => {
    if (!provider.list) throw new Error(`${provider.id} has no list`)
    const reading = provider.list.read(await line.send(provider.list.request(cursor, limit)))
    if (reading.kind === 'problem') throw new Error(reading.problem.message)
    return reading
  }
  const listed = async (remoteId: string): Promise<ListedJob | undefined> =>
    (await list()).jobs.find((job) => job.remoteId === remoteId)
  return { provider, line, elsewhere, now, recipe, handOver, post, submit, started, poll, list, listed }
}
