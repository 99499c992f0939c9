import { expect, test } from 'vitest'
import { credits, formatMoney, usd } from '../../shared/money'

test.each([
  [usd(0.84), '$0.84'],
  [usd(1.008), '$1.008'],
  [usd(2), '$2.00'],
  [usd(1234.5), '$1,234.50'],
  [usd(-0.2), '-$0.20'],
  [usd(0.1 + 0.2), '$0.30'],
  [credits(8), '8 credits'],
  [credits(1), '1 credit'],
  [credits(0.5), '0.5 credits'],
  [credits(1_000_000), '1,000,000 credits'],
])('%j reads %s', (money, text) => {
  expect(formatMoney(money)).toBe(text)
})

test('an amount is whole millionths', () => {
  expect(usd(0.07).micros).toBe(70_000)
  expect(credits(2.5)).toEqual({ unit: 'credit', micros: 2_500_000 })
})
