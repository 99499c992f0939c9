import type { ErrorCode, ErrorShape } from '../../shared/error'
import type { Quote } from '../../shared/money'
import type { RemoteProviderId } from '../../shared/provider'
import { strings } from '../strings'

/** A price as the window shows it; `problem` is why one that was asked for is not known. */
export type Price = Quote & { readonly problem?: ErrorShape | undefined }

/** Nobody knows what it costs. */
export const unknownPrice: Price = { certainty: 'unknown', amount: null }

/** What the main process answered, by provider. */
export function readPrices(
  answers: readonly {
    readonly provider: RemoteProviderId
    readonly quote: Quote
    readonly problem?: ErrorShape | undefined
  }[],
): ReadonlyMap<RemoteProviderId, Price> {
  return new Map(
    answers.map(({ provider, quote, problem }) => [provider, problem ? { ...quote, problem } : quote]),
  )
}

const { why } = strings.route

const shortly: Partial<Readonly<Record<ErrorCode, string>>> = {
  'provider-down': why.silent,
  offline: why.silent,
  'unknown-answer': why.unreadable,
  'no-key': why.key,
  'key-refused': why.key,
}

/** Why there is no price, in the few words that stand beside a provider's name. */
export function noPriceInShort({ code }: ErrorShape): string {
  return shortly[code] ?? why.other
}
