import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSteadyDownloader } from '../../scripts/setup/steady-download.mjs'
import { temporaryFolder } from './folders.mjs'
import { deadAddress, serve } from './servers.mjs'

const STALL_MS = 300
const BODY = Buffer.from('0123456789'.repeat(1000))

/** @param {string} url */
function downloading(url) {
  const target = join(temporaryFolder(), 'file')
  /** @type {{ received: number, total: number | null }[]} */
  const progress = []
  const downloader = createSteadyDownloader({
    stallMs: STALL_MS,
    pauseMs: 1,
    onProgress: (now) => progress.push(now),
  })
  return { target, progress, done: downloader.download(url, target) }
}

test('a file arrives with progress', async () => {
  const { target, progress, done } = downloading(await serve((_, response) => response.end(BODY)))
  await done
  expect(readFileSync(target)).toEqual(BODY)
  expect(progress.at(-1)).toEqual({ received: BODY.length, total: BODY.length })
})

test('a slow download is not a stalled one', async () => {
  const pieces = 8
  const url = await serve((_, response) => {
    let sent = 0
    const timer = setInterval(() => {
      response.write(BODY.subarray(0, 100))
      sent += 1
      if (sent < pieces) return
      clearInterval(timer)
      response.end()
    }, STALL_MS / 3)
  })
  const { progress, done } = downloading(url)
  await done
  expect(progress.at(-1)).toEqual({ received: 100 * pieces, total: null })
})

test.each([
  ['nothing at all', 0],
  ['some bytes and then nothing', 5000],
])('%s is given up after the limit', async (_, bytes) => {
  const url = await serve((_request, response) => {
    if (bytes > 0) response.writeHead(200, { 'content-length': BODY.length }).write(BODY.subarray(0, bytes))
  })
  const startedAt = performance.now()
  await expect(downloading(url).done).rejects.toThrow(/sent nothing for 0\.3 s/)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(STALL_MS - 5)
})

test('a broken connection is continued where it ended', async () => {
  /** @type {(string | undefined)[]} */
  const ranges = []
  const url = await serve((request, response) => {
    ranges.push(request.headers.range)
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const rest = BODY.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
    if (rest.length <= 4000) return response.end(rest)
    response.write(rest.subarray(0, 4000), () => setTimeout(() => response.destroy(), 20))
  })
  const { target, progress, done } = downloading(url)
  await done
  expect(readFileSync(target)).toEqual(BODY)
  expect(ranges).toEqual([undefined, 'bytes=4000-', 'bytes=8000-'])
  expect(progress.at(-1)).toEqual({ received: BODY.length, total: BODY.length })
})

test('a server that cannot continue starts the file anew', async () => {
  let visits = 0
  const url = await serve((_, response) => {
    visits += 1
    response.writeHead(200, { 'content-length': BODY.length })
    if (visits > 1) return response.end(BODY)
    response.write(BODY.subarray(0, 4000), () => setTimeout(() => response.destroy(), 20))
  })
  const { target, done } = downloading(url)
  await done
  expect(readFileSync(target)).toEqual(BODY)
})

test('a server that is overloaded for a moment is asked again, one that stays so is given up', async () => {
  let visits = 0
  const passing = await serve((_, response) => {
    visits += 1
    response.writeHead(visits > 2 ? 200 : 503).end(BODY)
  })
  await downloading(passing).done
  const lasting = await serve((_, response) => response.writeHead(503).end())
  await expect(downloading(lasting).done).rejects.toThrow(/answered 503/)
})

test.each([404, 403])('an answer of %s is final', async (status) => {
  let visits = 0
  const url = await serve((_, response) => {
    visits += 1
    response.writeHead(status).end()
  })
  await expect(downloading(url).done).rejects.toThrow(`answered ${status}`)
  expect(visits).toBe(1)
})

test('no connection and no name are given up at once', async () => {
  await expect(downloading(await deadAddress()).done).rejects.toThrow(/refuses the connection/)
  await expect(downloading('http://nowhere.invalid/file').done).rejects.toThrow(
    /nowhere\.invalid has no address here/,
  )
})

test('a disk that cannot be written is not the network', async () => {
  const url = await serve((_, response) => response.end(BODY))
  const downloader = createSteadyDownloader({ stallMs: STALL_MS, pauseMs: 1, onProgress: () => {} })
  await expect(downloader.download(url, join(temporaryFolder(), 'absent', 'file'))).rejects.toThrow(/ENOENT/)
})
