import { appendFileSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A log is kept for the person who reports a problem; beyond this it is only old runs. */
const LOG_LIMIT_BYTES = 512 * 1024

/** Without a terminal a status is a whole line in somebody's log, so it appears rarely. */
const STATUS_EVERY_MS = { terminal: 200, log: 10_000 }

/**
 * A failure of set-up that the reader can act on. The message is one sentence with the next step; everything
 * else belongs in the log.
 */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/**
 * What set-up says. `line` is kept, `status` is replaced by the next one, `detail` goes to the log only.
 * @typedef {{ line(text: string): void, status(text: string): void, detail(text: string): void }} Say
 */

/**
 * Speaks on stderr, because stdout belongs to the task (a bench prints one JSON line there).
 * @param {{ logFile: string, out?: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>, now?: () => number }} deps
 * @returns {Say}
 */
export function createSay({ logFile, out = process.stderr, now = Date.now }) {
  const isTerminal = out.isTTY
  const statusEveryMs = isTerminal ? STATUS_EVERY_MS.terminal : STATUS_EVERY_MS.log
  // Always, because the status may be that of the child that downloads.
  const clear = isTerminal ? '\r\u001B[K' : ''
  let lastStatusAt = now()
  dropOverlongLog(logFile)

  /** @param {string} text */
  function detail(text) {
    try {
      mkdirSync(dirname(logFile), { recursive: true })
      appendFileSync(logFile, `${new Date(now()).toISOString()} ${text.trimEnd()}\n`)
    } catch {
      // A log that cannot be written (read-only checkout) must not stop set-up.
    }
  }

  return {
    line(text) {
      out.write(`${clear}${text}\n`)
      detail(text)
    },
    status(text) {
      if (now() - lastStatusAt < statusEveryMs) return
      lastStatusAt = now()
      out.write(isTerminal ? `${clear}${text}` : `${text}\n`)
    },
    detail,
  }
}

/**
 * Shows how long a silent piece of work has been going on, so that a minute of nothing does not look like a hang.
 * @template T
 * @param {Say} say
 * @param {string} text what is being done, without a full stop
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileSaying(say, text, work) {
  const startedAt = Date.now()
  const timer = setInterval(() => {
    say.status(`${text}, ${Math.round((Date.now() - startedAt) / 1000)} s`)
  }, 1000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** @param {string} logFile */
function dropOverlongLog(logFile) {
  try {
    if (statSync(logFile).size > LOG_LIMIT_BYTES) rmSync(logFile)
  } catch {
    // No log yet.
  }
}
