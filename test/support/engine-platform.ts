import { writeFileSync } from 'node:fs'
import type { LocalProvider } from '../../electron/providers/local'
import {
  Unreachable,
  type ApiAnswer,
  type ApiRequest,
  type ListedJob,
  type PollReading,
  type Problem,
  type RemoteProvider,
  type SubmitReading,
} from '../../electron/providers/provider'
import { usd, type Money, type Quote } from '../../shared/money'
import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { mp4 } from './pictures'
import { sampleMedia } from './samples'

/** A job at the platform. */
export interface PlatformJob {
  readonly remoteId: string
  /** As it came with the submit. */
  readonly intent: string
  readonly body: string
  createdAt: number
  reading: PollReading
  hidden: boolean
}

/** What happens to one submit. `takes`: whether a job is made of it, which the answer need not say. */
export interface SubmitFate {
  readonly takes: boolean
  readonly answer: SubmitReading['kind'] | Problem['kind'] | 'cut' | 'unsent' | 'hang'
  readonly retryAfterMs?: number
}

const problems: readonly string[] = [
  'key-refused',
  'out-of-credit',
  'rate-limited',
  'blocked',
  'invalid',
  'conflict',
]

/** A platform in memory that bills what it takes, and an adapter to it whose answers are the readings themselves. */
export function createPlatform(
  clock: { readonly now: () => number },
  options: {
    readonly id?: RemoteProviderId
    readonly idempotentMs?: number | null
    readonly canCancel?: boolean
    readonly listPage?: number
    readonly quote?: Quote
    readonly intervalMs?: number
    /** Most requests a minute. */
    readonly perMinute?: number
    /** It is asked for the price of each recipe. */
    readonly asksPrice?: boolean
    /** It lists no jobs. */
    readonly hasNoList?: boolean
    /** It finds a job by our own id. */
    readonly finds?: boolean
    /** What it says a job will cost when it takes it. */
    readonly estimate?: Money
    /** It takes pictures only from the user's own bucket. */
    readonly fromBucket?: boolean
  } = {},
) {
  const { id = 'krea', idempotentMs = null, canCancel = true, listPage = 100 } = options
  const jobs: PlatformJob[] = []
  const fates: SubmitFate[] = []
  const failures: ('cut' | 'unsent' | Problem)[] = []
  /** `POST submit <intent>`, `GET job <id>`, `GET list`, `DELETE job <id>`, `POST still <id>`, in order. */
  const requests: string[] = []
  const accepted: string[] = []
  /** Called before a submit is looked at: the moment its bytes arrive. */
  const hooks: { onSubmit: (intent: string) => void } = { onSubmit: () => undefined }
  let stillExpiry: number | null = null
  let quote: Quote = options.quote ?? { certainty: 'listed', amount: usd(1) }

  const answer = (value: unknown): ApiAnswer => ({
    status: 200,
    headers: {},
    text: JSON.stringify(value),
    date: clock.now(),
  })
  const readingOf = (text: string) => JSON.parse(text)

  async function submit({ json = '', headers = {} }: ApiRequest): Promise<ApiAnswer> {
    const intent = headers['intent'] ?? ''
    requests.push(`POST submit ${intent}`)
    hooks.onSubmit(intent)
    const fate = fates.shift() ?? { takes: true, answer: 'accepted' as const }
    let job = idempotentMs === null ? undefined : jobs.find((known) => known.intent === intent)
    if (!job && fate.takes) {
      job = {
        remoteId: `r${jobs.length + 1}`,
        intent,
        body: json,
        createdAt: clock.now(),
        reading: { kind: 'running', word: 'queued', progress: null },
        hidden: false,
      }
      jobs.push(job)
      accepted.push(intent)
    }
    if (fate.answer === 'hang') return await new Promise(() => undefined)
    if (fate.answer === 'cut') throw new Unreachable('socket hang up', false)
    if (fate.answer === 'unsent') throw new Unreachable('connect ECONNREFUSED', true)
    if (fate.answer === 'unclear') return answer({ kind: 'unclear', why: 'error 502' })
    if (fate.answer === 'accepted' && job)
      return answer({
        kind: 'accepted',
        remoteId: job.remoteId,
        word: 'queued',
        estimate: options.estimate ?? null,
      })
    const kind = problems.includes(fate.answer) ? fate.answer : 'invalid'
    const problem = { kind, message: 'said no', retryAfterMs: fate.retryAfterMs }
    return answer({ kind: 'rejected', problem })
  }

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const [, what = '', rest = ''] = request.path.split('/')
    if (what === 'submit') return submit(request)
    requests.push(`${request.method} ${what} ${rest}`.trim())
    const failure = failures.shift()
    if (failure === 'cut' || failure === 'unsent') throw new Unreachable('no answer', failure === 'unsent')
    if (failure) return answer({ kind: 'problem', problem: failure })
    if (what === 'still') return answer({ url: `https://platform.example/${rest}`, expiresAt: stillExpiry })
    if (what === 'list') return list(rest)
    if (what === 'find') return find(rest)
    const job = jobs.find(({ remoteId, hidden }) => remoteId === rest && !hidden)
    if (request.method === 'DELETE') return answer({})
    return answer(job ? job.reading : { kind: 'missing' })
  }

  function find(intent: string): ApiAnswer {
    const job = jobs.find((known) => known.intent === intent && !known.hidden)
    if (!job) return answer({ kind: 'missing' })
    return answer({ kind: 'found', remoteId: job.remoteId, word: 'queued', reading: job.reading })
  }

  function list(rest: string): ApiAnswer {
    const [from = '0', limit = '10'] = rest.split('-')
    const all = jobs.filter(({ hidden }) => !hidden).toReversed()
    const end = Number(from) + Number(limit)
    const page = all.slice(Number(from), end).map(({ remoteId, createdAt, reading, body }): ListedJob => ({
      remoteId,
      createdAt,
      reading,
      input: body,
      prompt: 'fox',
    }))
    return answer({
      kind: 'page',
      jobs: page,
      next: end < all.length ? String(end) : null,
      isEnd: end >= all.length,
    })
  }

  const provider: RemoteProvider = {
    ...providers[id],
    // The same way for all, whichever platform it stands for.
    pictures: [
      { way: options.fromBucket ? 'bucket' : 'upload', maxBytes: 75e6, types: ['png', 'jpeg', 'webp'] },
    ],
    id,
    origin: 'https://platform.example',
    defaultOrigin: 'https://platform.example',
    dialect: null,
    auth: { header: 'authorization', prefix: 'Bearer ' },
    pages: { keys: 'https://platform.example/keys', billing: 'https://platform.example/billing' },
    cadence: { intervalMs: () => options.intervalMs ?? 10_000, requestsPerMinute: options.perMinute ?? 1000 },
    async quote(_recipe, to) {
      if (options.asksPrice) await to({ method: 'GET', path: '/price' })
      return quote
    },
    handOver: options.fromBucket
      ? null
      : async (still, { send: to }) => {
          const { text } = await to({ method: 'POST', path: `/still/${still.id.slice(0, 4)}` })
          return readingOf(text)
        },
    body: (recipe, urls) => JSON.stringify({ prompt: recipe.prompt, ...urls }),
    submitRequest: (body, intent) => ({ method: 'POST', path: '/submit', json: body, headers: { intent } }),
    readSubmit: ({ text }) => readingOf(text),
    pollRequest: (remoteId) => ({ method: 'GET', path: `/job/${remoteId}` }),
    readPoll: ({ text }) => readingOf(text),
    list: options.hasNoList
      ? null
      : {
          request: (cursor, limit) => ({ method: 'GET', path: `/list/${cursor ?? 0}-${limit}` }),
          read: ({ text }) => readingOf(text),
          page: listPage,
        },
    find: options.finds
      ? {
          request: (_body, intent) => ({ method: 'GET', path: `/find/${intent}` }),
          read: ({ text }) => readingOf(text),
        }
      : null,
    // The body is what the list shows; a foreign job that shows none may be anybody's.
    matches: (body, { input }) => (input === body ? 'certain' : input === '' ? 'possible' : 'no'),
    idempotentMs: () => idempotentMs,
    cancelRequest: canCancel ? (remoteId) => ({ method: 'DELETE', path: `/job/${remoteId}` }) : null,
    testKey: async (to) => {
      const { text } = await to({ method: 'GET', path: '/account' })
      const said = readingOf(text)
      return said.kind === 'problem' ? said : { kind: 'ok', balance: usd(7) }
    },
  }

  return {
    provider,
    send,
    jobs,
    fates,
    failures,
    requests,
    accepted,
    hooks,
    setQuote: (next: Quote) => void (quote = next),
    setStillExpiry: (at: number | null) => void (stillExpiry = at),
    /** A job that somebody else made with the same key. */
    foreign: (change: Partial<PlatformJob> = {}) => {
      const job = {
        remoteId: `f${jobs.length + 1}`,
        intent: 'foreign',
        body: '',
        createdAt: clock.now(),
        reading: { kind: 'running', word: 'queued', progress: null } as PollReading,
        hidden: false,
        ...change,
      }
      jobs.push(job)
      return job
    },
    finish: (remoteId: string, change: Partial<Extract<PollReading, { kind: 'completed' }>> = {}) => {
      const job = jobs.find((known) => known.remoteId === remoteId)
      if (!job) throw new Error(`no job ${remoteId}`)
      job.reading = {
        kind: 'completed',
        word: 'completed',
        url: `https://host.example/${remoteId}.mp4`,
        expired: false,
        charged: null,
        ...change,
      }
    },
    say: (remoteId: string, reading: PollReading) => {
      const job = jobs.find((known) => known.remoteId === remoteId)
      if (job) job.reading = reading
    },
    /** How often each job of ours was taken. */
    takenByJob: () => Map.groupBy(accepted, (intent) => intent.slice(0, 20)),
    count: (start: string) => requests.filter((request) => request.startsWith(start)).length,
  }
}

export type Platform = ReturnType<typeof createPlatform>

/** A local provider's work, done at once. */
export const makeAtOnce: LocalProvider['make'] = async (_recipe, part) => {
  writeFileSync(part, mp4())
  return { media: sampleMedia, extension: '.mp4' }
}
