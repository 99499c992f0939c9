import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createLibraryRoute,
  createPageRoute,
  createTaskRoute,
  createWaitingRoute,
  type Route,
} from '../../../electron/protocol/routes'
import type { ImportResult } from '../../../shared/contract'
import { maxStillBytes } from '../../../shared/still'
import { temporaryFolder } from '../../support/folder'
import { testLibrary } from '../../support/library'
import { idOf, noon, sampleClip } from '../../support/samples'

const clipId = idOf(1)
const stillId = 'ab'.repeat(32)

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A library with a clip and a still, our pages, and a secret beside both. */
async function scene(change?: (folder: string) => string) {
  const top = temporaryFolder()
  put(join(top, 'secret.txt'), 'SECRET')
  put(join(top, 'pages/index.html'), '<p>page __CSP_NONCE__</p>')
  put(join(top, 'pages/assets/app.js'), 'script')
  symlinkSync(join(top, 'secret.txt'), join(top, 'pages/link.txt'))
  const { paths, clips, stills } = await testLibrary(change?.(join(top, 'Library')) ?? join(top, 'Library'))
  clips.put(sampleClip({ id: clipId, file: 'clips/2026/11/fox.mp4' }))
  stills.put({ id: stillId, type: 'png', width: 1, height: 1, bytes: 5, name: 'a.png' }, noon)
  put(paths.file('clips/2026/11/fox.mp4'), 'the clip')
  put(paths.still(stillId, 'png'), 'the still')
  put(paths.thumbnail(stillId), 'the thumbnail')
  put(paths.poster(clipId), 'the poster')
  put(paths.filmstrip(clipId), 'the filmstrip')
  const imported: { name: string; length: number }[] = []
  const importBytes = async (name: string, bytes: Uint8Array): Promise<ImportResult> => {
    imported.push({ name, length: bytes.length })
    return { kind: 'refused', name, error: { code: 'unknown-type', message: 'x' } }
  }
  const pages = createPageRoute(join(top, 'pages'))
  const library = createLibraryRoute({ paths, clips, stills, importBytes }, pages)
  return { top, paths, clips, stills, pages, library, imported }
}

async function get(route: Route, url: string, init: RequestInit = {}) {
  const response = await route(new Request(url.startsWith('app:') ? url : `app://inbetween${url}`, init))
  return { status: response.status, body: await response.text(), headers: response.headers }
}

const served = [
  [`/media/${clipId}`, 'the clip', 'video/mp4'],
  [`/poster/${clipId}`, 'the poster', 'image/webp'],
  [`/filmstrip/${clipId}`, 'the filmstrip', 'image/webp'],
  [`/still/${stillId}`, 'the still', 'image/png'],
  [`/thumb/${stillId}`, 'the thumbnail', 'image/webp'],
  ['/assets/app.js', 'script', 'text/javascript; charset=utf-8'],
] as const

