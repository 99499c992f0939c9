import { basename, relative } from 'node:path'
import { clipIdSchema } from '../../shared/clip-id-schema'
import type { ImportResult } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { maxStillBytes } from '../../shared/still'
import { stillIdSchema } from '../../shared/still-schema'
import { resolveInside } from '../files/contain'
import { isErrno } from '../files/exists'
import { appHost } from '../ipc/sender'
import type { Clips } from '../library/clips'
import type { LibraryPaths } from '../library/paths'
import type { Stills } from '../library/stills'
import { servePage } from './page'
import { serveFile, typeOf } from './serve-file'

// What is named by its content never changes; a preview may be made anew after a repair.
const forever = 'private, max-age=31536000, immutable'
const thisSession = 'private, max-age=3600'

const refused = (status: number) => new Response(null, { status })

/** Answers one request of a window. */
export type Route = (request: Request) => Promise<Response>

/** Serves the built pages of ours in `root`. */
export function createPageRoute(root: string): Route {
  return guarded(async (request) => {
    const name = decodeURIComponent(new URL(request.url).pathname.slice(1))
    const path = await resolveInside(root, name)
    if (path.endsWith('.html')) return await servePage(path)
    return await serveFile(request, path, thisSession)
  })
}

/** Serves our pages at once, and everything of the library as soon as it is open. */
export function createWaitingRoute(pages: Route, library: Promise<Route>): Route {
  const isPage = (path: string) => path === '/index.html' || path.startsWith('/assets/')
  return async (request) => await (isPage(new URL(request.url).pathname) ? pages : await library)(request)
}

/** Gives the media window its tasks' files under `/task/`, and leaves the rest to `pages`. */
export function createTaskRoute(tasks: Route, pages: Route): Route {
  return guarded((request) => (new URL(request.url).pathname.startsWith('/task/') ? tasks : pages)(request))
}

/** What the library's routes need of the outside. */
export interface LibraryRouteDeps {
  readonly paths: LibraryPaths
  readonly clips: Pick<Clips, 'get'>
  readonly stills: Pick<Stills, 'get'>
  /** A poster or filmstrip that was made is no longer there. */
  readonly onPreviewGone: (clipId: string) => void
  readonly importBytes: (name: string, bytes: Uint8Array) => Promise<ImportResult>
}

/** Serves clips, stills and their previews by id, takes pasted pictures at `/import`, and leaves the rest to `pages`. */
export function createLibraryRoute(deps: LibraryRouteDeps, pages: Route): Route {
  return guarded(async (request) => {
    const [, kind = '', id = '', ...more] = new URL(request.url).pathname.split('/')
    if (kind === 'import' && request.method === 'POST') return await takeBytes(deps, request)
    const found = locate(deps, kind, id)
    if (!found) return await pages(request)
    if (!found.name || more.length > 0) return refused(404)
    // SECURITY: a library may come from elsewhere; a row or a link in it must not lead out of it.
    const path = await resolveInside(deps.paths.root, found.name).catch((error: unknown) => {
      const instead = isErrno(error, 'ENOENT') ? found.whenGone?.() : undefined
      if (instead === undefined) throw error
      return resolveInside(deps.paths.root, instead)
    })
    // SECURITY: and nothing in it may be a page, a style or a script of ours.
    if (!isMedia(path)) return refused(404)
    return await serveFile(request, path, found.cacheControl)
  })
}

const isMedia = (path: string) => /^(video\/|image\/(?!svg))/.test(typeOf(path))

interface Located {
  /** Relative to the library; undefined when there is nothing of that id. */
  readonly name: string | undefined
  readonly cacheControl: string
  /** Called when the file is gone, as caches may be; gives the name of what to serve instead, if anything. */
  readonly whenGone?: () => string | undefined
}

/** Which file of the library a URL means; undefined when it is no library URL. */
function locate(deps: LibraryRouteDeps, kind: string, id: string): Located | undefined {
  const { paths, clips, stills, onPreviewGone } = deps
  const inLibrary = (path: string) => relative(paths.root, path)
  const clipId = clipIdSchema.safeParse(id).data
  const stillId = stillIdSchema.safeParse(id).data
  const still = stillId && stills.get(stillId)
  const original = still && inLibrary(paths.still(still.id, still.type))
  const preview = (path: (id: string) => string): Located => ({
    name: clipId && inLibrary(path(clipId)),
    cacheControl: thisSession,
    whenGone() {
      if (clipId) onPreviewGone(clipId)
      return undefined
    },
  })
  switch (kind) {
    case 'media':
      return { name: clipId && clips.get(clipId)?.file, cacheControl: thisSession }
    case 'poster':
      return preview(paths.poster)
    case 'filmstrip':
      return preview(paths.filmstrip)
    case 'thumb':
      return {
        name: stillId && inLibrary(paths.thumbnail(stillId)),
        cacheControl: forever,
        whenGone: () => original,
      }
    case 'still':
      return { name: original, cacheControl: forever }
    default:
      return undefined
  }
}

async function takeBytes({ importBytes }: LibraryRouteDeps, request: Request): Promise<Response> {
  const name = basename(new URL(request.url).searchParams.get('name') ?? '') || 'Pasted picture'
  // The page caps it too; a body reaches us in one piece, so a lying page could still fill the memory once.
  if (Number(request.headers.get('content-length')) > maxStillBytes) return refused(413)
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxStillBytes) return refused(413)
  return Response.json(await importBytes(name, bytes))
}

/** How the system says that a path leads to no file. */
const nothingThere = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'] as const

/** Refuses foreign hosts, and turns failures into plain statuses: a page learns nothing of the disk from them. */
function guarded(route: Route): Route {
  return async (request) => {
    if (new URL(request.url).host !== appHost) return refused(404)
    try {
      return await route(request)
    } catch (error) {
      if (error instanceof AppError && error.code === 'forbidden') return refused(403)
      if (error instanceof AppError && error.code === 'not-found') return refused(404)
      if (error instanceof URIError) return refused(400)
      if (nothingThere.some((code) => isErrno(error, code))) return refused(404)
      throw error
    }
  }
}
