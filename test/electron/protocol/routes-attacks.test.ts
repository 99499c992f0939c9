import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createTaskRoute } from '../../../electron/protocol/routes'
import { clipId, get, put, routeScene, stillId } from '../../support/routes'
import { idOf, sampleClip } from '../../support/samples'

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
  const { library, pages } = await routeScene()
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
  const { library, clips, paths, top } = await routeScene()
  prepare(paths.root, top)
  clips.put(sampleClip({ id: idOf(2), file }))
  const { status, body } = await get(library, `/media/${idOf(2)}`)
  expect([403, 404]).toContain(status)
  expect(body).toBe('')
})

test.each(['html', 'js', 'css', 'svg', 'HTML'])(
  'a row that names a .%s in the library is not served as one',
  async (extension) => {
    const { library, clips, paths } = await routeScene()
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
  const { library, paths, top } = await routeScene()
  mkdirSync(dirname(paths.poster(idOf(2))), { recursive: true })
  symlinkSync(join(top, 'secret.txt'), paths.poster(idOf(2)))
  expect(await get(library, `/poster/${idOf(2)}`)).toMatchObject({ status: 403, body: '' })
})

test('a clip whose file was deleted is 404, not an error', async () => {
  const { library, clips } = await routeScene()
  clips.put(sampleClip({ id: idOf(2), file: 'clips/gone.mp4' }))
  expect((await get(library, `/media/${idOf(2)}`)).status).toBe(404)
})
