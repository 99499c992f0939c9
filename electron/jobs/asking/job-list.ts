import type { RemoteProviderId } from '../../../shared/provider'
import type { JobListing, ListedJob } from '../../providers/provider'
import type { Connection } from '../platforms/connections'
import type { TakeDeps } from './take-reading'
import { problem } from './take-reading'

/** What asking a platform needs: whom it tells of, and whether it may be asked now. */
export interface Asking extends Pick<TakeDeps, 'health' | 'onKeyRefused'> {
  /** There is room for a question this minute. */
  readonly mayAsk: () => boolean
}

/** What was read of a platform's job list. */
export interface Listing {
  readonly jobs: readonly ListedJob[]
  /** True when everything back to the wanted time was seen. */
  readonly isComplete: boolean
  /** Pages that were read. */
  readonly pages: number
}

/** Most pages read at once; a list that is longer proves nothing about what is missing. */
const maxPages = 20
/** Fewest jobs asked for on a page: a colleague's or two cost nothing. */
const fewest = 20

/**
 * Reads a platform's job list, newest first, back to `since` (by its own clock) or until `isEnough`, which is given
 * each page and how many there were. Ends early when `mayAsk` says no.
 *
 * @throws Unreachable
 */
export async function readJobList(
  deps: Asking,
  provider: RemoteProviderId,
  list: JobListing,
  connection: Connection,
  wanted: {
    readonly since: () => number
    readonly count: number
    readonly isEnough: (page: readonly ListedJob[], pages: number) => boolean
  },
): Promise<Listing> {
  const jobs: ListedJob[] = []
  // Twice as many as are looked for: others may use the same account.
  const limit = Math.min(list.page, Math.max(fewest, wanted.count * 2))
  let cursor: string | null = null
  let pages = 0
  while (pages < maxPages && deps.mayAsk()) {
    const reading = list.read(await connection.send(list.request(cursor, limit)))
    if (reading.kind === 'problem') {
      problem(deps, connection.print, reading.problem, { id: provider })
      break
    }
    pages += 1
    deps.health.answered(provider)
    jobs.push(...reading.jobs)
    const isEnough = wanted.isEnough(reading.jobs, pages)
    const oldest = reading.jobs.at(-1)?.createdAt
    const isOldEnough = typeof oldest === 'number' && oldest < wanted.since() && isNewestFirst(reading.jobs)
    if (reading.next === null || isOldEnough) {
      return { jobs, isComplete: reading.isEnd || isOldEnough, pages }
    }
    if (isEnough) break
    cursor = reading.next
  }
  return { jobs, isComplete: false, pages }
}

/** In any other order the last job of a page says nothing of the pages that follow. */
function isNewestFirst(jobs: readonly ListedJob[]): boolean {
  const times = jobs.flatMap(({ createdAt }) => createdAt ?? [])
  return times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time))
}
