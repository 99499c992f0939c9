import { isDeepStrictEqual } from 'node:util'
import type { CreateResult, Resolution } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { isTerminal, type YesKind } from '../../shared/job'
import type { Candidate, Job, Question, TimelineEntry } from '../../shared/job-schema'
import { free, type Quote } from '../../shared/money'
import { isRemote, type Provider, type ProviderId, type RemoteProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { blockers, validate } from '../../shared/validate/validate'
import { newId } from '../files/ids'
import type { Engine } from './engine'
import { newJob, type JobRow } from './job-row'
import type { JobEvent } from './machine'
import { questionsBefore } from './questions'
import type { SubmitLog } from './store/submit-log'

/** What the user may do with jobs. Every function throws AppError when it cannot be done. */
export interface Commands {
  readonly create: (
    recipe: Recipe,
    provider: ProviderId,
    yes: readonly Question['kind'][],
    shown?: Quote,
  ) => Promise<CreateResult>
  readonly list: () => Job[]
  readonly cancel: (id: string) => Job
  readonly rerun: (id: string, yes: readonly Question['kind'][]) => Promise<CreateResult>
  readonly dismiss: (id: string) => void
  readonly setPaused: (id: string, paused: boolean) => Job
  readonly move: (id: string, before: string | null) => Job
  readonly takeBack: (id: string) => Job
  /** @throws AppError `bad-request` when the price is not the one that was `seen` */
  readonly allow: (id: string, to: YesKind, seen: Quote) => Job
  readonly check: (id: string) => Promise<Job>
  readonly candidates: (id: string) => Promise<Candidate[]>
  /** The user's word about an unknown outcome; an id that was typed is checked first, by {@link Commands.checkId}. */
  readonly resolve: (id: string, resolution: Resolution) => Job
  /** An id that nobody knows would be watched for ever, and the way out of doubt be closed. */
  readonly checkId: (id: string, remoteId: string) => Promise<void>
  readonly fetchAgain: (id: string) => Promise<Job>
  readonly timeline: (id: string) => { readonly entries: TimelineEntry[]; readonly lastAnswer: string | null }
}

/** Makes the commands of an engine, for the jobs of one library. */
export function createCommands(deps: {
  readonly engine: Engine
  readonly library: string
  readonly submitLog: Pick<SubmitLog, 'append'>
  readonly quote: (recipe: Recipe, provider: RemoteProviderId) => Promise<Quote>
  /** A provider as it is in the dialect that is spoken now. */
  readonly provider: (id: ProviderId) => Provider
  /** Lets pasted addresses be http: practice and tests. */
  readonly allowHttpLinks: boolean
  readonly now: () => number
  readonly logError: (what: string, error: unknown) => void
}): Commands {
  const { engine, library, now } = deps
  const { book, table, pricing, view } = engine

  function existing(id: string): JobRow {
    const job = table.get(id)
    if (job) return job
    throw new AppError('not-found', 'This job is no longer in the list.', id)
  }

  /** The job after the event, or as it is when the event no longer fits. */
  function applied(id: string, event: JobEvent, note?: string): Job {
    return view(book.apply(existing(id).id, event, note) ?? existing(id))
  }

  function add(recipe: Recipe, provider: ProviderId, quote: Quote, more: Partial<JobRow> = {}): JobRow {
    const time = now()
    const last = table.unfinished().at(-1)?.position ?? 0
    const job: JobRow = {
      ...newJob({ id: newId(), library, provider, recipe, quote }, time),
      // After all others, also when two come in one millisecond or the clock was set back.
      position: Math.max(time, last + 1),
      ...more,
    }
    book.insert(job)
    return job
  }

  async function create(
    recipe: Recipe,
    provider: ProviderId,
    yes: readonly Question['kind'][],
    shown?: Quote,
  ): Promise<CreateResult> {
    const link = Object.values(recipe.links).find(
      (known) => !deps.allowHttpLinks && !known.startsWith('https://'),
    )
    if (link !== undefined) throw new AppError('bad-request', 'A pasted address must begin with https://.')
    const objections = validate(recipe, deps.provider(provider), engine.known)
    const blocking = blockers(objections)
    if (blocking.length > 0) {
      throw new AppError('bad-request', blocking.map(({ reason }) => reason).join(' '))
    }
    if (!isRemote(provider)) return { kind: 'created', job: view(add(recipe, provider, free)) }
    const quoted = pricing.asking(provider)
    const quote = await deps.quote(recipe, provider)
    const questions = questionsBefore(
      { recipe, provider, quote, shown, doubts: objections.map(({ reason }) => reason) },
      { recent: table.list(library), ledger: engine.ledger, limits: engine.limits, now },
    )
    // A yes to a higher price is a new order at that price, which is the one that was shown then.
    const open = questions.filter(({ kind }) => kind === 'dearer' || !yes.includes(kind))
    if (open.length > 0) return { kind: 'ask', questions: open }
    // A yes to `over-cap` writes the job down although it will wait; passing the cap takes a yes of its own.
    const isPriced = questions.some(({ kind }) => kind === 'price-unknown')
    const flags = isPriced ? (['priced'] as const) : []
    const agreed = pricing.yesTo(provider, quote)
    return { kind: 'created', job: view(add(recipe, provider, quote, { flags, quoted, agreed })) }
  }

  /** The platform and the paused state decide when it goes; the old intent stays watched. */
  function sendAgain(job: JobRow): Job {
    const id = newId()
    const flags = job.flags.filter((flag) => flag === 'priced')
    const { quoted, agreed } = job
    // First: a given-up job must not name one that does not exist. Nothing is sent before this turn is over.
    const made = add(job.recipe, job.provider, job.quote, { id, replaces: job.id, flags, quoted, agreed })
    if (!book.apply(job.id, { kind: 'gave-up', replacedBy: id }, 'the user: it did not arrive')) {
      book.apply(id, { kind: 'cancelled' })
      throw notUnknown()
    }
    close(job, 'not-arrived')
    return view(made)
  }

  function close(job: JobRow, how: 'given-up' | 'not-arrived'): void {
    if (!job.intent) return
    try {
      deps.submitLog.append({ kind: 'closed', at: now(), intent: job.intent.id, how })
    } catch (error) {
      // The row says it; without the line a restored database only looks for it once more.
      deps.logError('submits.log', error)
    }
  }

  async function ask(id: string): Promise<Job> {
    const job = existing(id)
    if (isRemote(job.provider)) await engine.pollers[job.provider].now(id)
    return view(existing(id))
  }

  return {
    create,
    list: () => table.list(library).map(view),
    cancel(id) {
      const job = applied(id, { kind: 'cancelled' })
      engine.localRunner.abort(id)
      const { provider } = existing(id)
      // Not awaited: the wish is written down, and the poller carries it out.
      if (isRemote(provider)) void engine.pollers[provider].now(id).catch(() => undefined)
      return job
    },
    async rerun(id, yes) {
      const job = existing(id)
      if (!isTerminal(job.state)) throw stillRunning()
      const made = await create(job.recipe, job.provider, yes)
      if (made.kind === 'created') table.dismiss(id)
      return made
    },
    dismiss(id) {
      if (!isTerminal(existing(id).state)) throw stillRunning()
      table.dismiss(id)
    },
    setPaused: (id, paused) => applied(id, { kind: 'flag', flag: 'paused', on: paused }),
    move(id, before) {
      const waiting = table.unfinished().filter((job) => job.state === 'waiting' && job.id !== id)
      const index = before === null ? waiting.length : waiting.findIndex((job) => job.id === before)
      const next = waiting[index]?.position
      const previous = waiting[index < 0 ? waiting.length - 1 : index - 1]?.position
      const position = between(previous, next, now())
      return applied(id, { kind: 'moved', position })
    },
    takeBack(id) {
      if (existing(id).state !== 'waiting') throw new AppError('bad-request', 'It is on its way already.')
      const job = applied(id, { kind: 'cancelled' }, 'taken back to be edited')
      table.dismiss(id)
      return job
    },
    allow(id, to, seen) {
      const job = existing(id)
      if (to === 'held') return applied(id, { kind: 'flag', flag: 'held', on: false }, 'the user: send it')
      if (!isDeepStrictEqual(seen, job.quote)) throw repriced()
      const standing = pricing.standing(job)
      const agreed = pricing.yesTo(job.provider, job.quote)
      switch (to) {
        case 'dearer':
          return standing === 'dearer' ? applied(id, { kind: 'agreed', agreed }) : view(job)
        case 'price':
          if (standing !== 'unknown') return view(job)
          applied(id, { kind: 'flag', flag: 'priced', on: true })
          return applied(id, { kind: 'agreed', agreed })
        case 'budget':
          // SECURITY: a yes to the price is none to passing a cap, however often it is said.
          return standing === 'agreed' ? applied(id, { kind: 'flag', flag: 'allowed', on: true }) : view(job)
      }
    },
    check: ask,
    async candidates(id) {
      const job = existing(id)
      if (!isRemote(job.provider)) return []
      const { jobs } = await engine.pollers[job.provider].list(job)
      return engine.lookUp.candidates(job, jobs).toSorted((a, b) => distance(job, a) - distance(job, b))
    },
    resolve(id, resolution) {
      const job = existing(id)
      if (!['unknown', 'given-up', 'undelivered'].includes(job.state)) throw notUnknown()
      switch (resolution.kind) {
        case 'attach': {
          const owner = table.byRemoteId(job.provider, resolution.remoteId)
          if (owner && owner.id !== id) throw new AppError('bad-request', 'That job belongs to another card.')
          engine.lookUp.attach(job, resolution.remoteId, '')
          return view(existing(id))
        }
        case 'not-arrived':
          return sendAgain(job)
        case 'give-up':
          if (!book.apply(id, { kind: 'gave-up', replacedBy: null }, 'the user gave up')) throw notUnknown()
          close(job, 'given-up')
          return view(existing(id))
      }
    },
    async checkId(id, remoteId) {
      const job = existing(id)
      if (!isRemote(job.provider) || (await engine.pollers[job.provider].knows(job, remoteId))) return
      const { name } = deps.provider(job.provider)
      throw new AppError('not-found', `${name} knows no job with this id. Copy it again from its site.`)
    },
    fetchAgain: ask,
    timeline: (id) => ({
      entries: [...engine.timeline.of(existing(id).id)],
      lastAnswer: table.lastAnswer(id),
    }),
  }
}

/** How far a listed job is from the submit in time: the nearest is the likeliest. */
function distance({ submittedAt }: JobRow, { createdAt }: Candidate): number {
  return createdAt === null ? Number.POSITIVE_INFINITY : Math.abs(createdAt - (submittedAt ?? 0))
}

/** A place between two others; positions are times, so there is room for many moves. */
function between(previous: number | undefined, next: number | undefined, now: number): number {
  if (next === undefined) return Math.max(now, (previous ?? 0) + 1)
  return previous === undefined ? next - 1000 : (previous + next) / 2
}

function stillRunning(): AppError {
  return new AppError('bad-request', 'This job is still running.')
}

function repriced(): AppError {
  return new AppError(
    'bad-request',
    'The price has just changed. Nothing was agreed to; look at the new one.',
  )
}

function notUnknown(): AppError {
  return new AppError('bad-request', 'This job is settled already.')
}
