import type { Resolution } from '../../../shared/recipe'
import { providers } from '../../../shared/providers'
import { isGood } from '../answer'
import { growingInterval } from '../cadence'
import { fieldsOf, parseJson, textOf, urlOf } from '../json'
import { readKreaJob, readKreaListed } from './krea-job'
import { kreaQuote } from './krea-price'
import type { FieldNames } from '../problem'
import { createPlatform, defaultSettings } from '../platform'
import type { JobListing, PlatformDeps, RemoteProvider } from '../provider'
import { pageSize, readListAnswer, readPollAnswer } from '../read-poll'
import { readSubmitAnswer } from '../read-submit'
import { pictureUrls, refuseSource } from '../slots'
import { uploadRefused, uploadRequest } from '../upload'

const submitPath = '/generate/video/google/veo-3.1-fast'

/** Page size at most (reference/providers.md §3.6). */
const listPage = 1000

/** Requests a minute [ASSUMED]: limits "are per plan, not numeric" (§3.4); two a second bother nobody. */
const requestsPerMinute = 120

/** §3.3 and design/reliability.md, rule 6, milliseconds: 5 s growing to 15 s, 4K to 20 s. */
const intervalMs = { from: 5_000, to: 15_000, to4k: 20_000 }

/** A capital K is what it wants (§3.2). */
const resolutionNames: Readonly<Record<Resolution, string>> = { '720p': '720p', '1080p': '1080p', '4k': '4K' }

const fieldNames: FieldNames = {
  prompt: 'prompt',
  start_image: 'slots',
  end_image: 'slots',
  reference_images: 'slots',
  aspect_ratio: 'aspectRatio',
  duration: 'durationS',
  generate_audio: 'audio',
  resolution: 'resolution',
}

/** Krea, `google/veo-3.1-fast` (reference/providers.md §3). */
export function createKrea({ settings = defaultSettings }: PlatformDeps = {}): RemoteProvider {
  const jobPath = (remoteId: string) => `/jobs/${encodeURIComponent(remoteId)}`
  return createPlatform('krea', settings, {
    defaultOrigin: 'https://api.krea.ai',
    auth: { header: 'authorization', prefix: 'Bearer ' },
    cadence: {
      intervalMs: (ageMs, { resolution }) =>
        growingInterval(ageMs, intervalMs.from, resolution === '4k' ? intervalMs.to4k : intervalMs.to),
      requestsPerMinute,
    },
    quote: async (recipe) => kreaQuote(recipe),
    async handOver(file, { send }) {
      const answer = await send(await uploadRequest(file, '/assets'))
      const url = urlOf(fieldsOf(parseJson(answer.text))['image_url'])
      if (!isGood(answer) || url === null) throw uploadRefused(name, answer)
      return { url, expiresAt: null }
    },
    body(recipe, urls) {
      refuseSource(recipe, name)
      const { first, last, references } = pictureUrls(recipe, urls)
      return JSON.stringify({
        prompt: recipe.prompt,
        start_image: first,
        end_image: last,
        reference_images: references.length > 0 ? references : undefined,
        aspect_ratio: recipe.aspectRatio,
        duration: recipe.durationS,
        generate_audio: recipe.audio,
        resolution: resolutionNames[recipe.resolution],
      })
    },
    submitRequest: (json) => ({ method: 'POST', path: submitPath, json }),
    readSubmit: (answer) => readSubmitAnswer(answer, 'job_id', fieldNames),
    pollRequest: (remoteId) => ({ method: 'GET', path: jobPath(remoteId) }),
    readPoll: (answer) => readPollAnswer(answer, readKreaJob),
    list,
    find: null,
    // The list tells nothing of what was asked (§3.3): a time alone proves nothing.
    matches: () => 'possible',
    idempotentMs: () => null,
    cancelRequest: (remoteId) => ({ method: 'DELETE', path: jobPath(remoteId) }),
    async testKey(send) {
      const reading = list.read(await send(list.request(null, 1)))
      return reading.kind === 'problem' ? reading : { kind: 'ok', balance: null }
    },
  })
}

const { name } = providers.krea

const list: JobListing = {
  page: listPage,
  request(cursor, limit) {
    const count = pageSize(limit, listPage)
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    return { method: 'GET', path: `/jobs?limit=${count}${from}` }
  },
  read: (answer) =>
    readListAnswer(
      answer,
      // Older documents have `nextCursor` (§3.6).
      ({ items, next_cursor, nextCursor }) => ({
        jobs: items,
        next: textOf(next_cursor) ?? textOf(nextCursor),
      }),
      readKreaListed,
    ),
}
