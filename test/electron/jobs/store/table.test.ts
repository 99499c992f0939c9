import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../electron/database/open'
import { engineMigrations } from '../../../../electron/jobs/store/schema'
import { createJobTable } from '../../../../electron/jobs/store/table'
import { jobStates } from '../../../../shared/job'
import { temporaryFolder } from '../../../support/folder'
import { idOf, noon, sampleClip, sampleJob, sampleRecipe } from '../../../support/samples'

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
    position: index + 0.5,
    word: index % 2 ? 'sampling' : null,
    intent: index % 2 ? { id: 'i', body: '{"é":"🦊"}', keyPrint: 'k', at: 3, platformAt: null } : null,
    remoteId: index % 3 ? `r${index}` : null,
    result: index % 2 ? { url: null, at: 4, resume: null, fetched: null, tries: 2, doubtful: null } : null,
    flags: index % 2 ? ['held', 'cancel'] : [],
    lookUps: index,
    lookUpsSince: index || null,
    replaces: index % 2 ? idOf(90) : null,
    replacedBy: index % 2 ? idOf(91) : null,
    submittedAt: index || null,
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

test('an update changes what moves, and neither recipe, library, price nor birth', () => {
  const { table } = newTable()
  const row = sampleJob()
  table.insert(row)
  const change = {
    state: 'failed',
    attempts: 2,
    error: { code: 'disk-full', message: 'Full.' },
    clip: sampleClip(),
    position: 4.5,
    word: 'queued',
    remoteId: 'r1',
    flags: ['paused'],
    lookUps: 3,
    replacedBy: idOf(8),
    updatedAt: noon + 5,
  } as const
  table.update({
    ...row,
    ...change,
    recipe: sampleRecipe({ prompt: 'changed' }),
    library: 'other',
    createdAt: 1,
  })
  table.reload()
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
  expect(table.unfinished().map(({ id }) => id)).toEqual([idOf(99)])
})

test('the queue is of every library, in order of place, then of birth, and knows every change', () => {
  const { table } = newTable()
  const at = (id: number, position: number, createdAt: number, library = 'a') =>
    table.insert(sampleJob({ id: idOf(id), position, createdAt, library }))
  at(1, 5, 1)
  expect(table.unfinished()).toHaveLength(1)
  at(2, 3, 9, 'b')
  at(3, 3, 4)
  const order = () => table.unfinished().map(({ id }) => id)
  expect(order()).toEqual([3, 2, 1].map(idOf))
  table.update(sampleJob({ id: idOf(1), position: 0, createdAt: 1, library: 'a' }))
  expect(order()).toEqual([1, 3, 2].map(idOf))
  table.update(sampleJob({ id: idOf(3), state: 'done' }))
  expect(order()).toEqual([1, 2].map(idOf))
  table.reload()
  expect(order()).toEqual([1, 2].map(idOf))
})

test('given-up jobs are watched as far back as is asked', () => {
  const { table } = newTable()
  for (const n of [1, 2, 3]) table.insert(sampleJob({ id: idOf(n), state: 'given-up', submittedAt: n * 10 }))
  table.insert(sampleJob({ id: idOf(4), state: 'unknown', submittedAt: 25 }))
  expect(table.watched(20).map(({ id }) => id)).toEqual([3, 2].map(idOf))
})

test('a job is found by its remote id at its own platform only', () => {
  const { table } = newTable()
  table.insert(sampleJob({ provider: 'krea', remoteId: 'r1' }))
  expect(table.byRemoteId('krea', 'r1')?.id).toBe(idOf(7))
  expect(table.byRemoteId('apiframe', 'r1')).toBeUndefined()
})

test('keys that unfinished jobs are bound to, and how long clips took, by provider', () => {
  const { table } = newTable()
  const intent = { id: 'i', body: '', at: 1, platformAt: null }
  const add = (n: number, change: Parameters<typeof sampleJob>[0]) =>
    table.insert(sampleJob({ id: idOf(n), provider: 'krea', ...change }))
  add(1, { state: 'running', intent: { ...intent, keyPrint: 'k1' } })
  add(2, { state: 'done', intent: { ...intent, keyPrint: 'k2' }, clip: sampleClip({ id: idOf(2) }) })
  add(3, { state: 'running', intent: { ...intent, keyPrint: 'k3' }, provider: 'apiframe' })
  expect([...table.keyPrints('krea')]).toEqual(['k1'])
  expect(table.waits('krea')).toEqual({
    clips: 1,
    recentMs: [1200],
    outcomes: { done: 1, failed: 0, refused: 0 },
  })
  expect(table.waits('apiframe')).toEqual({
    clips: 0,
    recentMs: [],
    outcomes: { done: 0, failed: 0, refused: 0 },
  })
})

test('the platform’s last answer is kept beside the row', () => {
  const { table } = newTable()
  table.insert(sampleJob())
  expect(table.lastAnswer(idOf(7))).toBeNull()
  table.saveAnswer(idOf(7), '{"said":"this"}')
  expect(table.lastAnswer(idOf(7))).toBe('{"said":"this"}')
})
