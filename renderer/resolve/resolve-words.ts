import type { Candidate, Job } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import type { Search } from './resolve-store'

const words = strings.resolve

/** So many searches without a trace, over ten minutes, are needed to say that there is none (design/reliability.md). */
const enoughLookUps = 3

/** Whether a platform lists its jobs; one that does not may still know a job by our own number in some dialect. */
export function hasList(provider: ProviderId): boolean {
  return providers[provider].capabilities.canLookUp
}

/** What the platform knows of a request that was not answered, and how sure that is; `again`: it was just searched anew. */
export function searchSentence(
  search: Search,
  { provider, lookUps }: Pick<Job, 'provider' | 'lookUps'>,
  again = false,
): string {
  const { name } = providers[provider]
  const how = hasList(provider) ? words.byList : words.byNumber
  switch (search.kind) {
    case 'searching':
      return how.searching(name)
    case 'impossible':
      return words.noList(name)
    case 'failed':
      return how.notSearched(name)
    case 'found': {
      const said = foundSentence(search.candidates.length, { provider, lookUps })
      return again ? `${words.lookedNow} ${said}` : said
    }
  }
}

function foundSentence(number: number, { provider, lookUps }: Pick<Job, 'provider' | 'lookUps'>): string {
  const { name } = providers[provider]
  const how = hasList(provider) ? words.byList : words.byNumber
  if (number > 0) return how.found(name, number)
  return lookUps < enoughLookUps ? how.noTraceYet(name, lookUps) : how.noTrace(name, lookUps)
}

/**
 * How far a listed job is from our own send in time, and that it is the nearest where there are several; empty while
 * one of the times is not known (milliseconds since 1970).
 */
export function gapSentence(
  candidate: Pick<Candidate, 'createdAt'>,
  all: readonly Pick<Candidate, 'createdAt'>[],
  submittedAt: number | null,
): string {
  if (submittedAt === null || candidate.createdAt === null) return ''
  const gapOf = ({ createdAt }: Pick<Candidate, 'createdAt'>) =>
    createdAt === null ? Number.POSITIVE_INFINITY : Math.abs(createdAt - submittedAt)
  const gap = gapInWords(candidate.createdAt - submittedAt)
  const isNearest = all.every((other) => other === candidate || gapOf(other) > gapOf(candidate))
  return isNearest && all.length > 1 ? words.nearest(gap) : gap
}

function gapInWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds === 0) return words.sameMoment
  // Over two minutes nobody counts seconds.
  const span = seconds < 120 ? words.seconds(seconds) : words.minutes(Math.round(seconds / 60))
  return ms > 0 ? words.after(span) : words.before(span)
}
