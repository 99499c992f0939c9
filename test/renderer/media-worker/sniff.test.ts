import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isKnownPicture } from '../../../renderer/media-worker/sniff'

const head = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name)).subarray(0, 16)

test.each(['a.png', 'truncated.jpg', 'square.webp', 'avif.avif'])('%s should decode', (name) => {
  expect(isKnownPicture(head(name))).toBe(true)
})

test.each(['heic.heic', 'text.png', 'empty.png', 'animated.gif', 'clip.mp4'])(
  '%s need not decode',
  (name) => {
    expect(isKnownPicture(head(name))).toBe(false)
  },
)
