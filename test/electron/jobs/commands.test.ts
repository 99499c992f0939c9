import { expect, test } from 'vitest'
import { free } from '../../../shared/money'
import type { JobRow } from '../../../electron/jobs/job-row'
import { AppError } from '../../../shared/error'
import { jobStates, isTerminal, type JobState } from '../../../shared/job'
import { jobSchema } from '../../../shared/job-schema'
import { engineScene } from '../../support/engine-scene'
import { codeOf } from '../../support/failure'
import { intent } from '../../support/job-events'
import { dollars } from '../../support/money-scene'
import { idOf, sampleJob } from '../../support/samples'
import { sayYes } from '../../support/say-yes'

const id = idOf(7)

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  session.engine.setPaused(true)
  const put = (change: Partial<JobRow> = {}) =>
    session.engine.book.insert(
      sampleJob({ provider: 'krea', library: parts.home.library.id, quote: dollars(1), ...change }),
    )
  return { ...parts, ...session, put }
}

test('an unknown id is told by every command', async () => {
  const { commands } = await scene()
  const calls = [
    commands.cancel,
    commands.dismiss,
    commands.takeBack,
    (job: string) => commands.allow(job, 'held', free),
    commands.check,
    commands.candidates,
    commands.fetchAgain,
    commands.timeline,
    (job: string) => commands.rerun(job, []),
    (job: string) => commands.setPaused(job, true),
    (job: string) => commands.move(job, null),
    (job: string) => commands.resolve(job, { kind: 'give-up' }),
  ]
  for (const call of calls) expect(await codeOf(() => call(idOf(99)))).toBe('not-found')
})

test.each(jobStates)(
  '%s: dismissed, taken back, run again and resolved only where that makes sense',
  async (state) => {
    const { commands, put, engine } = await scene()
    put({ state, ...(state === 'waiting' ? {} : { intent }) })
    const refused = async (work: () => unknown) => {
      try {
        await work()
        return false
      } catch {
        return true
      }
    }
    if (!isTerminal(state)) {
      expect(await codeOf(() => commands.dismiss(id))).toBe('bad-request')
      expect(await codeOf(() => commands.rerun(id, []))).toBe('bad-request')
    }
    const resolvable: readonly JobState[] = ['unknown', 'undelivered']
    expect(await refused(() => commands.resolve(id, { kind: 'give-up' }))).toBe(!resolvable.includes(state))
    if (state !== 'waiting') expect(await codeOf(() => commands.takeBack(id))).toBe('bad-request')
    for (const job of commands.list()) jobSchema.parse(job)
    expect(engine.table.get(id)?.state).toBe(resolvable.includes(state) ? 'given-up' : state)
  },
)

test('taken back, a job leaves the queue and nothing was sent', async () => {
  const { commands, create, krea, row } = await scene()
  const made = await create()
  expect(commands.takeBack(made)).toMatchObject({ state: 'cancelled', billing: 'none' })
  expect([commands.list(), row(made).state, krea.requests]).toEqual([[], 'cancelled', []])
})

test('moved before another, to the front and to the end', async () => {
  const { commands, put, engine } = await scene()
  for (const [n, position] of [10, 20, 30].entries()) put({ id: idOf(n), position })
  const order = () => engine.table.unfinished().map((job) => Number.parseInt(job.id, 16))
  commands.move(idOf(2), idOf(1))
  expect(order()).toEqual([0, 2, 1])
  commands.move(idOf(1), idOf(0))
  expect(order()).toEqual([1, 0, 2])
  commands.move(idOf(1), null)
  expect(order()).toEqual([0, 2, 1])
  for (let n = 0; n < 30; n += 1) commands.move(order()[1] === 2 ? idOf(2) : idOf(1), idOf(0))
  expect(new Set(engine.table.unfinished().map(({ position }) => position)).size).toBe(3)
})

test('the queue sends in its order, and a paused job is passed by', async () => {
  const { commands, put, engine, krea, clock } = await scene()
  for (const [n, position] of [10, 20, 30].entries())
    put({ id: idOf(n), position, recipe: sampleJob().recipe })
  engine.limits.set('krea', { ...engine.limits.of('krea'), concurrency: 1 })
  for (const job of engine.table.unfinished()) sayYes(commands, job.id)
  commands.move(idOf(2), idOf(0))
  commands.setPaused(idOf(2), true)
  engine.setPaused(false)
  await clock.advance(100)
  expect(krea.accepted.map((sent) => sent.slice(0, 20))).toEqual([idOf(0)])
  expect(commands.setPaused(idOf(2), false).paused).toBe(false)
})

