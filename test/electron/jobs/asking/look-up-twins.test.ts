import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import type { JobRow } from '../../../../electron/jobs/job-row'
import type { ListedJob, Send } from '../../../../electron/providers/provider'
import type { Recipe } from '../../../../shared/recipe-schema'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'
import { intent } from '../../../support/job-events'
import { png } from '../../../support/pictures'
import { idOf, sampleJob, sampleRecipe, sha256Of } from '../../../support/samples'

const hour = 3_600_000
const picture = png(5, 5)
const still = sha256Of(picture)
const recipe = { slots: { first: still } }

/** Krea has not taken a job whose answer was lost; from then on answers to submits come late, as long as `answered` waits. */
async function lostBefore() {
  const clock = createTestClock()
  const krea = createPlatform(clock)
  const answered = Promise.withResolvers<void>()
  let isLate = false
  const send: Send = async (request) => {
    const answer = await krea.send(request)
    if (isLate && request.path === '/submit') await answered.promise
    return answer
  }
  const scene = await engineScene({ clock, krea: { ...krea, send } })
  const path = scene.paths.still(still, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  scene.stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const session = scene.start()
  krea.fates.push({ takes: false, answer: 'cut' })
  const lost = await session.create(recipe)
  expect(session.state(lost)).toBe('unknown')
  isLate = true
  return { ...scene, ...session, krea, lost, answered }
}

test.each(['sent again in its place', 'made as another take'] as const)(
  'its twin, %s, is at the platform and not yet known here: it is not taken for the lost one',
  async (how) => {
    const { clock, krea, commands, create, row, lost, answered, passes, clips } = await lostBefore()
    const isAgain = how === 'sent again in its place'
    const twin = isAgain ? commands.resolve(lost, { kind: 'not-arrived' }).id : await create(recipe)
    await clock.advance(100)
    expect([row(twin).state, krea.jobs.map(({ remoteId }) => remoteId)]).toEqual(['submitting', ['r1']])
    await commands.check(lost)
    expect(row(lost)).toMatchObject({ state: isAgain ? 'given-up' : 'unknown', remoteId: null })
    answered.resolve()
    await clock.advance(100)
    expect(row(twin)).toMatchObject({ state: 'running', remoteId: 'r1' })
    await clock.advance(2 * hour)
    expect(row(lost)).toMatchObject({ state: isAgain ? 'given-up' : 'unknown', remoteId: null })
    krea.finish('r1')
    await passes(twin, 'done')
    expect([clips.get(twin)?.id, clips.get(lost)]).toEqual([twin, undefined])
  },
)

/** What is said of a listed job with the very input of a lost one, beside another job of ours. */
async function judged(of: Partial<Recipe>, other: Partial<JobRow> = {}) {
  const scene = await engineScene()
  const { engine, row } = scene.start()
  engine.setPaused(true)
  const library = scene.home.library.id
  const lost = { id: idOf(1), provider: 'krea', state: 'unknown', intent, recipe: sampleRecipe(of) } as const
  engine.book.insert(sampleJob({ ...lost, library }))
  engine.book.insert(sampleJob({ provider: 'krea', recipe: lost.recipe, library, ...other, id: idOf(2) }))
  const listed: ListedJob = {
    remoteId: 'r9',
    createdAt: null,
    reading: { kind: 'running', word: 'queued', progress: null },
    input: intent.body,
    prompt: '',
  }
  const verdict = engine.lookUp.judge(row(idOf(1)), [listed])
  expect(row(idOf(1)).remoteId).toBe(verdict === 'found' ? 'r9' : null)
  return verdict
}

const others: readonly (readonly [string, Partial<JobRow>, string])[] = [
  ['is being handed over', { state: 'handing-over' }, 'ambiguous'],
  ['is being submitted', { state: 'submitting', intent }, 'ambiguous'],
  ['waits', { state: 'waiting' }, 'found'],
  ['runs', { state: 'running', remoteId: 'r8' }, 'found'],
  ['is submitted elsewhere', { state: 'submitting', intent, provider: 'apiframe' }, 'found'],
  ['is submitted, of another recipe', { state: 'submitting', intent, recipe: sampleRecipe() }, 'found'],
]

test.each(others)('another job with the recipe %s', async (_how, other, verdict) => {
  expect(await judged(recipe, other)).toBe(verdict)
})

const links = { first: 'https://pictures.example/a.png' }
const contents: readonly (readonly [string, Partial<Recipe>, string])[] = [
  ['a prompt alone', {}, 'ambiguous'],
  ['only a pasted picture', { ...recipe, links }, 'ambiguous'],
  ['only a pasted clip', sourced({ source: 'https://clips.example/a.mp4' }), 'ambiguous'],
  ['a pasted picture and one of ours', { slots: { first: still, last: still }, links }, 'found'],
  ['a picture of ours', recipe, 'found'],
  ['a clip of ours', sourced({}), 'found'],
]

test.each(contents)('with %s, a job with its very input', async (_what, change, verdict) => {
  expect(await judged(change)).toBe(verdict)
})

function sourced(pasted: Recipe['links']): Partial<Recipe> {
  return { source: { clip: idOf(3), use: 'extend' }, links: pasted }
}

test('two alike whose answers were both lost, one taken: repeated, each has a job and a bill of its own', async () => {
  const clock = createTestClock()
  const krea = createPlatform(clock, { idempotentMs: 12 * hour })
  const scene = await engineScene({ clock, krea })
  const path = scene.paths.still(still, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  scene.stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const { create, row } = scene.start()
  krea.fates.push({ takes: false, answer: 'cut' }, { takes: true, answer: 'cut' })
  const ids = [await create(recipe), await create(recipe)]
  await clock.advance(3 * 60_000)
  expect(new Set(ids.map((id) => row(id).remoteId))).toEqual(new Set(['r1', 'r2']))
  expect(krea.accepted).toHaveLength(2)
})
