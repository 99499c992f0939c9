import type { Job, Wait } from '../../shared/job-schema'
import { isTerminal } from '../../shared/job'
import { isRemote, type RemoteProviderId } from '../../shared/provider'
import type { RemoteProvider } from '../providers/provider'
import type { Ledger } from './money/ledger'
import { has, type JobRow } from './job-row'

/** What is known of a job beside its row, while the program runs. */
export interface Live {
  readonly wait: Wait | undefined
  readonly progress: number
  readonly download: { readonly done: number; readonly total: number } | null
}

/** Nothing known. */
export const still: Live = { wait: undefined, progress: 0, download: null }

/** What the window sees of a job. */
export function toJob(
  row: JobRow,
  { wait, progress, download }: Live,
  deps: {
    readonly ledger: Pick<Ledger, 'of'>
    readonly remote: Readonly<Record<RemoteProviderId, Pick<RemoteProvider, 'list' | 'find'>>>
  },
): Job {
  const billed = deps.ledger.of(row.id)
  const isMoving = row.state === 'running' || row.state === 'downloading'
  return {
    id: row.id,
    provider: row.provider,
    recipe: row.recipe,
    state: row.state,
    wait:
      row.state === 'waiting' ? (wait ?? { kind: 'turn', until: null, overMicros: null, cap: null }) : null,
    word: row.word === '' ? null : row.word,
    progress: isMoving ? progress : 0,
    download: row.state === 'downloading' ? download : null,
    quote: row.quote,
    charged: billed.charged,
    billing: billed.state === 'none' && !isTerminal(row.state) ? 'estimated' : billed.state,
    error: row.error,
    clipId: row.state === 'done' && row.clip ? row.clip.id : null,
    remoteId: row.remoteId,
    cancelRequested: has(row, 'cancel'),
    held: has(row, 'held'),
    paused: has(row, 'paused'),
    lookUps: countedLookUps(row),
    canLookUp: isRemote(row.provider) && canLookUp(row, deps.remote[row.provider]),
    replacedBy: row.replacedBy,
    replaces: row.replaces,
    position: row.position,
    submittedAt: row.submittedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

/** By what was sent, not by the dialect of today. Bodies of a megabyte are read only where somebody may ask. */
function canLookUp(
  { state, intent }: JobRow,
  { list, find }: Pick<RemoteProvider, 'list' | 'find'>,
): boolean {
  if (list !== null || (state !== 'unknown' && state !== 'given-up')) return list !== null || find !== null
  return (find?.request(intent?.body ?? '', intent?.id ?? '') ?? null) !== null
}

/** "No trace" may be said from three searches on, over ten minutes at least (design/reliability.md, rule 3). */
const searchesForNoTrace = 3
const timeForNoTraceMs = 600_000

function countedLookUps({ lookUps, lookUpsSince, updatedAt }: JobRow): number {
  const isLong = lookUpsSince !== null && updatedAt - lookUpsSince >= timeForNoTraceMs
  return isLong ? lookUps : Math.min(lookUps, searchesForNoTrace - 1)
}
