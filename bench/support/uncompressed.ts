import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { build } from 'vite'
import { electronPath, systemArgs } from './environment.ts'

/** What is painted: see `animatic` in shared/media-schema.ts. */
export interface FilmTask {
  readonly kind: 'animatic'
  readonly pictures: number
  readonly prompt: string
  readonly durationS: number
  readonly width: number
  readonly height: number
}

/** Writes every frame of our animatic, before any coding, to `path`: raw I420, one after another. */
export async function writeUncompressed(
  task: FilmTask,
  pictures: readonly string[],
  path: string,
): Promise<void> {
  const script = await bundle()
  const frames = createWriteStream(path)
  const done = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    const url = request.url ?? ''
    const [, picture] = /^\/picture(\d+)$/.exec(url) ?? []
    if (url === '/frame') {
      for await (const chunk of request) frames.write(chunk)
      response.end()
    } else if (url === '/done') {
      response.end()
      done.resolve()
    } else if (url === '/page.js') {
      response.setHeader('content-type', 'text/javascript').end(script)
    } else if (picture === undefined) {
      response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.js"></script>')
    } else {
      response.end(await readFile(pictures[Number(picture)] ?? ''))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}/?task=${encodeURIComponent(JSON.stringify(task))}`
  const child = spawn(electronPath(), [...systemArgs(), join(import.meta.dirname, 'bare')], {
    env: { ...process.env, BENCH_URL: address },
    stdio: 'ignore',
  })
  child.once('exit', () => done.reject(new Error('Electron ended before all frames were painted')))
  await done.promise
  child.removeAllListeners('exit')
  child.kill()
  server.close()
  frames.end()
  await finished(frames)
}

async function bundle(): Promise<string> {
  const built = await build({
    root: join(import.meta.dirname, 'frames'),
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'esnext', lib: { entry: 'page.ts', formats: ['es'], fileName: 'page' } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('vite gave no bundle')
  return output.output[0].code
}