test('held jobs go with the user’s word, one at a time', async () => {
  const { commands, put, engine, clock, state } = await scene()
  put({ flags: ['held'] })
  engine.setPaused(false)
  await clock.advance(100_000)
  expect([state(id), engine.queue().held]).toEqual(['waiting', 1])
  expect(sayYes(commands, id).held).toBe(false)
  await clock.advance(100)
  expect([state(id), engine.queue().held]).toEqual(['running', 0])
})

test('sent again after a doubt: a new job beside the old one, allowed, linked both ways', async () => {
  const { commands, put, row } = await scene()
  put({ state: 'unknown', intent })
  const again = commands.resolve(id, { kind: 'not-arrived' })
  expect(again).toMatchObject({ state: 'waiting', replaces: id, recipe: row(id).recipe })
  expect(row(id)).toMatchObject({ state: 'given-up', replacedBy: again.id })
  expect(row(again.id)).toMatchObject({ intent: null, attempts: 0 })
  expect(await codeOf(() => commands.resolve(id, { kind: 'not-arrived' }))).toBe('bad-request')
})

test('sent again while the disk is full: both jobs are there, or the old one alone as it was', async () => {
  const { commands, put, row, db, world, logged } = await scene()
  put({ state: 'unknown', intent })
  const insert = "create trigger full before insert on jobs begin select raise(abort, 'disk is full'); end"
  db.exec(insert)
  expect(() => commands.resolve(id, { kind: 'not-arrived' })).toThrow('disk is full')
  expect([row(id).state, commands.list().length]).toEqual(['unknown', 1])
  db.exec('drop trigger full')
  world.onAppend = () => {
    throw new AppError('disk-full', 'The disk is full.')
  }
  const again = commands.resolve(id, { kind: 'not-arrived' })
  expect(row(id)).toMatchObject({ state: 'given-up', replacedBy: again.id })
  expect([row(again.id).state, logged]).toEqual(['waiting', ['submits.log']])
})

test('run again, a job asks and waits like any other, and the old one is dismissed', async () => {
  const { commands, put } = await scene()
  put({ state: 'failed', createdAt: 1, error: { code: 'internal', message: 'x' } })
  const made = await commands.rerun(id, [])
  expect(made).toMatchObject({ kind: 'created', job: { state: 'waiting' } })
  expect(commands.list().map((job) => job.id)).toEqual([made.kind === 'created' ? made.job.id : ''])
})

test('what can no longer be made stays in the list when it is run again', async () => {
  const { commands, put } = await scene()
  put({ state: 'failed', recipe: { ...sampleJob().recipe, durationS: 60 } })
  expect(await codeOf(() => commands.rerun(id, []))).toBe('bad-request')
  expect(commands.list()).toHaveLength(1)
})

test('a dismissed job that turns out to be paid comes back into the list', async () => {
  const { commands, put, krea, engine, passes } = await scene()
  put({ state: 'given-up', intent, submittedAt: 1_000 })
  commands.dismiss(id)
  krea.foreign({ remoteId: 'r9', body: intent.body, createdAt: intent.platformAt ?? 0 })
  expect(commands.list()).toEqual([])
  engine.book.apply(id, { kind: 'accepted', remoteId: 'r9', word: 'queued' })
  krea.say('r9', { kind: 'completed', word: 'done', url: null, expired: false, charged: null })
  await passes(id, 'undelivered')
  expect(commands.list().map((job) => job.id)).toEqual([id])
})

test('the timeline tells every step and keeps the platform’s last words', async () => {
  const { commands, create, engine, clock } = await scene()
  engine.setPaused(false)
  const made = await create()
  await clock.advance(100)
  const { entries, lastAnswer } = commands.timeline(made)
  expect(entries[0]).toMatchObject({ event: 'created', from: null, to: 'waiting' })
  for (const [n, entry] of entries.slice(1).entries()) expect(entry.from).toBe(entries[n]?.to)
  expect(lastAnswer).toContain('"remoteId":"r1"')
})
