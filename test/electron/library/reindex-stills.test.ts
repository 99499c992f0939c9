import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { reindexStills } from '../../../electron/library/reindex-stills'
import { AppError } from '../../../shared/error'
import { createFakeMedia } from '../../support/fake-media'
import { testLibrary } from '../../support/library'
import { png } from '../../support/pictures'
import { noon } from '../../support/samples'

const idOfStill = (digit: string) => digit.repeat(64)

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

test('stills without a row come back with their thumbnail; odd files are passed over', async () => {
  const { folder, paths, stills } = await testLibrary()
  const [whole, broken, known] = ['a', 'b', 'c'].map(idOfStill) as [string, string, string]
  const picture = png(64, 36)
  put(paths.still(whole, 'png'), picture)
  put(paths.still(broken, 'png'), png(8, 8))
  put(paths.still(known, 'png'), picture)
  put(join(folder, 'stills/zz/notes.txt'), 'mine')
  put(join(folder, `stills/dd/${idOfStill('d')}.png`), 'text')
  const row = { id: known, type: 'png', width: 1, height: 1, bytes: 1, name: 'kept.png' } as const
  stills.put(row, noon)
  const media = createFakeMedia({
    still(_task, { inputs, outputs }) {
      const bytes = readFileSync(inputs['still'] ?? '')
      if (bytes.readUInt32BE(16) === 8) throw new AppError('damaged', 'Broken.')
      writeFileSync(outputs['thumbnail'] ?? '', 'thumbnail')
      return { kind: 'still', width: 64, height: 36 }
    },
  })
  const logged: string[] = []
  await reindexStills({ paths, stills, media, now: () => noon, log: (what) => logged.push(what) })

  expect(stills.get(whole)).toEqual({
    id: whole,
    type: 'png',
    width: 64,
    height: 36,
    bytes: picture.length,
    name: `${whole}.png`,
  })
  expect(readFileSync(paths.thumbnail(whole), 'utf8')).toBe('thumbnail')
  expect(stills.get(known)).toEqual(row)
  expect(stills.get(broken)).toBeUndefined()
  expect(stills.get(idOfStill('d'))).toBeUndefined()
  expect(logged).toHaveLength(1)
  expect(logged[0]).toContain(broken)
})
