import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * The command line of a tool's own program file: started with this Node instead of through node_modules/.bin, whose
 * scripts take the `node` of PATH and differ on Windows.
 * @param {string} program path inside node_modules
 * @param {readonly string[]} args
 * @returns {string[]}
 */
export function tool(program, args) {
  return [process.execPath, join(ROOT, 'node_modules', ...program.split('/')), ...args]
}

/**
 * Runs a command to its end with our terminal. Signals need no passing on: set-up sends them to the whole group.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code; 1 when it could not be started or was ended by a signal
 */
export function runOpenly([program = '', ...args], env = process.env) {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/**
 * Runs a command to its end and keeps what it printed.
 * @param {readonly string[]} command
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runQuietly([program = '', ...args]) {
  /** @type {Buffer[]} */
  const chunks = []
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

/**
 * One line for a step that has ended.
 * @param {boolean} isFine
 * @param {string} name
 * @param {number} startedAt as `performance.now()` gave it
 * @returns {string}
 */
export function stepLine(isFine, name, startedAt) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  return `${isFine ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`
}
