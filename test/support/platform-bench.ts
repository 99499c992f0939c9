import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createApiframe } from '../../electron/providers/apiframe'
import { createKrea } from '../../electron/providers/krea'
import type {
  ListedJob,
  PollReading,
  RemoteProvider,
  SlotUrls,
  StillFile,
} from '../../electron/providers/provider'
import type { SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { StillType } from '../../shared/still'
import { apiframePracticeKey, createApiframeServer, type ApiframeOptions } from '../platforms/apiframe'
import { createKreaServer, kreaPracticeKey, type KreaOptions } from '../platforms/krea'
import { lineTo } from './lines'
import { sampleRecipe, sha256Of } from './samples'

/** A file of test/fixtures as a still. */
export function stillOf(name: string, type: StillType = 'png'): StillFile {
  const path = join(import.meta.dirname, '../fixtures', name)
  const bytes = readFileSync(path)
  return { id: sha256Of(bytes), type, bytes: bytes.length, path }
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

/** Krea's contract server and its adapter with the practice key. */
export async function kreaBench(options: KreaOptions = {}) {
  const server = await createKreaServer(options)
  return { server, ...(await bench(server, createKrea({ origin: server.origin }), kreaPracticeKey)) }
}

/** The same of Apiframe. */
export async function apiframeBench(options: ApiframeOptions = {}) {
  const server = await createApiframeServer(options)
  const provider = createApiframe({ origin: server.origin, now: server.clock.now })
  return { server, ...(await bench(server, provider, apiframePracticeKey)) }
}

export type KreaBench = Awaited<ReturnType<typeof kreaBench>>
export type ApiframeBench = Awaited<ReturnType<typeof apiframeBench>>
export type PlatformBench = KreaBench | ApiframeBench

async function bench(
  server: { readonly close: () => Promise<void>; readonly clock: { readonly now: () => number } },
  provider: RemoteProvider,
  key: string,
) {
  onTestFinished(() => server.close())
  const line = lineTo(provider, key)
  const now = server.clock.now

  const handOver = async (recipe: Recipe): Promise<SlotUrls> => {
    const urls: Partial<Record<SlotName, string>> = {}
    for (const [slot, name] of Object.entries(pictures) as [SlotName, string][]) {
      if (recipe.slots[slot] === undefined) continue
      urls[slot] = (await provider.handOver(stillOf(name), line.send, now)).url
    }
    return urls
  }
  const post = async (body: string, intent: string) =>
    provider.readSubmit(await line.submit(provider.submitRequest(body, intent)))
  const submit = async (recipe: Recipe, intent = 'i') =>
    post(provider.body(recipe, await handOver(recipe)), intent)
  /** The remote id of an accepted submit. */
  const started = async (recipe: Recipe, intent = 'i') => {
    const reading = await submit(recipe, intent)
    if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
    return reading.remoteId
  }
  const poll = async (remoteId: string): Promise<PollReading> =>
    provider.readPoll(await line.send(provider.pollRequest(remoteId)))
  const list = async (cursor: string | null = null, limit = provider.listPage) => {
    const reading = provider.readList(await line.send(provider.listRequest(cursor, limit)))
    if (reading.kind === 'problem') throw new Error(reading.problem.message)
    return reading
  }
  const listed = async (remoteId: string): Promise<ListedJob | undefined> =>
    (await list()).jobs.find((job) => job.remoteId === remoteId)
  return { provider, line, now, handOver, post, submit, started, poll, list, listed }
}
