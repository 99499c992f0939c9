import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../../files/exists'
import { moveInto } from '../../files/move-into'
import type { Library } from '../../library/open'
import type { Book } from '../book'
import type { JobRow, RemoteResult } from '../job-row'
import type { JobTable } from '../store/table'

/** The part files of clips that are being fetched, and what their rows know of them. */
export interface PartFiles {
  /** Whether the job's library is open. */
  readonly isHere: (job: JobRow) => boolean
  readonly pathOf: (job: JobRow) => string
  /** Bytes; null when it is not there. */
  readonly sizeOf: (job: JobRow) => Promise<number | null>
  /** What was fetched while the library was away moves in. */
  readonly unpark: (job: JobRow) => Promise<void>
  /** Writes down what is known of the file now. */
  readonly keep: (id: string, change: Partial<RemoteResult>) => void
}

/** The part files of the open library; those of others lie in `parked`, a folder of this computer. */
export function createPartFiles(deps: {
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly parked: string
  readonly book: Pick<Book, 'apply'>
  readonly table: Pick<JobTable, 'get'>
}): PartFiles {
  const { library, parked, book, table } = deps
  const isHere = (job: JobRow) => job.library === library.id
  const pathOf = (job: JobRow) => join(isHere(job) ? library.paths.partial : parked, `${job.id}.part`)

  return {
    isHere,
    pathOf,
    async sizeOf(job) {
      try {
        return (await stat(pathOf(job))).size
      } catch (error) {
        if (isErrno(error, 'ENOENT')) return null
        throw error
      }
    },
    async unpark(job) {
      if (isHere(job)) await moveInto(join(parked, `${job.id}.part`), pathOf(job))
    },
    keep(id, change) {
      const result = table.get(id)?.result
      if (result) book.apply(id, { kind: 'result', result: { ...result, ...change } })
    },
  }
}
