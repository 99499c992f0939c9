import { expect, test } from 'vitest'
import { createHasher } from '../../../electron/downloads/hasher'
import { sha256 } from './downloading'

function shared(text: string): Uint8Array<SharedArrayBuffer> {
  const bytes = Buffer.from(text)
  const made = new Uint8Array(new SharedArrayBuffer(bytes.length))
  made.set(bytes)
  return made
}

test('hashes begun together stay apart, and one that nobody ends is no trouble', async () => {
  const hasher = createHasher()
  const [one, two] = [hasher.begin(), hasher.begin()]
  const answers = await Promise.all([
    one.update(shared('a')),
    two.update(shared('x')),
    one.update(shared('b')),
    one.end(),
    hasher.begin().update(shared('left')),
    two.end(),
    hasher.begin().end(),
  ])
  expect(answers.filter(Boolean)).toEqual(['ab', 'x', ''].map((text) => sha256(Buffer.from(text))))
  await hasher.close()
})

test('closing one that never ran', async () => {
  await expect(createHasher().close()).resolves.toBeUndefined()
})
