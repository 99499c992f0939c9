import { usd, type Quote } from '../../../shared/money'
import type { Recipe } from '../../../shared/recipe-schema'
import { clipUrl } from '../clip-url'
import { readCodedProblem } from '../error-code'
import { amountOf, fieldsOf, idOf, textOf, urlOf, type Fields } from '../json'
import type { FieldNames } from '../problem'
import type { ApiAnswer, PollReading, SubmitReading } from '../provider'
import { acceptedOf, readSubmitWith } from '../read-submit'
import { isBlocked, wordsOf } from '../words'
import { wrongDialect } from '../wrong-dialect'

/** Dollars per second in 4K, the only ones that are said (reference/providers.md §1.6). */
const dollarsPerSecond = { silent: 0.204, audio: 0.238 }

/** Longest path that is kept with a job's id, characters: it lies in the id's column and in submits.log. */
const maxPath = 1000

const fieldNames: FieldNames = {
  prompt: 'prompt',
  negative_prompt: 'negativePrompt',
  image_url: 'slots',
  first_image_url: 'slots',
  last_image_url: 'slots',
  image: 'slots',
  images: 'slots',
  last_image: 'slots',
  video_url: 'source',
  video: 'source',
  duration: 'durationS',
  resolution: 'resolution',
  size: 'resolution',
  aspect_ratio: 'aspectRatio',
  generate_audio: 'audio',
  seed: 'seed',
}

/**
 * The listed price of a recipe. Below 4K it is "lower", and how long an edit or an extension is nobody says (§1.6).
 */
export function uniallQuote(recipe: Recipe): Quote {
  const { resolution, audio, durationS } = recipe
  if (resolution !== '4k' || recipe.source !== null) return { certainty: 'unknown', amount: null }
  const rate = audio ? dollarsPerSecond.audio : dollarsPerSecond.silent
  return { certainty: 'listed', amount: usd(rate * durationS) }
}

/** Where jobs are polled by default (§1.4). */
export function videosPath(id: string): string {
  return `/v1/videos/${encodeURIComponent(id)}`
}

/** What the answer to a submit means; `dialect` is the one spoken. */
export function readUniallSubmit(answer: ApiAnswer, origin: string, dialect: string | null): SubmitReading {
  return readSubmitWith(
    answer,
    (fields) => {
      const { data } = fields
      const id = uniallId(fields) ?? uniallId(fieldsOf(data))
      const path = id === null ? null : statusPath(fields, id, origin)
      const status = textOf(fields['status']) ?? textOf(fieldsOf(data)['status']) ?? 'queued'
      return acceptedOf(path === null ? id : `${id}@${path}`, { status })
    },
    () => {
      const problem = readCodedProblem(answer, fieldNames)
      const isElsewhere = answer.status === 404 || answer.status === 405
      if (!isElsewhere || !['not-found', 'invalid'].includes(problem.kind)) return problem
      return wrongDialect('uniall', dialect, problem.message)
    },
  )
}

/** The id in an answer, of the two fields for it (§1.4). */
export function uniallId({ task_id, id }: Fields): string | null {
  return idOf(task_id) ?? idOf(id)
}

/** A remote id taken apart: the job's own id, and the path it is polled at where the platform named one. */
export function splitRemoteId(remoteId: string): { readonly id: string; readonly path: string | null } {
  const at = remoteId.indexOf('@')
  const path = remoteId.slice(at + 1)
  // SECURITY: the user may have typed it. More is checked where requests leave.
  if (at < 0 || !isPath(path)) return { id: remoteId, path: null }
  return { id: remoteId.slice(0, at), path }
}

/** Where the platform says that the job is polled (§1.4), when that is not where it is anyway. */
function statusPath({ status_url, poll_url, urls }: Fields, id: string, origin: string): string | null {
  for (const told of [status_url, poll_url, fieldsOf(urls)['get']]) {
    if (typeof told !== 'string' || !/^(?:https?:\/\/|\/)/i.test(told) || !URL.canParse(told, origin))
      continue
    const url = new URL(told, origin)
    const path = `${url.pathname}${url.search}`
    // SECURITY: the key goes along when it is asked.
    if (url.origin !== origin || !isPath(path)) continue
    return path === videosPath(id) ? null : path
  }
  return null
}

function isPath(text: string): boolean {
  return text.length <= maxPath && /^\/(?![/\\])[\x21-\x7e]*$/.test(text)
}

/** A job as a poll tells it (§1.4); null without a status. */
export function readUniallJob(answer: Fields): PollReading | null {
  // Undocumented for polls, but so are submits, whose answers are read both ways.
  const job = textOf(answer['status']) === null ? fieldsOf(answer['data']) : answer
  const word = textOf(job['status'])
  if (word === null) return null
  switch (word) {
    case 'completed':
      return { kind: 'completed', word, url: resultUrl(job), expired: false, charged: null }
    case 'failed': {
      const message = wordsOf(job['error'])
      const code = wordsOf(fieldsOf(job['error'])['code'])
      // Whether a failure is billed is not said (§1.5).
      return { kind: 'failed', word, message, blocked: isBlocked(`${code} ${message}`), billed: 'unknown' }
    }
    default:
      return { kind: 'running', word, progress: progressOf(job['progress']) }
  }
}

function resultUrl({ video_url, result }: Fields): string | null {
  const { video_url: inner, outputs } = fieldsOf(result)
  return urlOf(video_url) ?? urlOf(inner) ?? clipUrl(outputs)
}

/** Percent [ASSUMED]: its documents only show 0. */
function progressOf(value: unknown): number | null {
  const percent = amountOf(value)
  return percent === null || percent > 100 ? null : percent / 100
}
