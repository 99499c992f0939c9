import { constants, open } from 'node:fs/promises'
import { maxOutputChunk } from '../../shared/media'
import { isDiskFull } from '../files/exists'
import { serveFile } from '../protocol/serve-file'

/** The files of one task, by the names the task uses for them. */
export interface TaskFiles {
  readonly inputs: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
}

/** How the media window reads and writes the files of the tasks it was given, and no others. */
export interface Transfers {
  readonly open: (taskId: string, files: TaskFiles) => void
  readonly close: (taskId: string) => void
  /** Answers `/task/<id>/<name>`: GET reads an input, PUT writes a piece of an output at `?at=` bytes. */
  readonly handle: (request: Request) => Promise<Response>
}

const answer = (status: number) => new Response(null, { status })

/** HTTP 507: the media window tells the user that the disk is full. */
const insufficientStorage = 507

/** The door between the media window and the disk. */
export function createTransfers(): Transfers {
  const filesByTask = new Map<string, TaskFiles>()

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, root, taskId = '', name = '', ...more] = url.pathname.split('/')
    const files = filesByTask.get(taskId)
    // SECURITY: names are looked up, never joined to a path: the page can name only what its task was given.
    if (root !== 'task' || !files || more.length > 0) return answer(404)
    if (request.method === 'PUT') return await write(request, own(files.outputs, name), url)
    const input = own(files.inputs, name)
    return input ? await serveFile(request, input, 'no-store') : answer(404)
  }

  return {
    open: (taskId, files) => void filesByTask.set(taskId, files),
    close: (taskId) => void filesByTask.delete(taskId),
    handle,
  }
}

function own(paths: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(paths, name) ? paths[name] : undefined
}

async function write(request: Request, path: string | undefined, url: URL): Promise<Response> {
  const at = /^\d{1,15}$/.exec(url.searchParams.get('at') ?? '')?.[0]
  if (path === undefined || at === undefined) return answer(404)
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxOutputChunk) return answer(413)
  try {
    return answer(await writeAt(path, bytes, Number(at)))
  } catch (error) {
    if (isDiskFull(error)) return answer(insufficientStorage)
    throw error
  }
}

/** The status: 204 when written; 409 for a piece beyond the end, which would leave a hole. */
async function writeAt(path: string, bytes: Uint8Array, at: number): Promise<204 | 409> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants
  // SECURITY: a library from elsewhere may hold a link where a preview belongs. (Windows has no such flag.)
  const file = await open(path, O_WRONLY | O_NOFOLLOW | (at === 0 ? O_CREAT | O_TRUNC : 0))
  try {
    if (at > 0 && at > (await file.stat()).size) return 409
    // A nearly full disk takes less than it was given, without an error.
    for (let done = 0; done < bytes.length;) {
      done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    }
    return 204
  } finally {
    await file.close()
  }
}
