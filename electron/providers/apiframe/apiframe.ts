import { credits } from '../../../shared/money'
import { providers } from '../../../shared/providers'
import { readApiframeJob, readApiframeListed } from './apiframe-job'
import { apiframeModel, createApiframePrices } from './apiframe-price'
import { isGood } from '../answer'
import { growingInterval } from '../cadence'
import { amountOf, fieldsOf, isFields, parseJson, textOf, timeOf, urlOf } from '../json'
import { matchInput } from '../match-input'
import { readProblem, unreadable, type FieldNames } from '../problem'
import { createPlatform, defaultSettings } from '../platform'
import type { ApiAnswer, JobListing, KeyTest, PlatformDeps, RemoteProvider } from '../provider'
import { pageSize, readListAnswer, readPollAnswer } from '../read-poll'
import { readSubmitAnswer } from '../read-submit'
import { pictureUrls, refuseSource } from '../slots'
import { uploadRefused, uploadRequest } from '../upload'

/** Page size at most (reference/providers.md §2.6). */
const listPage = 100

/** How long an upload is there when the answer does not say, milliseconds: the shorter end of "~1–2 h" (§2.5). */
const uploadLifeMs = 3_600_000

/** Half of the 500 a minute that a third party counted (§2.4): other programs may use the same key. */
const requestsPerMinute = 250

/** §2.3, milliseconds: "every 5–10 s". */
const intervalMs = { from: 5_000, to: 10_000 }

/** The platform keeps keys for 24 h (§2.2); half of that, so that no doubt about clocks matters (design/reliability.md). */
const idempotentMs = 12 * 3_600_000

/** Longest `Idempotency-Key`, characters (§2.2). */
const maxIntentLength = 255

const fieldNames: FieldNames = {
  prompt: 'prompt',
  image: 'slots',
  last_frame: 'slots',
  reference_images: 'slots',
  aspect_ratio: 'aspectRatio',
  duration: 'durationS',
  generate_audio: 'audio',
  resolution: 'resolution',
  negative_prompt: 'negativePrompt',
  seed: 'seed',
}

const defaultOrigin = 'https://api.apiframe.ai'

/** Apiframe v2, `veo-3.1-fast` (reference/providers.md §2). */
export function createApiframe({
  settings = defaultSettings,
  now = Date.now,
}: PlatformDeps = {}): RemoteProvider {
  return createPlatform('apiframe', settings, {
    defaultOrigin,
    auth: { header: 'x-api-key', prefix: '' },
    cadence: {
      intervalMs: (ageMs) => growingInterval(ageMs, intervalMs.from, intervalMs.to),
      requestsPerMinute,
    },
    // [ASSUMED] The documents name neither page.
    quote: createApiframePrices(() => settings().origin ?? defaultOrigin, now),
    async handOver(file, { send }, clock) {
      const answer = await send(await uploadRequest(file, '/v2/uploads'))
      const { url: told, expiresAt } = fieldsOf(parseJson(answer.text))
      const url = urlOf(told)
      if (!isGood(answer) || url === null) throw uploadRefused(name, answer)
      return { url, expiresAt: onOurClock(timeOf(expiresAt), answer.date, clock()) }
    },
    body(recipe, urls) {
      refuseSource(recipe, name)
      const { first, last, references } = pictureUrls(recipe, urls)
      return JSON.stringify({
        model: apiframeModel,
        prompt: recipe.prompt,
        veoParams: {
          image: first,
          last_frame: last,
          reference_images: references.length > 0 ? references : undefined,
          resolution: recipe.resolution,
          generate_audio: recipe.audio,
          negative_prompt: recipe.negativePrompt === '' ? undefined : recipe.negativePrompt,
          seed: recipe.seed ?? undefined,
          duration: recipe.durationS,
          aspect_ratio: recipe.aspectRatio,
        },
      })
    },
    submitRequest(json, intent) {
      if (intent === '' || intent.length > maxIntentLength) throw new Error('not an Idempotency-Key')
      return { method: 'POST', path: '/v2/videos/generate', json, headers: { 'idempotency-key': intent } }
    },
    readSubmit: (answer) => readSubmitAnswer(answer, 'jobId', fieldNames),
    pollRequest: (remoteId) => ({ method: 'GET', path: `/v2/jobs/${encodeURIComponent(remoteId)}` }),
    readPoll: (answer) => readPollAnswer(answer, readApiframeJob),
    list,
    find: null,
    matches: (body, { input }) => matchInput(parseJson(body), input),
    idempotentMs: () => idempotentMs,
    cancelRequest: null,
    testKey: async (send) => readAccount(await send({ method: 'GET', path: '/v2/me' })),
  })
}

const { name } = providers.apiframe

const list: JobListing = {
  page: listPage,
  request(cursor, limit) {
    const count = pageSize(limit, listPage)
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    return { method: 'GET', path: `/v2/jobs?limit=${count}${from}` }
  },
  read: (answer) =>
    readListAnswer(
      answer,
      ({ jobs, nextCursor, hasMore }) => ({
        jobs,
        next: hasMore === false ? null : textOf(nextCursor),
        hasMore,
      }),
      readApiframeListed,
    ),
}

/** An end on the platform's clock, or the shortest one it may mean, on this computer's clock. */
function onOurClock(end: number | null, platformNow: number | null, ourNow: number): number {
  if (end === null) return ourNow + uploadLifeMs
  return platformNow === null ? end : end - platformNow + ourNow
}

/** `GET /v2/me` (§2.6): the team's credits are the balance. */
function readAccount(answer: ApiAnswer): KeyTest {
  if (!isGood(answer)) return { kind: 'problem', problem: readProblem(answer) }
  const json = parseJson(answer.text)
  const { user, team } = fieldsOf(json)
  if (!isFields(user) && !isFields(team)) return { kind: 'problem', problem: unreadable(answer) }
  const left = amountOf(fieldsOf(team)['credits'])
  return { kind: 'ok', balance: left === null ? null : credits(left) }
}
