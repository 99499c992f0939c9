import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createLibraryRoute, createPageRoute, type Route } from '../../electron/protocol/routes'
import type { ImportResult } from '../../shared/contract'
import { temporaryFolder } from './folder'
import { testLibrary } from './library'
import { idOf, noon, sampleClip } from './samples'

export const clipId = idOf(1)
export const stillId = 'ab'.repeat(32)

export function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A library with a clip and a still, our pages, and a secret beside both. */
export async function routeScene(change?: (folder: string) => string) {
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
  const gone: string[] = []
  const onPreviewGone = (id: string) => void gone.push(id)
  const library = createLibraryRoute({ paths, clips, stills, onPreviewGone, importBytes }, pages)
  return { top, paths, clips, stills, pages, library, imported, gone }
}

export async function get(route: Route, url: string, init: RequestInit = {}) {
  const response = await route(new Request(url.startsWith('app:') ? url : `app://inbetween${url}`, init))
  return { status: response.status, body: await response.text(), headers: response.headers }
}
