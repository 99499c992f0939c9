import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../electron/database/open'
import { createMeta } from '../../../electron/jobs/store/meta'
import { createQueueDesk } from '../../../electron/jobs/queue-desk'
import { engineMigrations } from '../../../electron/jobs/store/schema'
import { createJobTable } from '../../../electron/jobs/store/table'
import type { QueueState } from '../../../shared/queue-schema'
import { temporaryFolder } from '../../support/folder'
import { idOf, noon, sampleJob } from '../../support/samples'

function scene() {
  const db = openDatabase(join(temporaryFolder(), 'engine.db'), engineMigrations)
  onTestFinished(() => db.close())
  const table = createJobTable(db)
  const told: QueueState[] = []
  const open = () =>
    createQueueDesk({
      table,
      meta: createMeta(db),
      now: () => noon,
      isOffline: () => false,
      onQueue: (state) => told.push(state),
    })
  return { ...open(), open, table, told }
}

const waiting = sampleJob({ provider: 'krea' })

test('few bytes left are told once, and again when there is room', () => {
  const { setLowDisk, isDiskLow, told } = scene()
  expect([setLowDisk(7), setLowDisk(7), isDiskLow(), setLowDisk(null), isDiskLow()]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ])
  expect(told.map(({ lowDiskBytes }) => lowDiskBytes)).toEqual([7, null])
})

test('a job that is held, or no longer is, is told; other changes are not', () => {
  const { changed, table, told } = scene()
  const held = sampleJob({ provider: 'krea', flags: ['held'] })
  table.insert(held)
  changed(held, waiting)
  changed(held, held)
  changed(waiting, held)
  changed(waiting, undefined)
  expect(told.map((state) => state.held)).toEqual([1, 1])
})

test('paused after an end out of order, when something unsent was left; never for what is free', () => {
  const { begin, open, table, paused } = scene()
  table.insert(sampleJob({ id: idOf(1) }))
  begin(false)
  expect(paused()).toBe('no')
  table.insert(sampleJob({ id: idOf(2), provider: 'krea' }))
  const killed = open()
  killed.begin(false)
  expect(killed.paused()).toBe('unclean')
  killed.setPaused(false)
  killed.end()
  const next = open()
  next.begin(false)
  expect(next.paused()).toBe('no')
})
