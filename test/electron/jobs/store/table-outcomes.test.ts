import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../electron/database/open'
import type { JobRow } from '../../../../electron/jobs/job-row'
import { engineMigrations } from '../../../../electron/jobs/store/schema'
import { createJobTable } from '../../../../electron/jobs/store/table'
import { jobStates } from '../../../../shared/job'
import { idOf, noon, sampleClip, sampleJob } from '../../../support/samples'

const day = 86_400_000
const none = { done: 0, failed: 0, refused: 0 }
const intent = { id: 'i', body: '', keyPrint: 'k', at: 1, platformAt: null }

function scene() {
  const db = openDatabase(':memory:', engineMigrations)
  onTestFinished(() => db.close())
  const time = { now: noon }
  let made = 0
  const table = createJobTable(db, () => time.now)
  const add = (state: JobRow['state'], change: Partial<JobRow> = {}) => {
    made += 1
    const row = sampleJob({ id: idOf(made), provider: 'krea', state, intent, updatedAt: noon, ...change })
    table.insert(row)
    return row
  }
  /** What is remembered is what a new start counts. */
  const outcomes = (provider: 'krea' | 'uniall' = 'krea') => {
    const kept = table.waits(provider)
    expect(createJobTable(db, () => time.now).waits(provider)).toEqual(kept)
    return kept.outcomes
  }
  return { table, time, add, outcomes }
}

test('at first nothing has ended', () => {
  expect(scene().outcomes()).toEqual(none)
})

test.each(jobStates)('a job that is %s counts by its end, and by no other', (state) => {
  const { add, outcomes } = scene()
  add(state)
  const counts = state === 'done' || state === 'failed' || state === 'refused'
  expect(outcomes()).toEqual(counts ? { ...none, [state]: 1 } : none)
})

test('what was never submitted says nothing about the platform', () => {
  const { table, add, outcomes } = scene()
  add('failed', { intent: null })
  add('refused', { intent: null })
  expect(outcomes()).toEqual(none)
  table.update({ ...add('handing-over', { intent: null }), state: 'failed' })
  expect(outcomes()).toEqual(none)
})

test('what ends after it was asked for counts at once, each end once', () => {
  const { table, add, outcomes } = scene()
  const rows = [add('running'), add('running'), add('downloading')]
  expect(outcomes()).toEqual(none)
  const [one, two, three] = rows
  if (!one || !two || !three) throw new Error('three rows')
  table.update({ ...one, state: 'failed' })
  table.update({ ...two, state: 'refused' })
  table.update({ ...three, state: 'done', clip: sampleClip({ id: three.id }) })
  expect(outcomes()).toEqual({ done: 1, failed: 1, refused: 1 })
  table.dismiss(one.id)
  expect(outcomes()).toEqual({ done: 1, failed: 1, refused: 1 })
})

test('each provider has its own', () => {
  const { add, outcomes } = scene()
  add('done', { clip: sampleClip() })
  add('failed', { provider: 'uniall' })
  expect([outcomes('krea'), outcomes('uniall')]).toEqual([
    { ...none, done: 1 },
    { ...none, failed: 1 },
  ])
})

test('after ninety days an end counts no more', () => {
  const { table, add, time } = scene()
  add('failed', { updatedAt: noon - 90 * day })
  add('refused', { updatedAt: noon - 90 * day + 1 })
  expect(table.waits('krea').outcomes).toEqual({ ...none, refused: 1 })
  time.now += day
  table.reload()
  expect(table.waits('krea').outcomes).toEqual(none)
})
