import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSay } from '../../scripts/setup/say.mjs'
import { temporaryFolder, writeFiles } from './folders.mjs'

/** @param {boolean} isTTY */
function setUp(isTTY) {
  const logFile = join(temporaryFolder(), 'cache', 'setup.log')
  let written = ''
  let time = 0
  const out = {
    isTTY,
    write: (/** @type {string} */ text) =>
      ((written += text), true),
  }
  const say = createSay({ logFile, out, now: () => time })
  return { say, logFile, written: () => written, pass: (/** @type {number} */ ms) => (time += ms) }
}

test('a status gives way to the next line in a terminal', () => {
  const { say, written, pass } = setUp(true)
  pass(1000)
  say.status('10 %')
  say.line('done')
  say.line('next')
  expect(written()).toBe('\r\u001B[K10 %\r\u001B[Kdone\n\r\u001B[Knext\n')
})

test('a status is a rare line in a log', () => {
  const { say, written, pass } = setUp(false)
  for (let second = 0; second < 25; second += 1) {
    say.status(`${second} s`)
    pass(1000)
  }
  expect(written()).toBe('10 s\n20 s\n')
})

test('details go to the log only, and lines to both', () => {
  const { say, logFile, written } = setUp(false)
  say.detail('npm said much')
  say.line('installed')
  expect(written()).toBe('installed\n')
  expect(readFileSync(logFile, 'utf8')).toMatch(/npm said much\n.*installed\n/)
})

test('an overlong log starts anew, and one that cannot be written does not matter', () => {
  const folder = temporaryFolder()
  writeFiles(folder, { 'setup.log': 'x'.repeat(600_000) })
  createSay({ logFile: join(folder, 'setup.log') }).detail('fresh')
  expect(readFileSync(join(folder, 'setup.log'), 'utf8').length).toBeLessThan(100)
  expect(() => createSay({ logFile: join(folder, 'setup.log', 'below-a-file') }).detail('lost')).not.toThrow()
})
