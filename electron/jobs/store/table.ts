import type { DatabaseSync } from 'node:sqlite'
import { isTerminal, jobStates } from '../../../shared/job'
import type { ProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import type { JobRow } from '../job-row'
import { changing, changingColumns, toRow, type Row } from './table-row'

/** The job table: it is the queue. */
export interface JobTable {
  readonly insert: (job: JobRow) => void
  readonly update: (job: JobRow) => void
  readonly get: (id: string) => JobRow | undefined
  /** The jobs of one library to be shown, oldest first: not dismissed, and of those done only the last few. */
  readonly list: (library: string) => readonly JobRow[]
  /** The jobs of all libraries that are not at an end, in the order of the queue. */
  readonly unfinished: () => readonly JobRow[]
  /** Forgets what is kept in memory, after a transaction that was taken back. */
  readonly reload: () => void
  /** Given-up jobs whose intent may still appear, newest first. */
  readonly watched: (since: number) => readonly JobRow[]
  readonly byRemoteId: (provider: ProviderId, remoteId: string) => JobRow | undefined
  readonly dismiss: (id: string) => void
  /** Keeps the platform's last answer. */
  readonly saveAnswer: (id: string, text: string) => void
  readonly lastAnswer: (id: string) => string | null
  /** Prints of keys that unfinished jobs of the provider are bound to. */
  readonly keyPrints: (provider: string) => ReadonlySet<string>
  /** Clips delivered by the provider, and how long their jobs took, newest first, milliseconds. */
  readonly waits: (provider: ProviderId) => Waits
}

export interface Waits {
  readonly clips: number
  readonly recentMs: readonly number[]
  /** How the submitted jobs of the last {@link outcomesMs} ended. */
  readonly outcomes: ProviderStatus['outcomes']
}

/** Failures of another season say nothing of today's platform, milliseconds: ninety days. */
const outcomesMs = 90 * 86_400_000

/** Most done jobs shown: their clips are in the gallery, and years of them must not be read at every start. */
const maxDone = 50

/** Of how many of the last jobs the usual wait is the median. */
const waitSample = 25

const unfinishedStates = `(${jobStates
  .filter((state) => !isTerminal(state))
  .map((state) => `'${state}'`)
  .join(', ')})`

/** The jobs of an engine.db. `now` in milliseconds since 1970. */
export function createJobTable(db: DatabaseSync, now: () => number = Date.now): JobTable {
  const insert = db.prepare(`
    insert into jobs (id, library, provider, recipe, created_at, replaces, ${changingColumns.join(', ')})
    values (:id, :library, :provider, :recipe, :created_at, :replaces, ${changingColumns.map((column) => `:${column}`).join(', ')})`)
  const update = db.prepare(`
    update jobs set ${changingColumns.map((column) => `${column} = :${column}`).join(', ')},
      -- What was dismissed and is found to be at work after all must be seen again: it costs money.
      dismissed = case when :state in ${unfinishedStates} then 0 else dismissed end
    where id = :id`)
  const get = db.prepare('select * from jobs where id = ?')
  const list = db.prepare(`
    select * from jobs where library = :library and dismissed = 0 and state <> 'done'
    union all
    select * from (
      select * from jobs where library = :library and dismissed = 0 and state = 'done'
      order by created_at desc, id desc limit ${maxDone}
    )
    order by created_at, position, id`)
  const unfinished = db.prepare(`select * from jobs where state in ${unfinishedStates}`)
  const watched = db.prepare("select * from jobs where state = 'given-up'")
  const byRemoteId = db.prepare('select * from jobs where provider = ? and remote_id = ?')
  const dismiss = db.prepare('update jobs set dismissed = 1 where id = ?')
  const saveAnswer = db.prepare('update jobs set last_answer = ? where id = ?')
  const lastAnswer = db.prepare('select last_answer from jobs where id = ?')
  const keyPrints = db.prepare(
    `select distinct json_extract(intent, '$.keyPrint') as print from jobs
     where provider = ? and intent is not null and state in ${unfinishedStates}`,
  )
  const delivered = db.prepare("select count(*) as n from jobs where provider = ? and state = 'done'")
  const recent = db.prepare(
    `select json_extract(clip, '$.origin.tookMs') as took from jobs
     where provider = ? and state = 'done' order by updated_at desc limit ${waitSample}`,
  )
  const outcomes = db.prepare(
    `select state, count(*) as n from jobs
     where provider = ? and state in ('done', 'failed', 'refused') and intent is not null and updated_at > ? group by state`,
  )
  const one = (row: Row | undefined) => row && toRow(row)
  // Asked for after every change, too: years of finished jobs must not be searched each time.
  let waits = new Map<ProviderId, Waits>()
  function keepWait({ provider, state, clip, intent }: JobRow): void {
    const known = waits.get(provider)
    if (!known || (state !== 'done' && state !== 'failed' && state !== 'refused')) return
    const counts = known.outcomes
    const after = { ...known, outcomes: intent ? { ...counts, [state]: counts[state] + 1 } : counts }
    const tookMs = clip?.origin.kind === 'generated' ? clip.origin.tookMs : 0
    waits.set(
      provider,
      state === 'done'
        ? { ...after, clips: known.clips + 1, recentMs: [tookMs, ...known.recentMs].slice(0, waitSample) }
        : after,
    )
  }
  function countOutcomes(provider: ProviderId): Waits['outcomes'] {
    const rows = outcomes.all(provider, now() - outcomesMs)
    const count = (state: string) => Number(rows.find((row) => row['state'] === state)?.['n'] ?? 0)
    return { done: count('done'), failed: count('failed'), refused: count('refused') }
  }

  // Asked for after every change: a thousand rows must not be read, checked or sorted each time.
  let open: Map<string, JobRow> | undefined
  let isSorted = false
  let inOrder: readonly JobRow[] | undefined
  let givenUp: Map<string, JobRow> | undefined
  function keep(job: JobRow): void {
    if (open?.get(job.id)?.position !== job.position) isSorted = false
    // A row that is there already keeps its place.
    if (!isTerminal(job.state)) open?.set(job.id, job)
    else open?.delete(job.id)
    inOrder = undefined
    if (job.state === 'given-up') givenUp?.set(job.id, job)
    else givenUp?.delete(job.id)
    keepWait(job)
  }

  return {
    insert(job) {
      insert.run({
        ...changing(job),
        id: job.id,
        library: job.library,
        provider: job.provider,
        recipe: JSON.stringify(job.recipe),
        created_at: job.createdAt,
        replaces: job.replaces,
      })
      keep(job)
    },
    update(job) {
      update.run({ ...changing(job), id: job.id })
      keep(job)
    },
    get: (id) => open?.get(id) ?? one(get.get(id)),
    list: (library) => list.all({ library }).map(toRow),
    unfinished() {
      open ??= byId(unfinished.all().map(toRow))
      if (!isSorted) open = byId([...open.values()].toSorted(inQueue))
      isSorted = true
      inOrder ??= [...open.values()]
      return inOrder
    },
    reload() {
      open = undefined
      isSorted = false
      inOrder = undefined
      givenUp = undefined
      waits = new Map()
    },
    watched(since) {
      givenUp ??= byId(watched.all().map(toRow))
      return [...givenUp.values()]
        .filter(({ submittedAt }) => submittedAt !== null && submittedAt >= since)
        .toSorted((a, b) => (b.submittedAt ?? 0) - (a.submittedAt ?? 0))
    },
    byRemoteId: (provider, remoteId) => one(byRemoteId.get(provider, remoteId)),
    dismiss: (id) => void dismiss.run(id),
    saveAnswer: (id, text) => void saveAnswer.run(text, id),
    lastAnswer(id) {
      const text = lastAnswer.get(id)?.['last_answer']
      return typeof text === 'string' ? text : null
    },
    keyPrints: (provider) => new Set(keyPrints.all(provider).map(({ print }) => String(print))),
    waits(provider) {
      const known = waits.get(provider) ?? {
        clips: Number(delivered.get(provider)?.['n']),
        recentMs: recent.all(provider).map(({ took }) => Number(took)),
        outcomes: countOutcomes(provider),
      }
      waits.set(provider, known)
      return known
    },
  }
}

function byId(jobs: readonly JobRow[]): Map<string, JobRow> {
  return new Map(jobs.map((job) => [job.id, job]))
}

function inQueue(a: JobRow, b: JobRow): number {
  return a.position - b.position || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
}
