import { expect, test } from 'vitest'
import { questionKinds, type Question } from '../../../shared/job-schema'
import { credits, type Quote } from '../../../shared/money'
import { engineScene, remoteRecipe } from '../../support/engine-scene'
import { dollars, inCredits } from '../../support/money-scene'
import { sayYes } from '../../support/say-yes'

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  const press = async (change = {}, yes: Question['kind'][] = [], provider: 'krea' | 'apiframe' = 'krea') =>
    await session.commands.create(remoteRecipe(change), provider, yes)
  return { ...parts, ...session, press }
}

test('the same again within twenty seconds asks; later, or something else, does not', async () => {
  const { press, clock } = await scene()
  expect((await press()).kind).toBe('created')
  await clock.advance(7000)
  expect(await press()).toEqual({ kind: 'ask', questions: [{ kind: 'again', secondsAgo: 7 }] })
  expect((await press({ seed: null, prompt: 'wolf' })).kind).toBe('created')
  expect((await press({}, [], 'apiframe')).kind).toBe('created')
  await clock.advance(12_999)
  expect((await press()).kind).toBe('ask')
  await clock.advance(1)
  expect((await press()).kind).toBe('created')
})

test('two presses at once: one job, one question', async () => {
  const { press, krea } = await scene()
  const made = await Promise.all([press(), press()])
  expect(made.map(({ kind }) => kind).toSorted()).toEqual(['ask', 'created'])
  expect(krea.accepted.length).toBeLessThanOrEqual(1)
})

test('the same content is the same whatever the order in which it is written', async () => {
  const { press } = await scene()
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  await press({ slots: { first: a, last: b } })
  expect((await press({ slots: { last: b, first: a } })).kind).toBe('ask')
})

test('a yes to one question is no yes to another; all are asked at once', async () => {
  const { press, engine, krea } = await scene()
  engine.limits.setCaps({ jobMicros: 400_000, dayMicros: null, monthMicros: null })
  await press({}, ['over-cap'])
  const over = { kind: 'over-cap', cap: 'job', overMicros: 600_000 } as const
  expect(await press()).toMatchObject({ questions: [{ kind: 'again' }, over] })
  expect(await press({}, ['again'])).toEqual({ kind: 'ask', questions: [over] })
  krea.setQuote({ certainty: 'unknown', amount: null })
  expect(await press({}, ['again', 'over-cap'])).toEqual({
    kind: 'ask',
    questions: [{ kind: 'price-unknown' }],
  })
  expect((await press({}, ['again', 'price-unknown'])).kind).toBe('created')
})

test('a price above the one that was shown asks, whatever was answered, until that one is shown', async () => {
  const { krea, commands } = await scene()
  const ordered = (shown: Quote) => commands.create(remoteRecipe(), 'krea', [...questionKinds], shown)
  krea.setQuote(dollars(9))
  const question = { kind: 'dearer', quote: dollars(9) }
  expect(await ordered(dollars(1))).toEqual({ kind: 'ask', questions: [question] })
  expect(await ordered(inCredits(9))).toEqual({ kind: 'ask', questions: [question] })
  expect(commands.list()).toEqual([])
  expect((await ordered(dollars(9))).kind).toBe('created')
  krea.setQuote(dollars(8))
  expect((await ordered(dollars(9))).kind).toBe('created')
})

test('a price in credits is unknown until the user says what one is worth', async () => {
  const { press, engine, apiframe } = await scene()
  apiframe.setQuote({ certainty: 'listed', amount: credits(84) })
  expect(await press({}, [], 'apiframe')).toEqual({ kind: 'ask', questions: [{ kind: 'price-unknown' }] })
  engine.limits.set('apiframe', { ...engine.limits.of('apiframe'), creditMicros: 10_000 })
  expect(await press({}, [], 'apiframe')).toMatchObject({
    kind: 'created',
    job: { quote: { amount: credits(84) } },
  })
})

test('over a cap, the first yes writes it down to wait; passing the cap takes one of its own', async () => {
  const { press, engine, commands, clock } = await scene()
  engine.limits.setCaps({ jobMicros: 1, dayMicros: null, monthMicros: null })
  const made = await press({}, ['over-cap'])
  await clock.advance(100)
  expect(commands.list()).toMatchObject([{ state: 'waiting', wait: { kind: 'budget', overMicros: 999_999 } }])
  if (made.kind === 'created') sayYes(commands, made.job.id)
  await clock.advance(100)
  expect(commands.list()).toMatchObject([{ state: 'running' }])
})

test('a price that nobody knows, said yes to, is not asked about again in the queue', async () => {
  const { press, krea, clock, commands } = await scene()
  krea.setQuote({ certainty: 'unknown', amount: null })
  await press({}, ['price-unknown'])
  await clock.advance(100)
  expect(commands.list()).toMatchObject([{ state: 'running' }])
})

test.each([
  ['rejected', { takes: false, answer: 'invalid' }, 'failed', 'created'],
  ['refused by the filter', { takes: false, answer: 'blocked' }, 'refused', 'created'],
  ['taken', { takes: true, answer: 'accepted' }, 'running', 'ask'],
  ['perhaps taken', { takes: false, answer: 'cut' }, 'unknown', 'ask'],
] as const)('a job that was %s, pressed again at once', async (_how, fate, state, kind) => {
  const { press, krea, clock, commands } = await scene()
  krea.fates.push(fate)
  await press()
  await clock.advance(100)
  expect(commands.list()).toMatchObject([{ state }])
  expect((await press()).kind).toBe(kind)
})

test.each([
  ['no', 'refunded', 'created'],
  ['unknown', 'maybe', 'ask'],
  ['yes', 'charged', 'ask'],
] as const)('a job that failed there, billed: %s, pressed again at once', async (billed, billing, kind) => {
  const { press, krea, clock, commands } = await scene()
  await press()
  await clock.advance(100)
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'Sorry', blocked: false, billed })
  await clock.advance(15_000)
  expect(commands.list()).toMatchObject([{ state: 'failed', billing }])
  expect((await press()).kind).toBe(kind)
})
