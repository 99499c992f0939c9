import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Attempts in a row that bring nothing new before a server that answers, but badly, is given up. */
const FRUITLESS_LIMIT = 3

/**
 * @typedef {{ received: number, total: number | null }} Progress bytes; `total` is null when the server does not say
 * @typedef {{ stallMs: number, pauseMs: number, onProgress: (progress: Progress) => void }} SteadyOptions
 *   `stallMs`: without a byte for this long the download is given up; `pauseMs`: wait before asking again
 * @typedef {{ kind: 'done' }
 *   | { kind: 'broken', received: number, gained: boolean, reason: string }
 *   | { kind: 'given-up', reason: string }} Attempt
 */

/** The download is not possible from here now; the message says why and is not a sentence. */
export class DownloadGivenUp extends Error {
  /** @override */
  name = 'DownloadGivenUp'
}

/**
 * A downloader for @electron/get that keeps going as long as bytes come: it continues a broken connection where it
 * ended (the caller checks the whole against a checksum) and gives up when there is no name, no connection, or no
 * byte for `stallMs`.
 * @param {SteadyOptions} options
 * @returns {{ download(url: string, target: string): Promise<void> }} rejects with {@link DownloadGivenUp}
 */
export function createSteadyDownloader(options) {
  return {
    async download(url, target) {
      let received = 0
      let fruitless = 0
      for (;;) {
        const attempt = await fetchFrom(url, target, received, options)
        if (attempt.kind === 'done') return
        if (attempt.kind === 'given-up') throw new DownloadGivenUp(attempt.reason)
        received = attempt.received
        fruitless = attempt.gained ? 0 : fruitless + 1
        if (fruitless === FRUITLESS_LIMIT) throw new DownloadGivenUp(attempt.reason)
        await sleep(options.pauseMs)
      }
    },
  }
}

/**
 * @param {string} url
 * @param {string} target
 * @param {number} from bytes that are in the file already
 * @param {SteadyOptions} options
 * @returns {Promise<Attempt>}
 */
async function fetchFrom(url, target, from, { stallMs, onProgress }) {
  const { host } = new URL(url)
  const stall = createStallTimer(stallMs)
  let received = from
  let hasAnswered = false
  /** @type {import('node:fs/promises').FileHandle | null} */
  let file = null
  try {
    const range = from > 0 ? { range: `bytes=${from}-` } : {}
    const response = await fetch(url, {
      signal: stall.signal,
      headers: { 'accept-encoding': 'identity', ...range },
    })
    hasAnswered = true
    if (!response.ok || response.body === null) return afterStatus(response.status, host)
    if (response.status !== 206) received = 0
    const total = totalOf(response, received)
    file = await open(target, received > 0 ? 'a' : 'w')
    for await (const chunk of response.body) {
      await file.appendFile(chunk)
      received += chunk.length
      stall.rearm()
      onProgress({ received, total })
    }
    return { kind: 'done' }
  } catch (error) {
    if (isDiskError(error)) throw error
    if (stall.signal.aborted)
      return { kind: 'given-up', reason: `${host} sent nothing for ${stallMs / 1000} s` }
    if (!hasAnswered) return { kind: 'given-up', reason: `${host} ${connectionReason(error)}` }
    return {
      kind: 'broken',
      received,
      gained: received > from,
      reason: `${host} keeps breaking the connection`,
    }
  } finally {
    stall.stop()
    await file?.close()
  }
}

/** @param {number} ms */
function createStallTimer(ms) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ms)
  return {
    signal: controller.signal,
    rearm: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  }
}

/**
 * @param {number} status
 * @param {string} host
 * @returns {Attempt}
 */
function afterStatus(status, host) {
  const reason = `${host} answered ${status}`
  // 416: what we have cannot be continued, so it is fetched anew. 408, 429 and 5xx pass by themselves.
  if (status === 408 || status === 416 || status === 429 || status >= 500) {
    return { kind: 'broken', received: 0, gained: false, reason }
  }
  return { kind: 'given-up', reason }
}

/**
 * @param {Response} response
 * @param {number} received
 * @returns {number | null}
 */
function totalOf(response, received) {
  const length = response.headers.get('content-length')
  return length === null ? null : received + Number(length)
}

/**
 * Writing fails with the system call's name, the network with undici's or none that concerns a file.
 * @param {unknown} error
 * @returns {boolean}
 */
function isDiskError(error) {
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'write' || error.syscall === 'open')
  )
}

/**
 * @param {unknown} error what `fetch` rejected with; the reason is in its cause
 * @returns {string}
 */
function connectionReason(error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `has no address here (${code})`
    case 'ECONNREFUSED':
      return 'refuses the connection'
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'does not answer'
    default:
      return `cannot be reached (${code === '' ? String(cause) : code})`
  }
}
