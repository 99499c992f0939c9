import { strings } from '../strings'
import type { Search } from './resolve-store'

const words = strings.resolve

/** So many searches without a trace, over ten minutes, are needed to say that there is none (design/reliability.md). */
const enoughLookUps = 3

/** What the platform's list says about a request that was not answered, and how sure that is. */
export function searchSentence(search: Search, provider: string, lookUps: number): string {
  switch (search.kind) {
    case 'searching':
      return words.searching(provider)
    case 'impossible':
      return words.noList(provider)
    case 'failed':
      return words.notSearched(provider)
    case 'found': {
      const { length } = search.candidates
      if (length > 0) return words.found(provider, length)
      return lookUps < enoughLookUps ? words.noTraceYet(provider, lookUps) : words.noTrace(provider, lookUps)
    }
  }
}
