import { expect, test, vi } from 'vitest'
import type { Asked, Order } from '../../../renderer/composer/ask-store'
import { questionInWords, titleInWords, yesInWords } from '../../../renderer/composer/question-words'
import type { Price } from '../../../renderer/spend/price'
import type { Question } from '../../../shared/job-schema'
import { credits, usd } from '../../../shared/money'
import type { ProviderId } from '../../../shared/provider'
import { statusOf } from '../support/pieces'

const priceUnknown = { kind: 'price-unknown' } as const
const orderOf = (provider: ProviderId, quote: Price | null): Order => ({
  provider,
  quote,
  send: vi.fn(),
  onCreated: vi.fn(),
})
const askedOf = (order: Order, ...questions: readonly Question[]): Asked => ({ order, questions, yes: [] })
const nothing = { status: undefined, spend: null }
const said = (order: Order) => {
  const { happened, means } = questionInWords(priceUnknown, askedOf(order, priceUnknown), nothing)
  return [titleInWords(priceUnknown, order, null), ...happened, means].join(' ')
}

test('a price in credits is not called none: what a credit is worth is what lacks, and where it is said', () => {
  const order = orderOf('apiframe', { certainty: 'approximate', amount: credits(8) })
  expect(said(order)).not.toContain('does not say what this costs')
  expect(said(order)).toContain('Apiframe asks ≈8 credits for this.')
  expect(said(order)).toContain('Set “A credit is worth” under Settings → Apiframe')
  expect(yesInWords(askedOf(order, priceUnknown), null)).toBe('Generate for ≈8 credits')
})

test('a job that is run again has no price yet: its platform tells whether it bills in credits', () => {
  expect(said(orderOf('apiframe', null))).toContain('Apiframe bills in credits.')
  expect(said(orderOf('uniall', null))).toContain('UniAll does not say what this costs.')
})

test('what has no price at all is said to have none', () => {
  const order = orderOf('uniall', { certainty: 'unknown', amount: null })
  expect(said(order)).toMatch(/^UniAll · Price unknown UniAll does not say what this costs\./)
  expect(yesInWords(askedOf(order, priceUnknown), null)).toBe('Generate anyway')
})

test('a platform that could not be asked is not said to name no price', () => {
  const problem = { code: 'provider-down', message: 'Apiframe does not answer.' } as const
  const order = orderOf('apiframe', { certainty: 'unknown', amount: null, problem })
  expect(said(order)).toMatch(/^Apiframe · Price unknown Apiframe could not be asked what this costs\./)
})

test('a cap on one clip is named by whose it is: the provider’s own, or that for all', () => {
  const order = orderOf('krea', null)
  const question = { kind: 'over-cap', overMicros: 340_000, cap: 'job' } as const
  const asked = (own: number | null, all: number | null) => {
    const status = statusOf({ limits: { ...statusOf().limits, jobMicros: own } })
    const spend = {
      caps: { jobMicros: all, dayMicros: null, monthMicros: null },
      todayMicros: 0,
      monthMicros: 0,
      maybeMicros: 0,
      monthCreditMicros: 0,
      monthUntold: 0,
    }
    return questionInWords(question, askedOf(order, question), { status, spend }).happened
  }
  expect(asked(500_000, null)).toEqual(['This passes your cap for one clip on Krea by $0.34.'])
  expect(asked(500_000, 900_000)).toEqual(['This passes your cap for one clip on Krea by $0.34.'])
  expect(asked(null, 500_000)).toEqual(['This passes your cap for one clip by $0.34.'])
  expect(asked(900_000, 500_000)).toEqual(['This passes your cap for one clip by $0.34.'])
})

test('what is doubtful is said to be refused once at most', () => {
  const reasons = ['Krea does not say whether it takes this, so it may be refused.']
  const question = { kind: 'doubtful', reasons } as const
  const { happened, means } = questionInWords(question, askedOf(orderOf('krea', null), question), nothing)
  expect([...happened, means].join(' ').match(/refused/g)).toHaveLength(1)
})

const overDay = { kind: 'over-cap', overMicros: 660_000, cap: 'day' } as const

test('the title names whose order it is and its price, in dollars where they are known', () => {
  expect(titleInWords(overDay, orderOf('krea', { certainty: 'listed', amount: usd(0.336) }), null)).toBe(
    'Krea · $0.34 · Over your cap',
  )
  const inCredits = orderOf('apiframe', { certainty: 'approximate', amount: credits(8) })
  expect(titleInWords(priceUnknown, inCredits, null)).toBe('Apiframe · Price unknown in dollars')
  expect(titleInWords(overDay, inCredits, 50_000)).toBe('Apiframe · ≈$0.40 · Over your cap')
  expect(yesInWords(askedOf(inCredits, { kind: 'again', secondsAgo: 3 }), 50_000)).toBe(
    'Generate again for ≈$0.40',
  )
})

test('of a job without a known price nobody says by how much it passes a cap, now or after the first yes', () => {
  const order = orderOf('uniall', { certainty: 'unknown', amount: null })
  const both = askedOf(order, priceUnknown, overDay)
  const words = both.questions.flatMap((question) => {
    const { happened, means } = questionInWords(question, both, nothing)
    return [...happened, means]
  })
  expect(words).toEqual([
    'UniAll does not say what this costs.',
    'It is charged what the platform asks, and no cap counts it.',
    'Today’s cap is already used up.',
    'If it waits, it stays in the queue until tomorrow, or until you raise the cap.',
  ])
  const after: Asked = { order, questions: [overDay], yes: ['price-unknown'] }
  expect(questionInWords(overDay, after, nothing).happened).toEqual(['Today’s cap is already used up.'])
  const ofProvider = { ...overDay, cap: 'provider' } as const
  expect(questionInWords(ofProvider, { ...after, questions: [ofProvider] }, nothing).happened).toEqual([
    'Your limit for UniAll is already used up.',
  ])
})
