import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'
import { secondsOf } from './asked-clip'
import type { PlatformRecord } from './record'

/** Longest wait for a picture, ms of the real clock: generous on the loopback, short enough for a failing test. */
const fetchTimeoutMs = 5000
/** Most characters of an address in a violation: a data URI holds a whole picture. */
const maxShownUrl = 300

/**
 * Fetches a picture as the platform would, without any key, and records what came; null when it is usable, else what
 * is wrong with it in words (and a violation in the record).
 */
export async function judgePicture(
  record: PlatformRecord,
  jobId: string,
  url: string,
  types: readonly string[],
): Promise<string | null> {
  const blame = (rule: 'picture-unreachable' | 'picture-needs-key' | 'picture-wrong-type', why: string) => {
    record.violations.push({ rule, detail: `${url.slice(0, maxShownUrl)}: ${why}` })
    return why
  }
  const answer = await fetchAll(url)
  if (typeof answer === 'string') return blame('picture-unreachable', answer)
  const { status, contentType, bytes } = answer
  if (status === 401 || status === 403) return blame('picture-needs-key', `answered ${status}`)
  if (status !== 200) return blame('picture-unreachable', `answered ${status}`)
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown'
  if (!types.includes(type)) return blame('picture-wrong-type', `is ${type}`)
  if (contentType !== type) return blame('picture-wrong-type', `is ${type} but says ${contentType}`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const isVideo = type.startsWith('video/')
  const isUpright = isVideo ? null : upright(bytes)
  const seconds = isVideo ? await secondsOf(bytes) : null
  record.pictures.push({ url, jobId, type, sha256, isUpright, seconds })
  return null
}

function upright(bytes: Uint8Array): boolean | null {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes)
    // From 5 on a picture lies on its side (EXIF).
    return orientation >= 5 ? width > height : height > width
  } catch {
    return null
  }
}

async function fetchAll(url: string) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) })
    const contentType = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
    return { status: answer.status, contentType, bytes: new Uint8Array(await answer.arrayBuffer()) }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
