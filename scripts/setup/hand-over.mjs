import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ENDING_SIGNALS } from './run.mjs'

/** npm and the terminal both pass Ctrl-C on, and a tool that hears it twice stops without tidying up. */
const SAME_SIGNAL_MS = 500

/** How soon a task notices that whoever started set-up is gone. */
const ORPHAN_CHECK_MS = 1000

/** Read when set-up starts, because it may be orphaned before it hands over. */
const STARTED_BY = process.ppid

/**
 * Runs the task to its end with our terminal and passes signals on to it and everything it started.
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code; 128 + n for signal n, as shells have it
 */
export function handOver([program = '', ...args], { cwd, env }) {
  // A group of its own: xvfb-run does not pass signals on, so they go to the group. Windows has no groups, and a
  // detached process would open a console there.
  const hasGroup = process.platform !== 'win32'
  const child = spawn(program, args, { cwd, env, stdio: 'inherit', detached: hasGroup })
  /** @type {Map<NodeJS.Signals, number>} */
  const lastAt = new Map()

  /** @param {NodeJS.Signals} signal */
  function passOn(signal) {
    const now = Date.now()
    if (now - (lastAt.get(signal) ?? 0) < SAME_SIGNAL_MS || child.pid === undefined) return
    lastAt.set(signal, now)
    try {
      process.kill(hasGroup ? -child.pid : child.pid, signal)
    } catch {
      // It has ended already.
    }
  }

  for (const signal of ENDING_SIGNALS) process.on(signal, passOn)
  // A killed npm takes its shell along and tells nobody else: windows and displays would stay behind unseen.
  const orphanCheck = setInterval(() => {
    if (process.ppid !== STARTED_BY) passOn('SIGTERM')
  }, ORPHAN_CHECK_MS)
  return new Promise((resolve) => {
    /** @param {number} code */
    function end(code) {
      clearInterval(orphanCheck)
      for (const signal of ENDING_SIGNALS) process.off(signal, passOn)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(error.message)
      end(1)
    })
    child.on('close', (code, signal) => {
      end(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
