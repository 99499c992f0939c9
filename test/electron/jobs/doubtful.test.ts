import { expect, test } from 'vitest'
import type { Question } from '../../../shared/job-schema'
import { engineScene, remoteRecipe } from '../../support/engine-scene'
import { validate } from '../../../shared/validate/validate'

const kinds = ['again', 'doubtful', 'price-unknown', 'over-cap'] as const
/** All ways to say yes to some of them. */
const subsets = Array.from({ length: 2 ** kinds.length }, (_, bits) =>
  kinds.filter((_kind, n) => bits & (2 ** n)),
)

// References of another length than the upstream's: its documents say no, Krea's are silent.
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
const doubtful = remoteRecipe({ slots: { ref1: a, ref2: b }, durationS: 4 })

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  const { krea, clock } = parts
  session.engine.limits.setCaps({ jobMicros: 1, dayMicros: null, monthMicros: null })
  const press = (yes: readonly Question['kind'][]) => session.commands.create(doubtful, 'krea', yes)
  expect((await press(kinds)).kind).toBe('created')
  await clock.advance(2000)
  return { ...parts, ...session, press, krea }
}

test('what the documents are silent about is asked with its reasons, together with the rest', async () => {
  const { press, krea } = await scene()
  const reasons = validate(doubtful, krea.provider).map(({ reason }) => reason)
  expect(reasons.length).toBeGreaterThan(0)
  expect(await press([])).toEqual({
    kind: 'ask',
    questions: [
      { kind: 'again', secondsAgo: 2 },
      { kind: 'doubtful', reasons },
      { kind: 'over-cap', cap: 'job', overMicros: 999_999 },
    ],
  })
})

test.each(subsets)(
  'yes to %s, %s, %s, %s: only what is left is asked, and nothing is made before that',
  async (...some) => {
    const yes = some.filter((kind) => kind !== undefined)
    const { press, commands } = await scene()
    const made = await press(yes)
    const left = ['again', 'doubtful', 'over-cap'].filter((kind) => !yes.some((said) => said === kind))
    if (left.length === 0) expect(made.kind).toBe('created')
    else expect(made.kind === 'ask' && made.questions.map(({ kind }) => kind)).toEqual(left)
    expect(commands.list()).toHaveLength(left.length === 0 ? 2 : 1)
  },
)

test('a price that nobody knows is asked with the others; no cap can be passed then', async () => {
  const { press, krea } = await scene()
  krea.setQuote({ certainty: 'unknown', amount: null })
  const asked = await press([])
  expect(asked.kind === 'ask' && asked.questions.map(({ kind }) => kind)).toEqual([
    'again',
    'doubtful',
    'price-unknown',
  ])
  expect((await press(['again', 'doubtful'])).kind).toBe('ask')
  expect((await press(['again', 'doubtful', 'price-unknown'])).kind).toBe('created')
})

test('running it again asks about the doubt anew', async () => {
  const { commands, clock, list } = await scene().then((parts) => ({ ...parts, list: parts.commands.list() }))
  const id = list[0]?.id ?? ''
  commands.cancel(id)
  await clock.advance(30_000)
  const asked = await commands.rerun(id, [])
  expect(asked.kind === 'ask' && asked.questions.map(({ kind }) => kind)).toEqual(['doubtful', 'over-cap'])
})

test('no yes lets through what a document refuses', async () => {
  const { commands } = await scene()
  const work = commands.create({ ...doubtful, durationS: 5 }, 'krea', kinds)
  await expect(work).rejects.toMatchObject({ code: 'bad-request' })
})

test('without a doubt none is asked', async () => {
  const { commands } = await scene()
  const asked = await commands.create(remoteRecipe({ prompt: 'x' }), 'krea', [])
  expect(asked.kind === 'ask' && asked.questions.map(({ kind }) => kind)).toEqual(['over-cap'])
})
