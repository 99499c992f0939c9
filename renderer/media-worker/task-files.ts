import { AppError } from '../../shared/error'
import { maxOutputChunk } from '../../shared/media'

/** The files of one task, by the names of `mediaTaskSchema`. */
export interface TaskFiles {
  /** Absolute URL of an input; Range requests work. */
  readonly url: (name: string) => string
  /** Reads a whole input. Throws `unreadable`. */
  readonly read: (name: string) => Promise<Blob>
  /** Writes a whole output. Throws `disk-full` or `media-failed`. */
  readonly write: (name: string, content: Blob | Uint8Array<ArrayBuffer>) => Promise<void>
}

/** HTTP 507, Insufficient Storage: what the main process answers when the disk is full. */
const insufficientStorage = 507

/** The files of the task `id`; every request ends when the signal is aborted. */
export function createTaskFiles(id: string, signal: AbortSignal): TaskFiles {
  const url = (name: string) => new URL(`/task/${id}/${name}`, location.href).href

  async function put(name: string, offset: number, body: Uint8Array<ArrayBuffer>): Promise<void> {
    const response = await fetch(`${url(name)}?at=${offset}`, { method: 'PUT', body, signal })
    if (response.ok) return
    if (response.status === insufficientStorage) {
      throw new AppError('disk-full', 'The disk is full. Free some space and try again.')
    }
    const details = `PUT ${name} answered ${response.status}`
    throw new AppError('media-failed', 'The result could not be written to the disk.', details)
  }

  return {
    url,
    async read(name) {
      const response = await fetch(url(name), { signal })
      if (!response.ok) {
        const details = `GET ${name} answered ${response.status}`
        throw new AppError('unreadable', 'The file could not be read.', details)
      }
      return await response.blob()
    },
    async write(name, content) {
      const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content
      for (let offset = 0; offset < bytes.length; offset += maxOutputChunk) {
        await put(name, offset, bytes.subarray(offset, offset + maxOutputChunk))
      }
    },
  }
}
