import { AppError } from '../../shared/error'
import { isGood } from '../providers/answer'
import type { ApiAnswer } from '../providers/provider'
import { readListPage } from './list-page'
import { isOwnName, ownPrefix } from './object-name'

/** An object that we named. */
export interface OwnObject {
  readonly name: string
  /** How long ago it was put, milliseconds; by the store's clock alone. */
  readonly ageMs: number
}

/** Names on a page: the most that S3 gives (AmazonS3/latest/API/API_ListObjectsV2). */
const perPage = 1000

/** Pages asked for in one go: a million names, and an end where a store's pages have none. */
const maxPages = 1000

/** Lists our objects page by page. `ask` gets the query of a page. Throws what `ask` and `refused` do. */
export async function listOwn(deps: {
  readonly host: string
  readonly ask: (query: string) => Promise<ApiAnswer>
  readonly refused: (answer: ApiAnswer) => AppError
}): Promise<readonly OwnObject[]> {
  const own: OwnObject[] = []
  let next: string | null = null
  for (let pages = 0; pages < maxPages; pages += 1) {
    const answer = await deps.ask(queryOf(next))
    if (!isGood(answer)) throw deps.refused(answer)
    const { date } = answer
    const page = readListPage(answer.text)
    if (!page || date === null) throw unreadable(deps.host)
    // SECURITY: everything else under the prefix is somebody else's.
    const found = page.objects.filter(({ name }) => isOwnName(name))
    own.push(...found.map(({ name, modifiedAt }) => ({ name, ageMs: date - modifiedAt })))
    // A store that gives the same token again has no more to tell.
    if (page.next === null || page.next === next) break
    next = page.next
  }
  return own
}

function queryOf(token: string | null): string {
  const pairs = { 'list-type': '2', prefix: ownPrefix, 'max-keys': String(perPage) }
  const all = token === null ? pairs : { ...pairs, 'continuation-token': token }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

function unreadable(host: string): AppError {
  return new AppError('unknown-answer', `${host} does not list its files as an S3-compatible store does.`)
}
