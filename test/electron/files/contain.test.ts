import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveInside } from '../../../electron/files/contain'
import { codeOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'

/** `inside/` with a file and links, and beside it what must not be reached. */
function tree() {
  const top = temporaryFolder()
  const inside = join(top, 'inside')
  mkdirSync(join(inside, 'sub'), { recursive: true })
  mkdirSync(join(top, 'inside-twin'))
  writeFileSync(join(inside, 'sub', 'clip.mp4'), 'x')
  writeFileSync(join(inside, '..odd name'), 'x')
  writeFileSync(join(top, 'secret.txt'), 'secret')
  writeFileSync(join(top, 'inside-twin', 'secret.txt'), 'secret')
  symlinkSync(join(top, 'secret.txt'), join(inside, 'link-out'))
  symlinkSync('..', join(inside, 'folder-out'))
  symlinkSync(join(inside, 'sub', 'clip.mp4'), join(inside, 'link-in'))
  symlinkSync(inside, join(top, 'inside-by-link'))
  return { top, inside }
}

const reached = [
  ['sub/clip.mp4', 'sub/clip.mp4'],
  ['sub/../sub/./clip.mp4', 'sub/clip.mp4'],
  ['link-in', 'sub/clip.mp4'],
  ['..odd name', '..odd name'],
] as const

test.each(reached)('%j is reached', async (name, real) => {
  const { inside, top } = tree()
  expect(await resolveInside(inside, name)).toBe(join(inside, real))
  expect(await resolveInside(join(top, 'inside-by-link'), name)).toBe(join(inside, real))
})

const refused = [
  '../secret.txt',
  'sub/../../secret.txt',
  '../inside-twin/secret.txt',
  '..',
  '',
  '.',
  'sub/..',
  '/etc/passwd',
  'link-out',
  'folder-out',
  'folder-out/secret.txt',
  'sub/clip.mp4\0.png',
  '\0',
] as const

test.each(refused)('%j is refused', async (name) => {
  expect(await codeOf(async () => resolveInside(tree().inside, name))).toBe('forbidden')
})

test.each(['missing', '../missing', 'sub/clip.mp4/below'])(
  '%j is not there: the system says so',
  async (name) => {
    await expect(resolveInside(tree().inside, name)).rejects.toMatchObject({
      code: expect.stringMatching(/^ENO(ENT|TDIR)$/),
    })
  },
)
