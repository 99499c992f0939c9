import { expect, test } from 'vitest'
import { createPriceMemory, freshPriceMs } from '../../../electron/providers/price-memory'

const minute = 60_000

/** A platform whose price is `says`, and how often it was asked. */
function scene() {
  const world = { now: 0, says: 12 as number | null | Error, asked: 0 }
  const memory = createPriceMemory<number>(() => world.now)
  const question = async () => {
    world.asked += 1
    if (world.says instanceof Error) throw world.says
    return world.says
  }
  return { world, price: (maxAgeMs?: number) => memory('clip', question, maxAgeMs) }
}

test('a price that has risen since it was shown is told at Generate', async () => {
  const { world, price } = scene()
  await price()
  world.says = 40
  world.now = minute - 1
  expect(await price(freshPriceMs)).toBe(12)
  world.now = minute
  expect([await price(), await price(freshPriceMs), await price(), world.asked]).toEqual([12, 40, 40, 2])
})

test('a batch makes one request, also while the platform thinks', async () => {
  const { world, price } = scene()
  await price()
  world.now = 2 * minute
  await Promise.all(Array.from({ length: 20 }, () => price(freshPriceMs)))
  expect(world.asked).toBe(2)
})

test.each([null, new Error('down')])(
  'told %s: the one from before counts for its ten minutes',
  async (says) => {
    const { world, price } = scene()
    await price()
    world.says = says
    world.now = 9 * minute
    expect([await price(freshPriceMs), await price(freshPriceMs), world.asked]).toEqual([12, 12, 2])
    world.now = 10 * minute
    const after = await price(freshPriceMs).catch((error: unknown) => error)
    expect([after, world.asked]).toEqual([says, 3])
  },
)

test('while the platform thinks, who takes an older one has it at once', async () => {
  let now = 0
  const memory = createPriceMemory<number>(() => now)
  await memory('clip', async () => 12)
  now = 2 * minute
  const answer = Promise.withResolvers<number>()
  const fresh = memory('clip', () => answer.promise, freshPriceMs)
  expect(await memory('clip', () => answer.promise)).toBe(12)
  answer.resolve(40)
  expect(await fresh).toBe(40)
})

test('a failure is thrown again for five seconds', async () => {
  const { world, price } = scene()
  world.says = new Error('down')
  await expect(price()).rejects.toThrow('down')
  world.says = 12
  world.now = 4_999
  await expect(price()).rejects.toThrow('down')
  world.now = 5_000
  expect([await price(), world.asked]).toEqual([12, 2])
})

test('what never answers is asked anew after ten minutes', async () => {
  let now = 0
  const memory = createPriceMemory<number>(() => now)
  void memory('clip', () => new Promise(() => undefined))
  now = 10 * minute
  expect(await memory('clip', async () => 12)).toBe(12)
})
