import { DownloadFailure } from './failure'

/** What `If-Range` needs to go on with a part file; the caller keeps it with the job. */
export interface Resume {
  /** A strong ETag, or else the Last-Modified date; null when the server gave neither. */
  readonly validator: string | null
  /** Length of the whole clip, bytes; null when the server did not tell. */
  readonly total: number | null
  /** Content type as sent. */
  readonly type: string | null
}

/** Status and headers of an answer, names in lower case. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What to do with an answer. */
export type Plan =
  /** Its body is the whole clip. */
  | { readonly kind: 'whole'; readonly resume: Resume }
  /** Its body goes on where the part file ends. */
  | { readonly kind: 'continue'; readonly total: number | null }
  /** Another part than the one asked for, or of another clip: ask again, for everything. */
  | { readonly kind: 'start-over' }

/**
 * Most bytes of a clip: 4 GiB. The longest clip on offer (8 s in 4K) has well under 200 MB; FAT32 disks take no more.
 */
export const maxBytes = 4 * 1024 ** 3

/** Client errors that say "later" (RFC 9110, RFC 6585, RFC 8470). */
const passingStatuses = [408, 425, 429]

/** Types of object stores that were not told what they store, and the registered names without `video/`. */
const neutralTypes = ['application/octet-stream', 'binary/octet-stream', 'application/mp4']

/**
 * Judges an answer. `from` is where the part file ends, 0 when everything was asked for; `resume` describes the part.
 *
 * @throws DownloadFailure `link`, `network`, `not-video` or `too-large`
 */
export function planAnswer(answer: AnswerHead, from: number, resume: Resume | null): Plan {
  const { status } = answer
  if (status === 416 && from > 0) return { kind: 'start-over' }
  if (status === 206 && from > 0) return planPart(answer, from, resume)
  if (status !== 200) throw refusal(answer)
  const type = header(answer, 'content-type')
  checkType(type)
  const total = wholeNumber(header(answer, 'content-length'))
  checkLength(total)
  return { kind: 'whole', resume: { validator: validatorOf(answer), total, type } }
}

/** @throws DownloadFailure `too-large` */
export function checkLength(bytes: number | null): void {
  if (bytes === null || bytes <= maxBytes) return
  throw new DownloadFailure('too-large', `The clip has ${bytes} bytes or more; the limit is ${maxBytes}.`)
}

/** The value of a header that comes once; null without. */
export function header({ headers }: AnswerHead, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function planPart(answer: AnswerHead, from: number, resume: Resume | null): Plan {
  const [, start, total = ''] =
    /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(answer, 'content-range') ?? '') ?? []
  const etag = header(answer, 'etag')
  const known = resume?.total ?? null
  const isOther =
    Number(start) !== from ||
    (total !== '*' && known !== null && Number(total) !== known) ||
    (etag !== null && resume?.validator?.startsWith('"') === true && etag !== resume.validator)
  if (isOther) return { kind: 'start-over' }
  const length = wholeNumber(total) ?? known
  checkLength(length)
  return { kind: 'continue', total: length }
}

/** A weak ETag promises the same picture, not the same bytes, so it must not be used for parts (RFC 9110 §13.1.5). */
function validatorOf(answer: AnswerHead): string | null {
  const etag = header(answer, 'etag')
  return etag?.startsWith('"') ? etag : header(answer, 'last-modified')
}

function checkType(sent: string | null): void {
  const type = (sent ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  // Some stores send none; the first bytes decide then, as they do in the end for every type.
  if (type === '' || type.startsWith('video/') || neutralTypes.includes(type)) return
  const isPage = /^text\/|[/+](xml|json)$/.test(type)
  // Expired links are also answered with 200 and a page that says so.
  throw new DownloadFailure(isPage ? 'link' : 'not-video', `The answer is ${type}, not a video.`, {
    httpStatus: 200,
  })
}

function refusal(answer: AnswerHead): DownloadFailure {
  const { status } = answer
  const details = { httpStatus: status, retryAfterMs: retryAfterMs(answer) }
  const message = `The host of the clip answered ${status}.`
  if (status === 204) return new DownloadFailure('not-video', message, details)
  const isLink = status >= 300 && status < 500 && !passingStatuses.includes(status)
  return new DownloadFailure(isLink ? 'link' : 'network', message, details)
}

/** `Retry-After`, seconds or a date; a date counts from the server's own clock, so ours may be wrong. */
function retryAfterMs(answer: AnswerHead): number | null {
  const sent = header(answer, 'retry-after')
  const seconds = wholeNumber(sent)
  if (seconds !== null) return seconds * 1000
  const wait = Date.parse(sent ?? '') - Date.parse(header(answer, 'date') ?? '')
  return Number.isNaN(wait) ? null : Math.max(0, wait)
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null
}
