import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { AppError, toErrorShape } from '../../shared/error'
import { isTerminal } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { validate, type ProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { planFile, promote } from '../downloads/promote'
import { explain } from '../files/explain'
import { hashFile } from '../files/hash'
import { newId } from '../files/ids'
import type { Clips } from '../library/clips'
import type { Library } from '../library/open'
import type { Made, Registry } from '../providers/provider'
import { toJob, transition, type JobEvent, type JobRow } from './machine'
import type { JobTable } from './table'

/** What the runner needs of the outside. */
export interface RunnerDeps {
  readonly table: JobTable
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly clips: Pick<Clips, 'put'>
  readonly providers: Registry
  readonly now: () => number
  readonly onJob: (job: Job) => void
  readonly onClip: (clip: Clip) => void
  readonly logError: (what: string, error: unknown) => void
}

/** Runs the jobs of one library, one at a time, each step written down before it is taken. */
export interface Runner {
  /** Takes up what the last session left, then runs what waits. Call once. */
  readonly start: () => void
  /** The names in `partial/` that unfinished jobs need. */
  readonly parts: () => ReadonlySet<string>
  readonly create: (recipe: Recipe, provider: ProviderId) => Job
  readonly list: () => Job[]
  readonly cancel: (id: string) => Job
  readonly rerun: (id: string) => Job
  readonly dismiss: (id: string) => void
  /** Stops running; the next start goes on from the rows. */
  readonly stop: () => void
}

/** Makes the runner. Starting up is recovering: there is no other way a job is taken up again. */
export function createRunner(deps: RunnerDeps): Runner {
  const { table, library, clips, providers, now, onJob, onClip, logError } = deps
  const progressById = new Map<string, number>()
  const abortById = new Map<string, AbortController>()
  const toSave: JobRow[] = []
  let isRunning = false
  let isStopped = false

  const view = (row: JobRow) => toJob(row, progressById.get(row.id) ?? 0)

  /** Writes the job after the event; undefined when the event no longer fits. */
  function apply(id: string, event: JobEvent): JobRow | undefined {
    const job = table.get(id)
    const after = job && transition(job, event, now())
    if (!after) return undefined
    table.update(after)
    if (after.state !== 'running') progressById.delete(id)
    onJob(view(after))
    return after
  }

  function partOf(id: string): string {
    return join(library.paths.partial, `${id}.part`)
  }

  function start(): void {
    for (const job of table.unfinished(library.id)) {
      if (job.state === 'running') apply(job.id, { kind: 'interrupted' })
      if (job.state === 'downloading') toSave.push(job)
    }
    void advance()
  }

  /** One at a time; calling it while it runs is harmless, for the loop looks again after every job. */
  async function advance(): Promise<void> {
    if (isRunning) return
    isRunning = true
    try {
      for (let job = next(); job; job = next()) await runOne(job)
    } catch (error) {
      // The table itself cannot be read or written; the next press of Generate, or the next start, tries again.
      if (!isStopped) logError('job queue', error)
    } finally {
      isRunning = false
    }
  }

  function next(): JobRow | undefined {
    if (isStopped) return undefined
    return toSave.shift() ?? table.unfinished(library.id).find((job) => job.state === 'waiting')
  }

  async function runOne(job: JobRow): Promise<void> {
    try {
      const made = job.state === 'downloading' ? job : await make(job)
      if (made?.clip) await save(made.id, made.clip)
      else if (!isStopped) await rm(partOf(job.id), { force: true })
    } catch (error) {
      // A stopped runner leaves the row as it is: that row says where to go on.
      if (isStopped) return
      const shape = toErrorShape(
        explain(error, titleOf(job.recipe), 'Nothing was charged; please run it again.'),
      )
      if (shape.code === 'cancelled') return
      if (shape.code === 'not-found' && apply(job.id, { kind: 'lost' })) return
      if (shape.code === 'internal') logError(`job ${job.id}`, error)
      apply(job.id, { kind: 'failed', error: shape })
      // A full disk is not helped by a part that nobody will come back for.
      await rm(partOf(job.id), { force: true })
    }
  }

  async function make(waiting: JobRow): Promise<JobRow | undefined> {
    const job = apply(waiting.id, { kind: 'started' })
    if (!job) return undefined
    const abort = new AbortController()
    abortById.set(job.id, abort)
    const startedAt = now()
    const onProgress = (fraction: number) => {
      const row = table.get(job.id)
      // A provider may still speak of a job that was cancelled.
      if (row?.state !== 'running') return
      progressById.set(job.id, fraction)
      onJob(view(row))
    }
    try {
      const provider = providers[job.provider]
      const made = await provider.make(job.recipe, partOf(job.id), onProgress, abort.signal)
      const clip = await clipOf(job, made, now() - startedAt)
      return isStopped ? undefined : apply(job.id, { kind: 'made', clip })
    } finally {
      abortById.delete(job.id)
    }
  }

  async function clipOf(job: JobRow, made: Made, tookMs: number): Promise<Clip> {
    const planned: Omit<Clip, 'file'> = {
      id: job.id,
      title: titleOf(job.recipe),
      origin: {
        kind: 'generated',
        provider: job.provider,
        recipe: job.recipe,
        tookMs,
        ...(made.remark === undefined ? {} : { remark: made.remark }),
      },
      createdAt: now(),
      media: made.media,
      ...(await hashFile(partOf(job.id))),
      previews: 'pending',
    }
    return { ...planned, file: planFile(planned, made.extension) }
  }

  async function save(id: string, planned: Clip): Promise<void> {
    const savePlan = (clip: Clip) => void apply(id, { kind: 'planned', clip })
    const clip = await promote({ paths: library.paths, savePlan }, { part: partOf(id), clip: planned })
    if (isStopped) return
    clips.put(clip)
    onClip(clip)
    apply(id, { kind: 'saved' })
  }

  function create(recipe: Recipe, provider: ProviderId): Job {
    const objections = validate(recipe, providers[provider])
    if (objections.length > 0) {
      throw new AppError('bad-request', objections.map(({ reason }) => reason).join(' '))
    }
    const time = now()
    const job: JobRow = {
      id: newId(),
      library: library.id,
      provider,
      recipe,
      state: 'waiting',
      attempts: 0,
      error: null,
      clip: null,
      createdAt: time,
      updatedAt: time,
    }
    table.insert(job)
    onJob(view(job))
    void advance()
    return view(table.get(job.id) ?? job)
  }

  function existing(id: string): JobRow {
    const job = table.get(id)
    if (job) return job
    throw new AppError('not-found', 'This job is no longer in the list.', id)
  }

  return {
    start,
    parts: () => new Set(table.unfinished(library.id).map(({ id }) => basename(partOf(id)))),
    create,
    list: () => table.list(library.id).map(view),
    cancel(id) {
      const job = existing(id)
      const after = apply(id, { kind: 'cancelled' })
      abortById.get(id)?.abort()
      return view(after ?? job)
    },
    rerun(id) {
      const job = existing(id)
      if (!isTerminal(job.state)) throw stillRunning()
      const made = create(job.recipe, job.provider)
      table.dismiss(id)
      return made
    },
    dismiss(id) {
      if (!isTerminal(existing(id).state)) throw stillRunning()
      table.dismiss(id)
    },
    stop() {
      for (const id of abortById.keys()) apply(id, { kind: 'stopped' })
      isStopped = true
      for (const abort of abortById.values()) abort.abort()
    },
  }
}

function stillRunning(): AppError {
  return new AppError('bad-request', 'This job is still running.')
}

/** Longest title, characters: one line of a card. */
const maxTitle = 80

function titleOf({ prompt }: Recipe): string {
  const line = prompt.replace(/\s+/g, ' ').trim()
  if (line === '') return 'Untitled'
  // By code points: half of an emoji is no character.
  const characters = Array.from(line)
  return characters.length > maxTitle ? `${characters.slice(0, maxTitle).join('').trimEnd()}…` : line
}
