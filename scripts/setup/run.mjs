import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants as access } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'

/** The exit code a shell gives for a command that does not exist. */
export const NOT_FOUND = 127

/**
 * What ends us and has to end our children.
 * @type {readonly NodeJS.Signals[]}
 */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * @typedef {{ code: number, output: string }} Outcome `output` is stdout and stderr in the order they came
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} RunOptions
 * @typedef {(command: string, args: readonly string[], options?: RunOptions) => Promise<Outcome>} Run
 */

/**
 * Runs a command to its end and keeps what it printed. Never rejects: a command that cannot be started has code
 * {@link NOT_FOUND}, one ended by a signal has 1.
 * @type {Run}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = []
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    endTogether(child)
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: NOT_FOUND, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

/**
 * Asks a program something that it answers at once.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Outcome}
 */
export function ask(command, args) {
  // LC_ALL: the answers of ldd and apt-cache are parsed, and both are translated.
  const answer = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  if (answer.error !== undefined) return { code: NOT_FOUND, output: answer.error.message }
  return { code: answer.status ?? 1, output: answer.stdout + answer.stderr }
}

/**
 * Whether a program can be found on PATH (Linux and macOS).
 * @param {string} program
 * @param {string} [path]
 * @returns {boolean}
 */
export function isOnPath(program, path = process.env['PATH'] ?? '') {
  return path.split(delimiter).some((folder) => {
    if (folder === '') return false
    try {
      accessSync(join(folder, program), access.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Ends us, with the code a shell gives, and the child when we are told to end; a forgotten npm would go on writing
 * into node_modules.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {void}
 */
export function endTogether(child) {
  /** @param {NodeJS.Signals} signal */
  function end(signal) {
    child.kill(signal)
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of ENDING_SIGNALS) process.on(signal, end)
  child.on('close', () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, end)
  })
}
