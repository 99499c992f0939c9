// A result host in a process of its own, fast and alike for every client: `/<bytes>.mp4` is a clip of that size.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const head = readFileSync(join(import.meta.dirname, '../../test/fixtures/clip.mp4')).subarray(0, 5000)
/** Written again and again: large enough that the server is not what is measured. */
const noise = randomBytes(1024 ** 2)

function send(response: ServerResponse, bytes: number): void {
  let left = bytes - head.length
  const fill = () => {
    while (left > 0) {
      const isTaken = response.write(noise.subarray(0, left))
      left -= noise.length
      if (!isTaken) return
    }
    response.end()
  }
  response.on('drain', fill)
  response.write(head)
  fill()
}

/** This file, to be forked; it tells its port. */
export const clipServer = import.meta.filename

if (import.meta.main) {
  const server = createServer((request, response) => {
    const bytes = Number(/(\d+)\.mp4$/.exec(request.url ?? '')?.[1])
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes, etag: `"${bytes}"` })
    send(response, bytes)
  })
  server.listen(0, '127.0.0.1', () => {
    // A server that listens on TCP has an AddressInfo for its address.
    process.send?.((server.address() as AddressInfo).port)
  })
  // A bench that was cut off leaves nothing behind.
  process.on('disconnect', () => process.exit())
}
