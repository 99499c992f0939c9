import type { BilledJob, EngineJob, Evidence } from './evidence'

/** What is found wrong, each in words, by the promise it breaks. */
export interface Complaints {
  readonly doubleBilled: readonly string[]
  readonly lost: readonly string[]
  readonly orphanFiles: readonly string[]
  readonly orphanObjects: readonly string[]
  readonly ledgerMismatch: readonly string[]
}

/** States in which the user sees that a job is, or was, the platform's. */
const attached = new Set([
  'running',
  'downloading',
  'undelivered',
  'expired',
  'done',
  'failed',
  'refused',
  'cancelled',
])
/** States in which nobody knows, and the user sees that. */
const open = new Set(['unknown', 'given-up', 'submitting'])

/**
 * Judges what a run left behind: `sha256` is the clip that the platform serves for each want. Knows bills, files and
 * tables only, and no line of the engine.
 */
export function judge(evidence: Evidence, sha256: ReadonlyMap<string, string>): Complaints {
  return {
    doubleBilled: [...doubleBilled(evidence), ...sentTwice(evidence)],
    lost: [...lost(evidence), ...guessed(evidence)],
    orphanFiles: [...orphans(evidence, sha256)],
    orphanObjects: [...forgotten(evidence)],
    ledgerMismatch: [...mismatches(evidence)],
  }
}

/** One accepted submit for each want; one more for each time that the user ordered another. */
function* doubleBilled({ billed, said, wants }: Evidence): Generator<string> {
  for (const { marker } of wants) {
    const accepted = billed.filter((job) => job.marker === marker)
    const orders = said.filter((line) => line.marker === marker)
    const again = orders.filter(({ what }) => what === 'send-again').length
    // What failed free of charge may be run again by the user.
    const isRerun = orders.some(({ what }) => what === 'rerun')
    const free = isRerun ? accepted.filter(({ refunded }) => refunded).length : 0
    if (accepted.length <= 1 + again + free) continue
    yield `${marker}: ${accepted.length} accepted, ${again} ordered again, ${free} refunded and run again`
  }
}

/** Answers by which a platform says that it took nothing, and after which an order may go again by itself. */
const untaken = new Set([400, 401, 402, 429])

/** One paid request for each order, whatever became of it, where a platform cannot tell the same one from another. */
function* sentTwice({ paid, said, wants, dialects }: Evidence): Generator<string> {
  const idempotent = new Set(['apiframe', ...(dialects.bytespike === 'B' ? ['bytespike'] : [])])
  for (const [platform, own] of Map.groupBy(wants, ({ provider }) => provider)) {
    if (idempotent.has(platform)) continue
    const sent = paid.filter((post) => post.platform === platform && !untaken.has(post.status ?? 0)).length
    const again = said.filter(
      ({ marker, what }) =>
        (what === 'send-again' || what === 'rerun') && own.some((want) => want.marker === marker),
    ).length
    if (sent > own.length + again)
      yield `${platform}: ${sent} paid requests for ${own.length} orders and ${again} more`
  }
}

/** Where nobody can look for a lost submit, only the user's word leads out of an unknown outcome. */
function* guessed({ jobs, said, dialects }: Evidence): Generator<string> {
  const blind = new Set(['uniall', ...(dialects.bytespike === 'A' ? ['bytespike'] : [])])
  for (const { id, provider, state, wasUnknown } of jobs) {
    if (!blind.has(provider) || !wasUnknown || state === 'unknown') continue
    if (!said.some(({ job }) => job === id)) yield `${id} was unknown and is ${state} by itself`
  }
}

function* lost({ billed, jobs }: Evidence): Generator<string> {
  const rowsOf = (job: BilledJob) =>
    jobs.filter((row) => row.provider === job.platform && row.remoteId === job.id)
  for (const job of billed) {
    const rows = rowsOf(job)
    if (rows.length > 1) yield `${job.platform} ${job.id} belongs to ${rows.length} rows`
    const [row] = rows
    if (row && !attached.has(row.state)) yield `${job.platform} ${job.id} is ${row.state} here`
    if (row && row.marker !== job.marker)
      yield `${job.platform} ${job.id} of ${job.marker} is taken for ${row.marker}`
  }
  for (const [marker, unattached] of Map.groupBy(
    billed.filter((job) => rowsOf(job).length === 0),
    (job) => job.marker,
  )) {
    const waiting = jobs.filter(
      (row) => row.marker === marker && open.has(row.state) && row.remoteId === null,
    )
    if (unattached.length > waiting.length) {
      yield `${marker}: ${unattached.length} accepted without a row, ${waiting.length} rows of unknown outcome`
    }
  }
}

