import { usd } from '../../../shared/money'
import { isGood } from '../answer'
import { bytespikeBody, inlinePicture, outTaskId } from './bytespike-body'
import { readBytespikeJob, readBytespikeSubmit } from './bytespike-job'
import { errorCode, readCodedProblem } from '../error-code'
import { amountOf, fieldsOf, idOf, isFields, parseJson } from '../json'
import { createPlatform, defaultSettings, dialectOf } from '../platform'
import { createPollRoute, namesAddress, namesTask } from '../poll-route'
import { unreadable } from '../problem'
import type { ApiAnswer, ApiRequest, FindReading, KeyTest, PlatformDeps, RemoteProvider } from '../provider'
import { answerWords } from '../words'

const defaultOrigin = 'https://llm.bytespike.ai'

/**
 * Requests a minute [ASSUMED]: asking is free and no limit is documented (its rate headers count dollars, §4.4). Enough
 * for the five jobs that the free plan runs at a time, each asked once a second.
 */
const requestsPerMinute = 300

/** The page's cadence, milliseconds: "1s for first 30s, then 2s up to 60s"; what comes then is [ASSUMED] (§4.3). */
const cadence = [
  { untilMs: 30_000, everyMs: 1_000 },
  { untilMs: 60_000, everyMs: 2_000 },
] as const
const laterMs = 5_000

/** [ASSUMED] No window is documented for `out_task_id` (§4.6); half a day, as where one is. */
const idempotentMs = 12 * 3_600_000

/** Dollars per second: the page's sample, 0.18 for 4 s, at a "live rate" (§4.7). */
const sampleRate = 0.045

const query = '/v1/tasks/query'

/** The sibling pages' way to ask, and that of the utility reference (§4.0). */
const byGet = (id: string): ApiRequest => ({
  method: 'GET',
  path: `${query}?task_id=${encodeURIComponent(id)}`,
})
const byPost = (id: string): ApiRequest => ({
  method: 'POST',
  path: query,
  json: JSON.stringify({ task_id: id }),
})

/** ByteSpike, `veo-3.1-fast`, in its dialects A and B (reference/providers.md §4). */
export function createBytespike({ settings = defaultSettings }: PlatformDeps = {}): RemoteProvider {
  const isNested = () => dialectOf('bytespike', settings()) === 'B'
  const poll = createPollRoute(
    () => ({
      place: `${isNested() ? 'B' : 'A'} ${settings().origin ?? defaultOrigin}`,
      routes: isNested() ? [byPost, byGet] : [byGet, byPost],
    }),
    ({ task_id }) => idOf(task_id),
  )
  return createPlatform('bytespike', settings, {
    defaultOrigin,
    auth: { header: 'x-api-key', prefix: '' },
    cadence: {
      intervalMs: (ageMs) => cadence.find(({ untilMs }) => ageMs < untilMs)?.everyMs ?? laterMs,
      requestsPerMinute,
    },
    quote: async ({ durationS }) => ({ certainty: 'approximate', amount: usd(sampleRate * durationS) }),
    handOver: inlinePicture,
    body: (recipe, urls, intent) => bytespikeBody(recipe, urls, intent, isNested()),
    submitRequest: (json) => ({ method: 'POST', path: '/v1/tasks/submit', json }),
    readSubmit: (answer) => readBytespikeSubmit(answer, dialectOf('bytespike', settings())),
    pollRequest: (remoteId) => poll.routeFor(remoteId)(remoteId),
    readPoll: (answer) => poll.read(answer, readBytespikeJob),
    list: null,
    find: {
      request(body) {
        const id = outTaskId(body)
        if (id === null) return null
        return { method: 'POST', path: query, json: JSON.stringify({ out_task_id: id }) }
      },
      read: readFound,
    },
    matches: () => 'possible',
    idempotentMs: (body) => (outTaskId(body) === null ? null : idempotentMs),
    cancelRequest: (remoteId) => ({
      method: 'POST',
      path: `/v1/tasks/cancel/${encodeURIComponent(remoteId)}`,
    }),
    testKey: async (send) => readAccount(await send({ method: 'GET', path: '/api/v1/me/account' })),
  })
}

/** Only a 404 about the task itself says that there is none: an address that is not there says nothing. */
function readFound(answer: ApiAnswer): FindReading {
  const json = parseJson(answer.text)
  const task = fieldsOf(json)
  if (answer.status === 404 && isFields(json) && isUnknownTask(answer)) return { kind: 'missing' }
  if (!isGood(answer)) return { kind: 'problem', problem: readCodedProblem(answer) }
  const remoteId = idOf(task['task_id'])
  const reading = readBytespikeJob(task)
  if (remoteId === null || reading === null) return { kind: 'problem', problem: unreadable(answer) }
  return { kind: 'found', remoteId, word: 'word' in reading ? reading.word : '', reading }
}

/** `not_found` is the documented code for it (§4.4), which a missing address may well have too. */
function isUnknownTask(answer: ApiAnswer): boolean {
  const isCode = errorCode(answer) === 'not_found' && !namesAddress(answerWords(answer))
  return namesTask(answer) || isCode
}

/** `GET /api/v1/me/account` (§4.6). */
function readAccount(answer: ApiAnswer): KeyTest {
  if (!isGood(answer)) {
    return { kind: 'problem', problem: readCodedProblem(answer) }
  }
  const { user, balance } = fieldsOf(parseJson(answer.text))
  if (!isFields(user) && !isFields(balance)) return { kind: 'problem', problem: unreadable(answer) }
  const left = amountOf(fieldsOf(balance)['available_usd'])
  return { kind: 'ok', balance: left === null ? null : usd(left) }
}
