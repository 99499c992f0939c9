import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/folder'
import { createBill, readBill, type BillLine } from './bill'

const line = (event: BillLine['event'], intent: string, amount: number): BillLine => {
  return { event, platform: 'krea', at: 1, intent, idempotencyKey: null, jobId: null, unit: 'credit', amount }
}

test('what is owed is what was accepted less what was refunded; posts count apart', () => {
  const bill = createBill()
  for (const next of [line('post', 'a', 0), line('accepted', 'a', 5), line('accepted', 'b', 3)])
    bill.append(next)
  bill.append(line('refunded', 'a', 5))
  expect([bill.owed(), bill.posts().get('a'), bill.posts().get('b'), bill.accepted().get('a')]).toEqual([
    3,
    1,
    undefined,
    1,
  ])
})

test('a line is on disk as soon as it is appended, and the next bill goes on after it', () => {
  const file = join(temporaryFolder(), 'bill.json')
  createBill(file).append(line('accepted', 'a', 5))
  expect(readBill(file)).toEqual([line('accepted', 'a', 5)])
  appendFileSync(file, '{"event":"acc')
  expect(readBill(file)).toHaveLength(1)
  const next = createBill(file)
  next.append(line('accepted', 'b', 2))
  expect(next.owed()).toBe(7)
  expect(readBill(file).map(({ intent }) => intent)).toEqual(['a', 'b'])
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
})
