import { providers } from '../../../shared/providers'
import { isGood } from '../answer'
import { growingInterval } from '../cadence'
import { unwrapped } from './inferencesh-answer'
import { inferenceshBody, inferenceshSubmit, matchesBody } from './inferencesh-body'
import { createInferenceshPrices, microcents } from './inferencesh-price'
import { readInferenceshListed, readInferenceshStatus, readInferenceshTask } from './inferencesh-task'
import { uploadToInferencesh } from './inferencesh-upload'
import { fieldsOf, idOf, parseJson, textOf } from '../json'
import { createPlatform, defaultSettings, dialectOf } from '../platform'
import { readProblem, unreadable, type FieldNames } from '../problem'
import {
  Unreachable,
  type ApiAnswer,
  type JobListing,
  type KeyTest,
  type PlatformDeps,
  type Problem,
  type RemoteProvider,
  type Send,
  type SubmitReading,
} from '../provider'
import { pageSize, readListAnswer, readPollAnswer } from '../read-poll'
import { acceptedOf, readSubmitWith } from '../read-submit'
import { answerWords } from '../words'
import { wrongDialect } from '../wrong-dialect'

const defaultOrigin = 'https://api.inference.sh'

/** [ASSUMED] No most is documented. Tasks carry their logs and events along, so that more would be megabytes. */
const listPage = 50

/** Half of the 1,000 questions a minute of an older overview (reference/providers.md §5.1): others may use the key. */
const requestsPerMinute = 500

/** §5.5, milliseconds; the SDK asks every 2 s. */
const intervalMs = { from: 3_000, to: 10_000 }

const fieldNames: FieldNames = {
  prompt: 'prompt',
  image: 'slots',
  last_frame: 'slots',
  reference_images: 'slots',
  video: 'source',
  aspect_ratio: 'aspectRatio',
  duration: 'durationS',
  generate_audio: 'audio',
  person_generation: 'noPeople',
  resolution: 'resolution',
}

/** inference.sh, app `google/veo-3-1-fast`, by `/apps/run` or by the page's address (reference/providers.md §5). */
export function createInferencesh({
  settings = defaultSettings,
  now = Date.now,
}: PlatformDeps = {}): RemoteProvider {
  const taskPath = (remoteId: string) => `/tasks/${encodeURIComponent(remoteId)}`
  const dialect = () => dialectOf('inferencesh', settings())
  const clockOf = ({ date }: ApiAnswer) => date ?? now()
  return createPlatform('inferencesh', settings, {
    defaultOrigin,
    auth: { header: 'authorization', prefix: 'Bearer ' },
    cadence: {
      intervalMs: (ageMs) => growingInterval(ageMs, intervalMs.from, intervalMs.to),
      requestsPerMinute,
    },
    quote: createInferenceshPrices(() => settings().origin ?? defaultOrigin, now),
    handOver: (file, doors) => uploadToInferencesh(providers.inferencesh.name, file, doors),
    body: (recipe, urls) => inferenceshBody(recipe, urls, dialect()),
    submitRequest: inferenceshSubmit,
    readSubmit: (answer) => readSubmit(unwrapped(answer), dialect()),
    // Not the light `/status`: what comes with the status decides what it means.
    pollRequest: (remoteId) => ({ method: 'GET', path: taskPath(remoteId) }),
    readPoll: (answer) =>
      readPollAnswer(unwrapped(answer), (task) => readInferenceshTask(task, clockOf(answer))),
    list: listing(clockOf),
    find: null,
    matches: matchesBody,
    idempotentMs: () => null,
    cancelRequest: (remoteId) => ({ method: 'POST', path: `${taskPath(remoteId)}/cancel` }),
    testKey,
  })
}

function readSubmit(answer: ApiAnswer, dialect: string | null): SubmitReading {
  return readSubmitWith(
    answer,
    (task) => acceptedOf(idOf(task['id']), { status: readInferenceshStatus(task)?.word }),
    () => submitProblem(answer, dialect),
  )
}

/** A 404 is about the app, or the address is not there: then the dialect is the wrong one (§5.2). */
function submitProblem(answer: ApiAnswer, dialect: string | null): Problem {
  const problem = readProblem(answer, fieldNames)
  const { status } = answer
  if (status !== 405 && (status !== 404 || problem.kind === 'model-unavailable')) return problem
  // Addresses are left out: the page's own has the app's name in it.
  const words = answerWords(answer).replaceAll(/(?<!\w)\/[\w./-]+/g, ' ')
  if (status === 404 && /\b(?:app|model)\b|\bveo\b/i.test(words))
    return { ...problem, kind: 'model-unavailable' }
  return wrongDialect('inferencesh', dialect, problem.message)
}

/** Newest first [ASSUMED]: how to ask for an order is not documented (§5.7). */
function listing(clockOf: (answer: ApiAnswer) => number): JobListing {
  return {
    page: listPage,
    request(cursor, most) {
      const limit = pageSize(most, listPage)
      const json = JSON.stringify(cursor === null ? { limit } : { cursor, limit })
      return { method: 'POST', path: '/tasks/list', json }
    },
    read: (answer) =>
      readListAnswer(
        unwrapped(answer),
        ({ items, next_cursor, has_next }) => ({
          jobs: items,
          next: has_next === false ? null : textOf(next_cursor),
          hasMore: has_next,
        }),
        (task) => readInferenceshListed(task, clockOf(answer)),
      ),
  }
}

/** By the limits, which any key may read; the balance needs a scope of its own (§5.7). */
async function testKey(send: Send): Promise<KeyTest> {
  const usage = unwrapped(await send({ method: 'GET', path: '/entitlements/usage' }))
  if (!isGood(usage)) return { kind: 'problem', problem: readProblem(usage) }
  const json = parseJson(usage.text)
  if (typeof json !== 'object' || json === null) return { kind: 'problem', problem: unreadable(usage) }
  return { kind: 'ok', balance: await balanceOf(send) }
}

async function balanceOf(send: Send): Promise<ReturnType<typeof microcents>> {
  try {
    const answer = unwrapped(await send({ method: 'GET', path: '/billing/balance' }))
    return isGood(answer) ? microcents(fieldsOf(parseJson(answer.text))['balance']) : null
  } catch (error) {
    // The key has been proven already.
    if (!(error instanceof Unreachable)) throw error
    return null
  }
}
