import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import type { Problem } from './provider'

/** A submit that was refused because of its dialect; `words` are the platform's. It is never sent again in another. */
export function wrongDialect(id: RemoteProviderId, spoken: string | null, words: string): Problem {
  const { dialects } = providers[id]
  const quoted = (is: boolean) =>
    dialects
      .filter((dialect) => (dialect.id === spoken) === is)
      .map(({ name }) => `“${name}”`)
      .join(', ')
  const message = `${words} (sent in the dialect ${quoted(true)}; the other is ${quoted(false)}; nothing was sent again)`
  return { kind: 'wrong-dialect', message }
}
