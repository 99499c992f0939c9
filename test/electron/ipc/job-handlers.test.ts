import { expect, test } from 'vitest'
import { jobHandlers } from '../../../electron/ipc/job-handlers'
import type { Draft } from '../../../shared/contract'
import { AppError } from '../../../shared/error'
import { codeOf } from '../../support/failure'
import { createGatedProvider, jobScene } from '../../support/jobs'
import { idOf, sampleRecipe } from '../../support/samples'
import { until } from '../../support/until'

async function scene() {
  const { start } = await jobScene()
  const provider = createGatedProvider()
  const dismissed: string[] = []
  let draft: Draft = { recipe: sampleRecipe(), provider: 'animatic', isSample: true }
  const handlers = jobHandlers({
    runner: start(provider.make),
    onDismissed: (id) => dismissed.push(id),
    getDraft: async () => draft,
    setDraft: (next) => (draft = next),
  })
  const create = () => handlers['jobs.create']({ recipe: sampleRecipe(), provider: 'animatic' })
  const failFirst = async () => {
    await until(() => expect(provider.makings).toHaveLength(1))
    provider.makings[0]?.fail(new AppError('damaged', 'Broken.'))
    await until(() => expect(handlers['jobs.list']()[0]?.state).toBe('failed'))
  }
  return { handlers, dismissed, create, failFirst }
}

test('jobs are made, listed and cancelled', async () => {
  const { handlers, create } = await scene()
  const job = create()
  expect(handlers['jobs.list']()).toEqual([job])
  expect(handlers['jobs.cancel']({ id: job.id })).toMatchObject({ id: job.id, state: 'cancelled' })
})

test('a dismissed job is told to the window; run again, the old one is dismissed too', async () => {
  const { handlers, create, failFirst, dismissed } = await scene()
  const job = create()
  await failFirst()
  const again = handlers['jobs.rerun']({ id: job.id })
  handlers['jobs.cancel']({ id: again.id })
  handlers['jobs.dismiss']({ id: again.id })
  expect(dismissed).toEqual([job.id, again.id])
  expect(handlers['jobs.list']()).toEqual([])
})

test('what could not be dismissed or run again is not told as dismissed', async () => {
  const { handlers, create, dismissed } = await scene()
  const job = create()
  expect(await codeOf(() => handlers['jobs.dismiss']({ id: job.id }))).toBe('bad-request')
  expect(await codeOf(() => handlers['jobs.rerun']({ id: job.id }))).toBe('bad-request')
  expect(await codeOf(() => handlers['jobs.dismiss']({ id: idOf(99) }))).toBe('not-found')
  expect(dismissed).toEqual([])
  expect(handlers['jobs.list']()).toHaveLength(1)
})

test('the draft is what was set last', async () => {
  const { handlers } = await scene()
  const draft: Draft = { recipe: sampleRecipe({ prompt: 'new' }), provider: 'animatic', isSample: false }
  handlers['draft.set'](draft)
  expect(await handlers['draft.get']()).toEqual(draft)
})
