import { expect, test } from 'vitest'
import { kindOf, notesOf } from '../../../electron/attention/notes'
import { jobStates } from '../../../shared/job'
import { credits, free, usd } from '../../../shared/money'
import { sampleRecipe } from '../../support/samples'
import { kreaJob } from './attending'

const error = { code: 'provider-failed', message: 'Krea could not make it. Nothing was charged.' } as const

test('what is news: ends the user waits for, and what needs the user', () => {
  const worth = (withError: boolean) =>
    jobStates.filter((state) => kindOf({ state, error: withError ? error : null }) !== undefined)
  expect(worth(true)).toEqual(['unknown', 'undelivered', 'done', 'failed', 'refused', 'cancelled', 'expired'])
  // Cancelled without an error is the user's own doing.
  expect(worth(false)).toEqual(['unknown', 'undelivered', 'done', 'failed', 'refused', 'expired'])
})

test.each([
  ['refused', 'Refused: Red fox crosses the snow'],
  ['failed', 'Failed: Red fox crosses the snow'],
  ['unknown', 'Outcome unknown: Red fox crosses the snow'],
  ['undelivered', 'Not delivered: Red fox crosses the snow'],
  ['expired', 'Thrown away: Red fox crosses the snow'],
  ['cancelled', 'Stopped: Red fox crosses the snow'],
] as const)('%s is told with what it means for money', (state, title) => {
  const job = kreaJob(1, { state, error })
  expect(notesOf([job])).toEqual([{ title, body: 'Krea could not make it. Nothing was charged.', job }])
})

test('a problem without words still says where to look', () => {
  const [note] = notesOf([kreaJob(1, { state: 'unknown' })])
  expect(note?.body).toBe('Open Inbetween to see what happened and what it means for your money.')
})

test.each([
  [{ charged: usd(1.008) }, 'Krea · $1.008'],
  [{ quote: { certainty: 'approximate', amount: usd(0.6) } }, 'Krea · ≈ $0.60'],
  [{ quote: { certainty: 'unknown', amount: null } }, 'Krea · price unknown'],
  [{ provider: 'apiframe', charged: credits(8) }, 'Apiframe · 8 credits'],
  [{ provider: 'animatic', quote: free }, 'Animatic · free'],
] as const)('a price: %j', (change, body) => {
  expect(notesOf([kreaJob(1, { state: 'done', ...change })])[0]?.body).toBe(body)
})

test('names: none, long ones, more than there is room for', () => {
  const done = (number: number, prompt: string) =>
    kreaJob(number, { state: 'done', recipe: sampleRecipe({ prompt }) })
  const title = (prompt: string) => notesOf([done(1, prompt)])[0]?.title
  expect(title(' \n ')).toBe('Your clip is ready')
  expect(title('😀'.repeat(60))).toBe(`${'😀'.repeat(44)}… is ready`)
  expect(title('élan\n  vital')).toBe('Élan vital is ready')
  const body = (count: number) =>
    notesOf(['fox', 'boat', 'owl', 'elk'].slice(0, count).map((prompt, index) => done(index, prompt)))[0]
      ?.body
  expect(body(2)).toBe('Fox, Boat')
  expect(body(3)).toBe('Fox, Boat and 1 more')
  expect(body(4)).toBe('Fox, Boat and 2 more')
})
