import { expect, test } from 'vitest'
import { isSupportedNode } from '../../scripts/node-version.mjs'

test.each([
  ['v24.21.0', true],
  ['24.0.0', true],
  ['22.19.0', true],
  ['26.1.0', true],
  ['22.18.9', false],
  ['20.20.2', false],
  ['', false],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isSupportedNode(version)).toBe(expected)
})
