import { isGood } from '../answer'
import { readCodedProblem } from '../error-code'
import { fieldsOf, parseJson } from '../json'
import { createPlatform, defaultSettings, dialectOf } from '../platform'
import { createPollRoute } from '../poll-route'
import { readProblem, unreadable } from '../problem'
import type { ApiAnswer, KeyTest, PlatformDeps, RemoteProvider } from '../provider'
import { docsBody, generationModeBody, uniallSubmit } from './uniall-body'
import {
  readUniallJob,
  readUniallSubmit,
  splitRemoteId,
  uniallId,
  uniallQuote,
  videosPath,
} from './uniall-job'

const defaultOrigin = 'https://api.uniall.ai'

/** Requests a minute [ASSUMED]: nothing is said (reference/providers.md §1.4); two a second bother nobody. */
const requestsPerMinute = 120

/** §1.4, milliseconds [ASSUMED]: "5 s ×1.5 up to 15 s"; waits that grow so are half the job's age longer than the first. */
const intervalMs = { from: 5_000, to: 15_000 }

/** The documented route, and the one that a tag of the OpenAPI file hints at (§1.4). */
const pollPaths = [videosPath, (id: string) => `/v1/tasks/${encodeURIComponent(id)}`] as const

/** UniAll, `veo3.1-fast-video-4k`, in both of its dialects (reference/providers.md §1). */
export function createUniall({ settings = defaultSettings }: PlatformDeps = {}): RemoteProvider {
  const origin = () => settings().origin ?? defaultOrigin
  const dialect = () => dialectOf('uniall', settings())
  const poll = createPollRoute(
    () => ({ place: origin(), routes: pollPaths }),
    (job) => uniallId(job) ?? uniallId(fieldsOf(job['data'])),
  )
  /** Remote ids whose own path answered that it is not there, since the start. */
  const deadPaths = new Set<string>()
  return createPlatform('uniall', settings, {
    defaultOrigin,
    auth: { header: 'authorization', prefix: 'Bearer ' },
    cadence: {
      intervalMs: (ageMs) => Math.min(intervalMs.to, intervalMs.from + ageMs / 2),
      requestsPerMinute,
    },
    quote: async (recipe) => uniallQuote(recipe),
    // Only addresses are documented (§1.5).
    handOver: null,
    body: (recipe, urls) =>
      dialect() === 'docs' ? docsBody(recipe, urls) : generationModeBody(recipe, urls),
    submitRequest: uniallSubmit,
    readSubmit: (answer) => readUniallSubmit(answer, origin(), dialect()),
    pollRequest(remoteId) {
      const { id, path } = splitRemoteId(remoteId)
      const named = deadPaths.has(remoteId) ? null : path
      return { method: 'GET', path: named ?? poll.routeFor(id)(id) }
    },
    readPoll(answer, remoteId = '') {
      const isNamed = splitRemoteId(remoteId).path !== null && !deadPaths.has(remoteId)
      if (!isNamed || (answer.status !== 404 && answer.status !== 405))
        return poll.read(answer, readUniallJob)
      // The address that it named itself is not there: from now on the documented ones (§1.4).
      deadPaths.add(remoteId)
      return { kind: 'problem', problem: { kind: 'upstream', message: readProblem(answer).message } }
    },
    list: null,
    find: null,
    matches: () => 'possible',
    idempotentMs: () => null,
    cancelRequest: null,
    testKey: async (send) => readModels(await send({ method: 'GET', path: '/v1/models' })),
  })
}

/** `GET /v1/models` (§1.1): proves the key, and tells no balance. */
function readModels(answer: ApiAnswer): KeyTest {
  if (!isGood(answer)) {
    return { kind: 'problem', problem: readCodedProblem(answer) }
  }
  const { data } = fieldsOf(parseJson(answer.text))
  if (!Array.isArray(data)) return { kind: 'problem', problem: unreadable(answer) }
  return { kind: 'ok', balance: null }
}
