import type { Provider } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { timeOfDay, untilInWords } from '../queue/clock-words'
import { strings } from '../strings'
import { totalInWords } from '../spend/money-words'
import type { DotLook } from '../ui/Dot'

const words = strings.providers

/** The mark of how a provider stands. */
export function lookOf(status: ProviderStatus): DotLook {
  // What is told by the clock does not change the mark.
  return standing(status, 0).look
}

/** How a provider stands, as its mark and its line of the list show it; `now` in milliseconds since 1970. */
export function standing(
  status: ProviderStatus,
  now: number,
): { readonly look: DotLook; readonly text: string } {
  const { key, health } = status
  if (key.kind === 'none') return { look: 'none', text: words.noKey }
  if (key.refused) return { look: 'bad', text: words.refused }
  switch (health.kind) {
    case 'ok':
      return { look: 'ok', text: facts(status, key) }
    case 'limited':
      return { look: 'warn', text: words.limited(untilInWords(health.until, now)) }
    case 'down':
      return { look: 'warn', text: words.down(timeOfDay(health.since), timeOfDay(health.until)) }
    case 'out-of-credit':
      return { look: 'warn', text: words.outOfCredit }
  }
}

function facts(
  { balance, clips, usualWaitMs }: ProviderStatus,
  key: Extract<ProviderStatus['key'], { kind: 'stored' }>,
): string {
  return [
    key.backend === sessionBackend ? words.sessionKey(key.last4) : words.mask(key.last4),
    ...(balance ? [words.left(totalInWords(balance))] : []),
    ...(clips > 0 ? [words.clips(clips)] : []),
    ...(usualWaitMs === null ? [] : [words.usualWait(waitInWords(usualWaitMs))]),
  ].join(' · ')
}

/** The contract's name for a key that is kept in memory until the application ends. */
export const sessionBackend = 'session'

/** A wait in milliseconds, as coarse as it is sure: `50 s`, `3 min`. */
export function waitInWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  // Over two minutes nobody counts seconds.
  return seconds < 120 ? strings.route.seconds(seconds) : strings.route.minutes(Math.round(seconds / 60))
}

/** What was spent there this month: `$12.40 this month`; empty for nothing. */
export function monthInWords({ monthSpend }: ProviderStatus): string {
  const spent = monthSpend.filter(({ micros }) => micros > 0)
  return spent.length === 0 ? '' : words.thisMonth(spent.map(totalInWords).join(' · '))
}

/** What a provider can do, in one line: `Text, first frame, references · 4, 6, 8 s · up to 4K · sound`. */
export function capabilitiesInWords({ capabilities }: Provider): string {
  const modes = capabilities.modes.map((mode) => strings.connect.modes[mode]).join(', ')
  const best = capabilities.resolutions.at(-1)
  const has = (['audio', 'seed', 'negativePrompt'] as const).filter((thing) => capabilities[thing] === 'yes')
  return [
    modes.slice(0, 1).toUpperCase() + modes.slice(1),
    strings.connect.durations(capabilities.durationsS.join(', ')),
    ...(best ? [strings.connect.upTo(best === '4k' ? '4K' : best)] : []),
    ...has.map((thing) => strings.composer.things[thing]),
  ].join(' · ')
}

/** Which dialect is spoken, where it is not the first one; null for nothing to say. */
export function dialectInWords({ dialects }: Provider, spoken: string | null): string | null {
  const dialect = dialects.slice(1).find(({ id }) => id === spoken)
  return dialect ? strings.connection.spoken(dialect.name) : null
}