test.each(served)('%s gives %j', async (url, body, type) => {
  const { library } = await scene()
  const answer = await get(library, url)
  expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([200, body, type])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each(['with a slash at its end', 'reached by a detour'])(
  'a library %s serves all the same',
  async (how) => {
    const { library } = await scene((folder) =>
      how.includes('slash') ? `${folder}/` : `${folder}/../Library`,
    )
    for (const [url, body] of served) expect((await get(library, url)).body).toBe(body)
  },
)

test('media can be asked for in parts', async () => {
  const { library } = await scene()
  const answer = await get(library, `/media/${clipId}`, { headers: { range: 'bytes=4-7' } })
  expect([answer.status, answer.body]).toEqual([206, 'clip'])
})

test('a page comes with its policy, anything else without', async () => {
  const { library } = await scene()
  const page = await get(library, '/index.html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.body).toMatch(/^<p>page [^_]+<\/p>$/)
  expect((await get(library, '/index.html?x=1#y')).status).toBe(200)
})

const ways = [
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%2Fsecret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets%2f..%2f..%2fsecret.txt',
  '/%252e%252e%252fsecret.txt',
  '/..%252fsecret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '//etc/passwd',
  '/%2fetc%2fpasswd',
  '/etc/passwd',
  '/index.html%00.txt',
  '/%00',
  '/link.txt',
  '/',
  '/.',
  '/assets',
  '/assets/',
  '/%E0%A4%A',
  `/${'a'.repeat(5000)}`,
  '/index.html/',
  '/media',
  '/media/',
  `/media/${idOf(2)}`,
  `/media/${clipId}/`,
  `/media/${clipId}/..`,
  `/media/${clipId}%2f..%2fx`,
  `/media/${clipId}%00`,
  '/media/..%2f..%2f..%2fsecret.txt',
  '/media/../../secret.txt',
  '/media/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/media/%252e%252e%252fsecret.txt',
  '/media//etc/passwd',
  '/media/constructor',
  `/media/${clipId.toUpperCase()}A`,
  `/poster/..%2f${clipId}`,
  `/poster/${idOf(9)}`,
  `/still/${clipId}`,
  `/still/${'cd'.repeat(32)}`,
  `/thumb/${stillId}x`,
  `/task/${clipId}/clip`,
  '/constructor/x',
  `app://other/media/${clipId}`,
  `app://inbetween.evil/media/${clipId}`,
  `app://inbetween:80/media/${clipId}`,
] as const

test.each(ways)('%s leads nowhere', async (url) => {
  const { library, pages } = await scene()
  for (const route of [library, pages, createTaskRoute(pages, pages)]) {
    const { status, body } = await get(route, url)
    expect([400, 403, 404]).toContain(status)
    expect(body).toBe('')
  }
})

type Prepare = (root: string, top: string) => void
const nothing: Prepare = () => undefined

const hostile: readonly (readonly [string, string, Prepare])[] = [
  ['up and out', '../../etc/passwd', nothing],
  ['up to the secret', '../secret.txt', nothing],
  ['absolute', '/etc/passwd', nothing],
  ['through a folder of ours', 'clips/../../secret.txt', nothing],
  ['with NUL', 'clips/2026/11/fox.mp4\0', nothing],
  ['a folder', 'clips/2026/11', nothing],
  ['the library itself', '.', nothing],
  ['nothing', '', nothing],
  [
    'a link to a file outside',
    'clips/out.mp4',
    (root, top) => symlinkSync(join(top, 'secret.txt'), join(root, 'clips/out.mp4')),
  ],
  [
    'a link to a folder outside',
    'clips/out/secret.txt',
    (root, top) => symlinkSync(top, join(root, 'clips/out')),
  ],
  ['a link in a circle', 'clips/ring.mp4', (root) => symlinkSync('ring.mp4', join(root, 'clips/ring.mp4'))],
]

test.each(hostile)('a hostile row (%s) gives nothing', async (_what, file, prepare) => {
  const { library, clips, paths, top } = await scene()
  prepare(paths.root, top)
  clips.put(sampleClip({ id: idOf(2), file }))
  const { status, body } = await get(library, `/media/${idOf(2)}`)
  expect([403, 404]).toContain(status)
  expect(body).toBe('')
})

test.each(['html', 'js', 'css', 'svg', 'HTML'])(
  'a row that names a .%s in the library is not served as one',
  async (extension) => {
    const { library, clips, paths } = await scene()
    put(paths.file(`clips/evil.${extension}`), '<script>1</script>')
    symlinkSync(paths.file(`clips/evil.${extension}`), paths.file('clips/innocent.mp4'))
    for (const [n, file] of [`clips/evil.${extension}`, 'clips/innocent.mp4'].entries()) {
      clips.put(sampleClip({ id: idOf(n + 2), file }))
      const { status, headers } = await get(library, `/media/${idOf(n + 2)}`)
      expect([status, headers.get('content-type')]).toEqual([404, null])
    }
  },
)

test('caches that are links out of the library give nothing', async () => {
  const { library, paths, top } = await scene()
  mkdirSync(dirname(paths.poster(idOf(2))), { recursive: true })
  symlinkSync(join(top, 'secret.txt'), paths.poster(idOf(2)))
  expect(await get(library, `/poster/${idOf(2)}`)).toMatchObject({ status: 403, body: '' })
})

test('a clip whose file was deleted is 404, not an error', async () => {
  const { library, clips } = await scene()
  clips.put(sampleClip({ id: idOf(2), file: 'clips/gone.mp4' }))
  expect((await get(library, `/media/${idOf(2)}`)).status).toBe(404)
})

test('pasted bytes are imported under their name, stripped of any path', async () => {
  const { library, imported } = await scene()
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
  const { library, imported } = await scene()
  const said = { method: 'POST', body: 'x', headers: { 'content-length': String(maxStillBytes + 1) } }
  expect((await get(library, '/import', said)).status).toBe(413)
  const unsaid = { method: 'POST', body: new Uint8Array(maxStillBytes + 1) }
  expect((await get(library, '/import', unsaid)).status).toBe(413)
  expect(imported).toEqual([])
})

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s imports nothing', async (method) => {
  const { library, imported } = await scene()
  expect((await get(library, '/import', { method })).status).toBe(404)
  expect(imported).toEqual([])
})

test('the media window gets its tasks and our pages, and nothing of the library', async () => {
  const { pages } = await scene()
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
