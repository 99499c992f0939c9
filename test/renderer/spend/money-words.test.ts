import { expect, test } from 'vitest'
import {
  capInWords,
  dollarsTyped,
  parseDollars,
  priceInFull,
  priceInShort,
  priceInWords,
  totalInWords,
} from '../../../renderer/spend/money-words'
import { credits, free, usd } from '../../../shared/money'

test('a price is shown to the cent, never below what is asked, and says how sure it is', () => {
  expect(priceInWords({ certainty: 'listed', amount: usd(1.008) })).toBe('$1.01')
  expect(priceInWords({ certainty: 'listed', amount: usd(0.834) })).toBe('$0.84')
  expect(priceInWords({ certainty: 'listed', amount: usd(0.84) })).toBe('$0.84')
  expect(priceInWords({ certainty: 'approximate', amount: credits(8) })).toBe('≈8 credits')
  expect(priceInWords({ certainty: 'unknown', amount: null })).toBe('price unknown')
  expect(priceInWords(free)).toBe('free')
})

test('totals are rounded to the cent, caps without needless cents', () => {
  expect(totalInWords(usd(2.404))).toBe('$2.40')
  expect(totalInWords(credits(96.5))).toBe('96.5 credits')
  expect(capInWords(10_000_000)).toBe('$10')
  expect(capInWords(2_500_000)).toBe('$2.50')
})

test('dollars are read as people type them', () => {
  for (const [typed, micros] of [
    ['10', 10_000_000],
    [' $2.50 ', 2_500_000],
    ['2,5', 2_500_000],
    ['0', 0],
    ['', null],
    ['  ', null],
  ] as const) {
    expect(parseDollars(typed), typed).toBe(micros)
  }
  for (const typed of ['ten', '-1', '1.2.3', '1e3', '10 €', '1,000.50', '1000001', '.', 'NaN']) {
    expect(parseDollars(typed), typed).toBeUndefined()
  }
})

test('what a field shows is read back as the same', () => {
  for (const micros of [null, 0, 10_000_000, 2_500_000, 105_000]) {
    expect(parseDollars(dollarsTyped(micros))).toBe(micros)
  }
})

test('a price in credits in dollars too, as far as somebody said what one is worth', () => {
  const price = { certainty: 'approximate', amount: credits(8) } as const
  expect(priceInFull(price, 50_000)).toBe('≈8 credits · $0.40')
  expect(priceInShort(price, 50_000)).toBe('≈$0.40')
  for (const words of [priceInFull, priceInShort]) {
    expect(words(price, null)).toBe('≈8 credits')
    expect(words({ certainty: 'listed', amount: usd(1.008) }, 50_000)).toBe('$1.01')
    expect(words({ certainty: 'unknown', amount: null }, 50_000)).toBe('price unknown')
  }
})