function* orphans(
  { jobs, clips, files, sidecars, leftovers }: Evidence,
  sha256: ReadonlyMap<string, string>,
): Generator<string> {
  for (const job of jobs.filter(({ state }) => state === 'done')) {
    const clip = clips.find(({ id }) => id === job.id)
    if (!clip) yield `${job.id} is done, and the library has no such clip`
    else if (job.clipFile !== clip.file) yield `${job.id}: row says ${job.clipFile}, library ${clip.file}`
  }
  for (const clip of clips) {
    const found = files.get(clip.file)
    const job = jobs.find(({ id }) => id === clip.id)
    const sidecar = sidecars.get(clip.file.replace(/\.\w+$/, '.json'))
    if (found === undefined) yield `the library's ${clip.file} is not there`
    else if (found !== clip.sha256) yield `${clip.file} has other bytes than its row says`
    if (!sidecar) yield `${clip.file} has no sidecar`
    else if (sidecar.id !== clip.id || sidecar.sha256 !== clip.sha256)
      yield `the sidecar of ${clip.file} is of another clip`
    if (found !== undefined && sidecar && found !== sha256.get(sidecar.marker))
      yield `${clip.file} is not the clip that was paid for`
    if (job && job.state !== 'done') yield `${clip.file} is in the library, and its job is ${job.state}`
  }
  for (const file of files.keys()) if (!clips.some((clip) => clip.file === file)) yield `${file} has no row`
  for (const file of sidecars.keys()) {
    if (!clips.some((clip) => clip.file.replace(/\.\w+$/, '.json') === file)) yield `${file} has no clip`
  }
  const unfinished = jobs.filter(({ state }) => state === 'undelivered' || state === 'downloading')
  for (const name of leftovers)
    if (!unfinished.some(({ id }) => name.endsWith(`/${id}.part`))) yield `${name} is left over`
}

/** Objects that nobody knows since engine.db was damaged, removed or replaced by an older one: found when they are old. */
export function lostWithDatabase({ objects, remembered, dbLostAt }: Evidence): readonly string[] {
  return objects
    .filter(({ putAt }) => dbLostAt !== null && putAt <= dbLostAt)
    .map(({ name }) => name)
    .filter((name) => !remembered.some((row) => row.name === name))
}

/** Those of them that are found never. */
export function lostForEver(evidence: Evidence): readonly string[] {
  return lostWithDatabase(evidence).filter((name) => evidence.objectsLater.includes(name))
}

/** States in which a platform may still fetch what it was given. An undelivered job has not ended: it may begin late. */
const fetching = new Set([
  'waiting',
  'handing-over',
  'submitting',
  'unknown',
  'given-up',
  'running',
  'undelivered',
])

/** Each object in the user's bucket is written down, and only as long as a job needs it. */
function* forgotten(evidence: Evidence): Generator<string> {
  const { objects, remembered, jobs } = evidence
  const excused = new Set(lostWithDatabase(evidence))
  for (const { name } of objects) {
    if (!remembered.some((row) => row.name === name) && !excused.has(name))
      yield `${name} is in the bucket, and nobody knows it`
  }
  for (const name of lostForEver(evidence)) yield `${name} is in the bucket days after engine.db was lost`
  for (const { name, provider, still } of remembered) {
    const isNeeded = jobs.some(
      (job) => job.provider === provider && fetching.has(job.state) && job.stills.includes(still),
    )
    if (!isNeeded) yield `${name} is not deleted, and no job needs it`
  }
}

function* mismatches({ jobs, billed }: Evidence): Generator<string> {
  for (const job of jobs) {
    const line = billed.find((other) => other.platform === job.provider && other.id === job.remoteId)
    if (job.remoteId !== null && !line) {
      yield `${job.id} is ${job.state} as ${job.remoteId}, which is not on the bill`
      continue
    }
    const wrong = line ? wrongWith(job, line) : wrongUnbilled(job)
    if (wrong !== null) yield `${job.id} (${job.state}): ${wrong}`
  }
}

/** What the ledger may say of a job that is on the bill. */
function wrongWith({ state, ledger, provider, resolution }: EngineJob, line: BilledJob): string | null {
  if (!ledger) return 'on the bill, and not in the ledger'
  if (line.refunded)
    return ['refunded', 'maybe'].includes(ledger.state) ? null : `refunded, but ${ledger.state}`
  // Unresolved: marked so.
  if (ledger.state === 'maybe' || (ledger.state === 'reserved' && state === 'running')) return null
  if (ledger.state !== 'charged') return `charged, but ${ledger.state}`
  // UniAll names prices for 4K only.
  if (ledger.amount === null && provider === 'uniall' && resolution !== '4k') return null
  if (ledger.unit === line.unit && ledger.amount === line.amount) return null
  return `charged ${line.amount} ${line.unit}, but ${ledger.amount} ${ledger.unit}`
}

/** And of one that has no job of the platform's. */
function wrongUnbilled({ state, ledger }: EngineJob): string | null {
  if (open.has(state))
    return ['maybe', 'reserved'].includes(ledger?.state ?? '') ? null : `open, but ${ledger?.state}`
  return ledger === null || ledger.state === 'released' ? null : `not on the bill, but ${ledger.state}`
}
