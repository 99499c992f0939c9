import type { Job } from '../../shared/job-schema'
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

/** What the platform knows of a request that was not answered, and how sure that is. */
export function searchSentence(
  search: Search,
  { provider, lookUps }: Pick<Job, 'provider' | 'lookUps'>,
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
      const { length } = search.candidates
      if (length > 0) return how.found(name, length)
      return lookUps < enoughLookUps ? how.noTraceYet(name, lookUps) : how.noTrace(name, lookUps)
    }
  }
}
