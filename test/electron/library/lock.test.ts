import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockLibrary } from '../../../electron/library/lock'
import { openLibrary } from '../../../electron/library/open'
import { bundleForNode } from '../../support/bundle'
import { startNode } from '../../support/child'
import { codeOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import type { Word } from '../../support/hold-library'

const held: Word = 'held'
const locked: Word = 'library-locked'

test('another process is kept out, in both directions, and let in when the holder is killed', async () => {
  const folder = join(temporaryFolder(), 'Library')
  const script = await bundleForNode(
    join(import.meta.dirname, '../../support/hold-library.ts'),
    temporaryFolder(),
  )

  const holder = startNode(script, [folder])
  expect(await holder.said()).toBe(held)
  expect(await codeOf(() => openLibrary(folder))).toBe(locked)
  expect(await startNode(script, [folder]).said()).toBe(locked)

  holder.kill()
  expect((await holder.ended).signal).toBe('SIGKILL')
  const library = await openLibrary(folder)
  onTestFinished(() => library.close(true))
  expect(library.mayLackRows).toBe(true)
  expect(await startNode(script, [folder]).said()).toBe(locked)
})

test('the same process is kept out too, until the lock is let go of', async () => {
  const path = join(temporaryFolder(), 'lock.db')
  const unlock = lockLibrary(path)
  expect(await codeOf(() => lockLibrary(path))).toBe(locked)
  expect(await codeOf(() => lockLibrary(path))).toBe(locked)
  unlock()
  lockLibrary(path)()
})

test('what is no lock file is told as it is, not as another Inbetween', () => {
  const path = join(temporaryFolder(), 'lock.db')
  writeFileSync(path, 'not a database, but long enough to be read as one. '.repeat(20))
  expect(() => lockLibrary(path)).toThrow(/not a database/)
  expect(() => lockLibrary(join(path, 'below'))).toThrow(/unable to open/)
})
