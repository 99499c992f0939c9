import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../electron/database/open'
import { engineMigrations } from '../../../electron/jobs/schema'
import { createJobTable } from '../../../electron/jobs/table'
import { jobStates } from '../../../shared/job'
import { temporaryFolder } from '../../support/folder'
import { idOf, noon, sampleClip, sampleJob, sampleRecipe } from '../../support/samples'

function newTable() {
  const path = join(temporaryFolder(), 'engine.db')
  const db = openDatabase(path, engineMigrations)
  onTestFinished(() => db.close())
  return { table: createJobTable(db), path, db }
}

const rows = jobStates.map((state, index) =>
  sampleJob({
    id: idOf(index + 1),
    state,
    attempts: index,
    error: state === 'failed' ? { code: 'media-failed', message: 'Broken.', details: 'trace' } : null,
    clip: state === 'done' || state === 'downloading' ? sampleClip({ id: idOf(index + 1) }) : null,
    createdAt: noon + index,
    updatedAt: noon + index * 2,
  }),
)

test.each(rows)('a job that is $state comes back as it was written', (row) => {
  const { table, path } = newTable()
  table.insert(row)
  expect(table.get(row.id)).toEqual(row)
  const other = openDatabase(path, engineMigrations)
  onTestFinished(() => other.close())
  expect(createJobTable(other).get(row.id)).toEqual(row)
})

test('an update changes state, attempts, error, clip and time, and nothing else', () => {
  const { table } = newTable()
  const row = sampleJob()
  table.insert(row)
  const change = {
    state: 'failed',
    attempts: 2,
    error: { code: 'disk-full', message: 'Full.' },
    clip: sampleClip(),
    updatedAt: noon + 5,
  } as const
  table.update({
    ...row,
    ...change,
    recipe: sampleRecipe({ prompt: 'changed' }),
    library: 'other',
    createdAt: 1,
  })
  expect(table.get(row.id)).toEqual({ ...row, ...change })
  table.update(row)
  expect(table.get(row.id)).toEqual(row)
})

test('any prompt comes back unchanged', () => {
  const { table } = newTable()
  const recipe = sampleRecipe({
    prompt: `'; drop table jobs; -- "\\ 雪 🦊 \n`,
    slots: { first: 'a'.repeat(64) },
  })
  table.insert(sampleJob({ recipe }))
  expect(table.get(idOf(7))?.recipe).toEqual(recipe)
})

test('the list is of one library, oldest first, without what was dismissed', () => {
  const { table } = newTable()
  const at = (id: number, createdAt: number, library = 'library-a') =>
    table.insert(sampleJob({ id: idOf(id), createdAt, library }))
  at(3, 30)
  at(1, 10)
  at(5, 20)
  at(4, 20)
  at(2, 15, 'library-b')
  at(6, 5)
  table.dismiss(idOf(6))
  expect(table.list('library-a').map(({ id }) => id)).toEqual([1, 4, 5, 3].map(idOf))
  expect(table.list('library-b').map(({ id }) => id)).toEqual([idOf(2)])
  expect(table.list('library-c')).toEqual([])
  expect(table.get(idOf(6))).toBeDefined()
})

test('an id is used once, and an unknown one gives nothing', () => {
  const { table } = newTable()
  table.insert(sampleJob())
  expect(() => table.insert(sampleJob())).toThrow(/UNIQUE/)
  expect(table.get(idOf(99))).toBeUndefined()
  expect(() => table.dismiss(idOf(99))).not.toThrow()
})

test('a row is in the file when insert and update return', () => {
  const { table, path } = newTable()
  table.insert(sampleJob())
  table.update(sampleJob({ state: 'running', attempts: 1 }))
  const reader = new DatabaseSync(path, { readOnly: true })
  onTestFinished(() => reader.close())
  expect(reader.prepare('select state, attempts from jobs').all()).toEqual([
    { state: 'running', attempts: 1 },
  ])
})

test('of the jobs that are done only the last fifty are listed, and no unfinished one is left out', () => {
  const { table } = newTable()
  for (let n = 1; n <= 60; n += 1)
    table.insert(sampleJob({ id: idOf(n), library: 'library-a', createdAt: n, state: 'done' }))
  table.insert(sampleJob({ id: idOf(99), library: 'library-a', createdAt: 0, state: 'waiting' }))
  const listed = table.list('library-a').map(({ id }) => id)
  expect(listed).toHaveLength(51)
  expect(listed.slice(0, 2)).toEqual([idOf(99), idOf(11)])
  expect(table.unfinished('library-a').map(({ id }) => id)).toEqual([idOf(99)])
})
