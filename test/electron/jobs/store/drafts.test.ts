import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../electron/database/open'
import { createDrafts } from '../../../../electron/jobs/store/drafts'
import { engineMigrations } from '../../../../electron/jobs/store/schema'
import { temporaryFolder } from '../../../support/folder'
import { sampleRecipe } from '../../../support/samples'

test('each library has its own draft, the last one set, and keeps it over a restart', () => {
  const path = join(temporaryFolder(), 'engine.db')
  const draft = (prompt: string) =>
    ({ recipe: sampleRecipe({ prompt }), provider: 'animatic', isSample: false }) as const
  const db = openDatabase(path, engineMigrations)
  const drafts = createDrafts(db)
  expect(drafts.get('a')).toBeUndefined()
  drafts.set('a', draft('first'))
  drafts.set('b', { ...draft('of b'), isSample: true })
  drafts.set('a', draft(`second ' " \\ \u0000 雪`))
  db.close()

  const again = openDatabase(path, engineMigrations)
  onTestFinished(() => again.close())
  expect(createDrafts(again).get('a')).toEqual(draft(`second ' " \\ \u0000 雪`))
  expect(createDrafts(again).get('b')).toEqual({ ...draft('of b'), isSample: true })
})
