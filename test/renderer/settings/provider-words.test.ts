import { expect, test } from 'vitest'
import {
  capabilitiesInWords,
  dialectInWords,
  monthInWords,
  lookOf,
  standing as standingAt,
  waitInWords,
} from '../../../renderer/settings/provider-words'
import { credits, usd } from '../../../shared/money'
import { providers } from '../../../shared/providers'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import { statusOf } from '../support/pieces'

const at = (hours: number, minutes: number) => new Date(2026, 10, 21, hours, minutes).getTime()
const standing = (status: ProviderStatus) => standingAt(status, at(8, 0))

test('a provider that works says its key, what is left, and what it has done', () => {
  expect(standing(statusOf({ clips: 32, usualWaitMs: 50_000 }))).toEqual({
    look: 'ok',
    text: 'key •••• 4f2a · 32 clips · usual wait 50 s',
  })
  expect(standing(statusOf({ balance: credits(412) })).text).toBe('key •••• 4f2a · 412 credits left')
  const key = { kind: 'stored', last4: '4f2a', backend: 'session', refused: false } as const
  expect(standing(statusOf({ key })).text).toBe('key •••• 4f2a, kept until you quit')
})

test('trouble has a shape and words, the key first', () => {
  const down = { kind: 'down', since: at(14, 2), until: at(14, 6) } as const
  expect(standing(statusOf({ health: down }))).toEqual({
    look: 'warn',
    text: 'Not answering since 14:02, trying again at 14:06',
  })
  expect(standing(statusOf({ health: { kind: 'limited', until: at(9, 5) } }))).toEqual({
    look: 'warn',
    text: 'Asked to slow down until 09:05',
  })
  expect(standing(statusOf({ health: { kind: 'out-of-credit' } })).look).toBe('warn')
  const refused = { kind: 'stored', last4: '4f2a', backend: 'x', refused: true } as const
  expect(standing(statusOf({ key: refused, health: down }))).toMatchObject({ look: 'bad' })
  expect(standing(statusOf({ key: { kind: 'none' }, health: down }))).toEqual({
    look: 'none',
    text: 'no key',
  })
})

test('the month is said in the units it was spent in', () => {
  expect(monthInWords(statusOf())).toBe('')
  expect(monthInWords(statusOf({ monthSpend: [usd(12.4), credits(96)] }))).toBe(
    '$12.40 · 96 credits this month',
  )
  expect(monthInWords(statusOf({ monthSpend: [usd(0)] }))).toBe('')
})

test('a wait is as coarse as it is sure', () => {
  expect(waitInWords(300)).toBe('1 s')
  expect(waitInWords(49_600)).toBe('50 s')
  expect(waitInWords(150_000)).toBe('3 min')
})

test('what a provider can do fits one line', () => {
  expect(capabilitiesInWords(providers.krea)).toBe(
    'Text, first frame, first and last frame, last frame, references, references with frames · 4, 6, 8 s · up to 4K · sound',
  )
  expect(capabilitiesInWords(providers.apiframe)).toContain('up to 1080p · sound · seed · negative prompt')
})

test('a dialect is worth a word only when it is not the first', () => {
  expect(dialectInWords(providers.bytespike, 'A')).toBeNull()
  expect(dialectInWords(providers.bytespike, 'B')).toContain('B (utility reference)')
  expect(dialectInWords(providers.krea, null)).toBeNull()
})

test('a limit whose minute has begun ends in a moment, and the mark is the same at any time', () => {
  const limited = statusOf({ health: { kind: 'limited', until: at(9, 5) + 30_000 } })
  expect(standingAt(limited, at(9, 4) + 59_000).text).toBe('Asked to slow down until 09:05')
  expect(standingAt(limited, at(9, 5)).text).toBe('Asked to slow down for a moment')
  expect(standingAt(limited, at(9, 7)).text).toBe('Asked to slow down for a moment')
  expect(lookOf(limited)).toBe('warn')
})
