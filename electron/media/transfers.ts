import { open } from 'node:fs/promises'
import { maxOutputChunk } from '../../shared/media'
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

const refused = (status: number) => new Response(null, { status })

/** The door between the media window and the disk. */
export function createTransfers(): Transfers {
  const filesByTask = new Map<string, TaskFiles>()

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, root, taskId = '', name = '', ...more] = url.pathname.split('/')
    const files = filesByTask.get(taskId)
    // SECURITY: names are looked up, never joined to a path: the page can name only what its task was given.
    if (root !== 'task' || !files || more.length > 0) return refused(404)
    if (request.method === 'PUT') return await write(request, own(files.outputs, name), url)
    const input = own(files.inputs, name)
    return input ? await serveFile(request, input, 'no-store') : refused(404)
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
  const at = Number(url.searchParams.get('at'))
  if (!path || !Number.isSafeInteger(at) || at < 0) return refused(404)
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxOutputChunk) return refused(413)
  const file = await open(path, at === 0 ? 'w' : 'r+')
  try {
    await file.write(bytes, 0, bytes.length, at)
  } finally {
    await file.close()
  }
  return refused(204)
}
