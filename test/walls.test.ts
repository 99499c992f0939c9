import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Longest file, lines: beyond it a file holds more than one idea (design/style.md). */
const maxLines = 400

const root = join(import.meta.dirname, '..')
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((name) => /\.(ts|tsx|mjs|css)$/.test(name) && !name.includes('wall-probe'))

const read = (name: string) => readFileSync(join(root, name), 'utf8')

test('no source file is longer than 400 lines', () => {
  expect(sources.length).toBeGreaterThan(50)
  const long = sources.filter((name) => read(name).split('\n').length > maxLines)
  expect(long).toEqual([])
})

/** Runs oxlint on a file that crosses a wall and gives the rules it broke: the walls must really stand. */
function brokenRules(folder: string, source: string): string[] {
  const lint = join(root, 'node_modules/oxlint/bin/oxlint')
  const file = join(root, folder, 'wall-probe.ts')
  writeFileSync(file, source)
  try {
    execFileSync(process.execPath, [lint, '-f', 'json', file], { cwd: root, stdio: 'pipe' })
    return []
  } catch (error) {
    const { stdout } = error as { stdout: Buffer }
    const { diagnostics } = JSON.parse(stdout.toString()) as { diagnostics: { code: string }[] }
    return diagnostics.map(({ code }) => code)
  } finally {
    rmSync(file)
  }
}

const crossings = [
  ['shared', "import { app } from 'electron'\nconsole.log(app)\n"],
  ['shared', "import { newId } from '../electron/files/ids'\nconsole.log(newId)\n"],
  ['electron/jobs', "import { app } from 'electron'\nconsole.log(app)\n"],
  ['electron/library', "import Store from 'electron-store'\nconsole.log(Store)\n"],
  [
    'electron/shell',
    "import { createTransport } from '../../renderer/connect'\nconsole.log(createTransport)\n",
  ],
  ['renderer/stage', "import { z } from 'zod'\nconsole.log(z)\n"],
  ['renderer/stage', "import { contract } from '../../shared/contract'\nconsole.log(contract)\n"],
  ['renderer/stage', "import { newId } from '../../electron/files/ids'\nconsole.log(newId)\n"],
] as const

test.each(crossings)('lint refuses a crossing from %s: %s', (folder, source) => {
  expect(brokenRules(folder, source)).toContain('eslint(no-restricted-imports)')
})

test('lint lets the window have schemas as types', () => {
  const source = "import type { AppContract } from '../../shared/contract'\nexport type Probe = AppContract\n"
  expect(brokenRules('renderer/stage', source)).toEqual([])
})
