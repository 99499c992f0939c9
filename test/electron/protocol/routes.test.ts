import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTaskRoute, createWaitingRoute, type Route } from '../../../electron/protocol/routes'
import { maxStillBytes } from '../../../shared/still'
import { clipId, get, routeScene, stillId } from '../../support/routes'

const served = [
  [`/media/${clipId}`, 'the clip', 'video/mp4'],
  [`/poster/${clipId}`, 'the poster', 'image/webp'],
  [`/filmstrip/${clipId}`, 'the filmstrip', 'image/webp'],
  [`/still/${stillId}`, 'the still', 'image/png'],
  [`/thumb/${stillId}`, 'the thumbnail', 'image/webp'],
  ['/assets/app.js', 'script', 'text/javascript; charset=utf-8'],
] as const

test.each(served)('%s gives %j', async (url, body, type) => {
  const { library } = await routeScene()
  const answer = await get(library, url)
  expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([200, body, type])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each(['with a slash at its end', 'reached by a detour'])(
  'a library %s serves all the same',
  async (how) => {
    const { library } = await routeScene((folder) =>
      how.includes('slash') ? `${folder}/` : `${folder}/../Library`,
    )
    for (const [url, body] of served) expect((await get(library, url)).body).toBe(body)
  },
)

test('media can be asked for in parts', async () => {
  const { library } = await routeScene()
  const answer = await get(library, `/media/${clipId}`, { headers: { range: 'bytes=4-7' } })
  expect([answer.status, answer.body]).toEqual([206, 'clip'])
})

test('a page comes with its policy, anything else without', async () => {
  const { library } = await routeScene()
  const page = await get(library, '/index.html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.body).toMatch(/^<p>page [^_]+<\/p>$/)
  expect((await get(library, '/index.html?x=1#y')).status).toBe(200)
})

test('pasted bytes are imported under their name, stripped of any path', async () => {
  const { library, imported } = await routeScene()
  const post = (query: string) => get(library, `/import${query}`, { method: 'POST', body: 'bytes' })
  const answer = await post('?name=..%2F..%2Fshot.png')
  expect(JSON.parse(answer.body)).toMatchObject({ kind: 'refused', name: 'shot.png' })
  await post('')
  expect(imported).toEqual([
    { name: 'shot.png', length: 5 },
    { name: 'Pasted picture', length: 5 },
  ])
})

test('more than 100 MB is refused with 413, said or not said', async () => {
  const { library, imported } = await routeScene()
  const said = { method: 'POST', body: 'x', headers: { 'content-length': String(maxStillBytes + 1) } }
  expect((await get(library, '/import', said)).status).toBe(413)
  const unsaid = { method: 'POST', body: new Uint8Array(maxStillBytes + 1) }
  expect((await get(library, '/import', unsaid)).status).toBe(413)
  expect(imported).toEqual([])
})

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s imports nothing', async (method) => {
  const { library, imported } = await routeScene()
  expect((await get(library, '/import', { method })).status).toBe(404)
  expect(imported).toEqual([])
})

test('the media window gets its tasks and our pages, and nothing of the library', async () => {
  const { pages } = await routeScene()
  const route = createTaskRoute(async () => new Response('task'), pages)
  expect((await get(route, `/task/${clipId}/clip`)).body).toBe('task')
  expect((await get(route, '/index.html')).status).toBe(200)
  for (const [url] of served.slice(0, 5)) expect((await get(route, url)).status).toBe(404)
  expect((await get(route, 'app://other/task/x')).status).toBe(404)
})

test('our page is served before the library is open; what is of the library waits for it', async () => {
  const pages: Route = async () => new Response('page')
  const opened = Promise.withResolvers<Route>()
  const route = createWaitingRoute(pages, opened.promise)
  const ask = async (path: string) => (await route(new Request(`app://inbetween${path}`))).text()
  expect(await ask('/index.html')).toBe('page')
  expect(await ask('/assets/app.js')).toBe('page')
  const poster = ask(`/poster/${clipId}`)
  opened.resolve(async () => new Response('library'))
  expect(await poster).toBe('library')
})

test('caches may be gone: a preview is told so that it is made again, a thumbnail gives way to its still', async () => {
  const { library, paths, gone } = await routeScene()
  for (const path of [paths.poster(clipId), paths.filmstrip(clipId), paths.thumbnail(stillId)]) rmSync(path)
  expect((await get(library, `/poster/${clipId}`)).status).toBe(404)
  expect((await get(library, `/filmstrip/${clipId}`)).status).toBe(404)
  expect(gone).toEqual([clipId, clipId])
  expect(await get(library, `/thumb/${stillId}`)).toMatchObject({ status: 200, body: 'the still' })
  rmSync(paths.still(stillId, 'png'))
  expect((await get(library, `/thumb/${stillId}`)).status).toBe(404)
})
