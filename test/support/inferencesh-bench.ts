import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Redacted } from '../../electron/keys/redacted'
import { createHttp } from '../../electron/providers/http/http'
import { createInferencesh } from '../../electron/providers/inferencesh/inferencesh'
import type { MediaFile, MediaUrls } from '../../electron/providers/provider'
import type { SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import {
  createInferenceshServer,
  inferenceshPracticeKey,
  type InferenceshOptions,
} from '../platforms/inferencesh/inferencesh'
import { sampleRecipe, sha256Of } from './samples'

/** A file of test/fixtures. */
function fileOf(name: string, type: MediaFile['type']): MediaFile {
  const path = join(import.meta.dirname, '../fixtures', name)
  const bytes = readFileSync(path)
  return { id: sha256Of(bytes), type, bytes: bytes.length, path }
}

/** What lies in each place of {@link inferenceshRecipe}. */
export const inferenceshFiles: Readonly<Record<'first' | 'last' | 'ref1' | 'source', MediaFile>> = {
  first: fileOf('a.png', 'png'),
  last: fileOf('portrait.jpg', 'jpeg'),
  ref1: fileOf('b.png', 'png'),
  source: fileOf('clip.mp4', 'mp4'),
}

/** A recipe whose intent the contract server can find. */
export function inferenceshRecipe(
  intent: string,
  slots: readonly (SlotName & keyof typeof inferenceshFiles)[] = [],
  change = {},
) {
  const filled = Object.fromEntries(slots.map((slot) => [slot, inferenceshFiles[slot].id])) as Recipe['slots']
  return sampleRecipe({ prompt: `red fox intent:${intent}`, slots: filled, durationS: 8, ...change })
}

/** The contract server, and the adapter with the real network side and the practice key. */
export async function inferenceshBench(options: InferenceshOptions = {}, dialect: string | null = null) {
  const server = await createInferenceshServer(options)
  const http = createHttp({ allowLoopback: true })
  onTestFinished(async () => {
    await http.close()
    await server.close()
  })
  const { now } = server.clock
  const provider = createInferencesh({ settings: () => ({ origin: server.origin, dialect }), now })
  const key = new Redacted(inferenceshPracticeKey)
  const line = http.line({ ...provider, key })
  const { elsewhere } = http

  const handOver = async (recipe: Recipe): Promise<MediaUrls> => {
    const urls: Record<string, string> = {}
    for (const [place, file] of Object.entries(inferenceshFiles)) {
      const isThere = place === 'source' ? recipe.source : recipe.slots[place as SlotName]
      if (isThere)
        urls[place] = (await provider.handOver?.(file, { send: line.send, elsewhere }, now))?.url ?? ''
    }
    return urls
  }
  const submit = async (recipe: Recipe) => {
    const body = provider.body(recipe, await handOver(recipe), 'i')
    return { body, reading: provider.readSubmit(await line.submit(provider.submitRequest(body, 'i'))) }
  }
  const started = async (recipe: Recipe) => {
    const { body, reading } = await submit(recipe)
    if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
    return { body, id: reading.remoteId, word: reading.word }
  }
  const poll = async (id: string) => provider.readPoll(await line.send(provider.pollRequest(id)))
  const list = async (cursor: string | null = null, limit = 50) => {
    if (!provider.list) throw new Error('no list')
    const reading = provider.list.read(await line.send(provider.list.request(cursor, limit)))
    if (reading.kind === 'problem') throw new Error(reading.problem.message)
    return reading
  }
  const linkOf = (id: string) => server.host.link(server.jobs.find('studio', id)?.fileId ?? '')
  return { server, provider, line, http, handOver, submit, started, poll, list, linkOf }
}
