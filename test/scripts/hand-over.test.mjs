import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { handOver } from '../../scripts/setup/hand-over.mjs'
import { temporaryFolder, writeFiles } from './folders.mjs'

const MODULE = pathToFileURL(join(import.meta.dirname, '../../scripts/setup/hand-over.mjs')).href

/** Enough for three processes to start on a busy machine. */
const WAIT = { timeout: 10_000, interval: 20 }

test('the exit code is passed on, as are the environment and the folder', async () => {
  const folder = temporaryFolder()
  const options = { cwd: folder, env: { ...process.env, ANSWER: '42' } }
  expect(await handOver([process.execPath, '-e', 'process.exit(Number(process.env.ANSWER))'], options)).toBe(
    42,
  )
  expect(await handOver([process.execPath, '-e', 'process.exit(0)'], options)).toBe(0)
  expect(await handOver([process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'], options)).toBe(137)

  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await handOver([join(folder, 'absent')], options)).toBe(1)
  expect(complain).toHaveBeenCalledWith(expect.stringMatching(/ENOENT/))
})

/**
 * A task behind a shell that keeps signals to itself, as xvfb-run does, behind a parent that hands over, behind a
 * grandparent as npm is one.
 */
async function startedTask() {
  const folder = temporaryFolder()
  writeFiles(folder, {
    'wrapper.sh': '"$@"\nexit $?\n',
    'task.mjs': `
      import { appendFileSync } from 'node:fs'
      process.on('SIGTERM', () => {
        appendFileSync('heard', 'SIGTERM ')
        setTimeout(() => process.exit(7), 100)
      })
      setInterval(() => {}, 1000)
      appendFileSync('ready', '')`,
    'parent.mjs': `
      import { writeFileSync } from 'node:fs'
      import { handOver } from '${MODULE}'
      writeFileSync('parent.pid', String(process.pid))
      process.exitCode = await handOver(['sh', 'wrapper.sh', process.execPath, 'task.mjs'], { cwd: '.', env: process.env })`,
    'grandparent.mjs': `
      import { spawn } from 'node:child_process'
      spawn(process.execPath, ['parent.mjs'], { stdio: 'ignore' })`,
  })
  const grandparent = spawn(process.execPath, ['grandparent.mjs'], { cwd: folder, stdio: 'ignore' })
  await vi.waitFor(() => expect(existsSync(join(folder, 'ready'))).toBe(true), WAIT)
  return {
    grandparent,
    parentPid: Number(readFileSync(join(folder, 'parent.pid'), 'utf8')),
    heard: () => readFileSync(join(folder, 'heard'), 'utf8'),
  }
}

test('a signal reaches everything the task started, once', async () => {
  const { grandparent, parentPid, heard } = await startedTask()
  process.kill(parentPid, 'SIGTERM')
  process.kill(parentPid, 'SIGTERM')
  await once(grandparent, 'close')
  await vi.waitFor(() => expect(heard()).toBe('SIGTERM '), WAIT)
})

test('a task whose npm was killed does not stay behind', async () => {
  const { grandparent, heard } = await startedTask()
  grandparent.kill('SIGKILL')
  await vi.waitFor(() => expect(heard()).toBe('SIGTERM '), WAIT)
})
