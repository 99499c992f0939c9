import { expect, test } from 'vitest'
import { jobHandlers } from '../../../electron/ipc/job-handlers'
import type { Draft } from '../../../shared/contract'
import { engineScene, remoteRecipe } from '../../support/engine-scene'
import { codeOf } from '../../support/failure'
import { idOf, sampleRecipe } from '../../support/samples'

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  const dismissed: string[] = []
  let draft: Draft = { recipe: sampleRecipe(), provider: 'animatic', isSample: true }
  const handlers = jobHandlers({
    commands: session.commands,
    onDismissed: (id) => dismissed.push(id),
    getDraft: async () => draft,
    setDraft: (next) => (draft = next),
  })
  const input = { recipe: remoteRecipe(), provider: 'krea' } as const
  const create = async () => {
    const made = await handlers['jobs.create']({ ...input, yes: ['again'] })
    if (made.kind !== 'created') throw new Error('it asks')
    return made.job
  }
  return { ...parts, ...session, handlers, dismissed, create, input }
}

test('jobs are made, listed and cancelled; a second press is asked about', async () => {
  const { handlers, create, engine, input } = await scene()
  engine.setPaused(true)
  const { id } = await create()
  expect(handlers['jobs.list']()).toMatchObject([{ id, wait: { kind: 'paused' } }])
  expect(await handlers['jobs.create']({ ...input, yes: [] })).toEqual({
    kind: 'ask',
    questions: [{ kind: 'again', secondsAgo: 0 }],
  })
  expect(handlers['jobs.cancel']({ id })).toMatchObject({ id, state: 'cancelled' })
})

test('a dismissed job is told to the window; run again, the old one is dismissed too', async () => {
  const { handlers, create, dismissed, engine } = await scene()
  engine.setPaused(true)
  const { id } = await create()
  handlers['jobs.cancel']({ id })
  const again = await handlers['jobs.rerun']({ id, yes: [] })
  if (again.kind !== 'created') throw new Error('it asks')
  handlers['jobs.takeBack']({ id: again.job.id })
  expect(dismissed).toEqual([id, again.job.id])
  expect(handlers['jobs.list']()).toEqual([])
})

test('what could not be dismissed, run again or is asked about first is not told as dismissed', async () => {
  const { handlers, create, dismissed, engine, reaches, krea, clock } = await scene()
  const { id } = await create()
  await reaches(id, 'running')
  expect(await codeOf(() => handlers['jobs.dismiss']({ id }))).toBe('bad-request')
  expect(await codeOf(() => handlers['jobs.rerun']({ id, yes: [] }))).toBe('bad-request')
  expect(await codeOf(() => handlers['jobs.takeBack']({ id }))).toBe('bad-request')
  expect(await codeOf(() => handlers['jobs.dismiss']({ id: idOf(99) }))).toBe('not-found')
  krea.say('r1', { kind: 'failed', word: 'failed', message: '', blocked: false, billed: 'yes' })
  await clock.advance(11_000)
  expect(engine.table.get(id)?.state).toBe('failed')
  expect(await handlers['jobs.rerun']({ id, yes: [] })).toMatchObject({
    kind: 'ask',
    questions: [{ kind: 'again' }],
  })
  expect(dismissed).toEqual([])
  expect(handlers['jobs.list']()).toHaveLength(1)
})

test('every other call reaches its command', async () => {
  const { handlers, create, engine, krea, reaches } = await scene()
  engine.setPaused(true)
  const a = await create()
  const b = await create()
  expect(handlers['jobs.setPaused']({ id: a.id, paused: true })).toMatchObject({ paused: true })
  expect(handlers['jobs.move']({ id: b.id, before: a.id }).position).toBeLessThan(a.position)
  expect(handlers['jobs.allow']({ id: b.id, to: 'budget', seen: b.quote }).id).toBe(b.id)
  krea.fates.push({ takes: true, answer: 'cut' })
  engine.setPaused(false)
  await reaches(b.id, 'unknown')
  // A prompt alone proves nothing: the user says which one it is.
  expect((await handlers['jobs.check']({ id: b.id })).state).toBe('unknown')
  expect(await handlers['jobs.candidates']({ id: b.id })).toMatchObject([{ remoteId: 'r1' }])
  const resolution = { kind: 'attach', remoteId: 'r1' } as const
  const wrong = { kind: 'attach', remoteId: 'no-such-job' } as const
  expect(await codeOf(() => handlers['jobs.resolve']({ id: b.id, resolution: wrong }))).toBe('not-found')
  krea.failures.push('cut')
  expect(await codeOf(() => handlers['jobs.resolve']({ id: b.id, resolution }))).toBe('provider-down')
  expect((await handlers['jobs.check']({ id: b.id })).state).toBe('unknown')
  expect((await handlers['jobs.resolve']({ id: b.id, resolution })).state).toBe('running')
  krea.finish('r1')
  expect(['downloading', 'done']).toContain((await handlers['jobs.fetchAgain']({ id: b.id })).state)
  expect(handlers['jobs.timeline']({ id: b.id }).entries.length).toBeGreaterThan(5)
  expect(await codeOf(() => handlers['jobs.resolve']({ id: b.id, resolution: { kind: 'give-up' } }))).toBe(
    'bad-request',
  )
})

test('the draft is what was set last', async () => {
  const { handlers } = await scene()
  const draft: Draft = { recipe: sampleRecipe({ prompt: 'new' }), provider: 'animatic', isSample: false }
  handlers['draft.set'](draft)
  expect(await handlers['draft.get']()).toEqual(draft)
})
