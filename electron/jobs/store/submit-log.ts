import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError, toErrorShape } from '../../../shared/error'
import { quoteSchema } from '../../../shared/money-schema'
import { remoteProviderIdSchema } from '../../../shared/provider-schema'
import { recipeSchema } from '../../../shared/recipe-schema'
import { isDiskFull, isErrno } from '../../files/exists'

const shared = { at: z.int(), intent: z.string().min(1) }

/** Lines of years are read with this: it may grow wider, never narrower. */
const lineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('intent'),
    ...shared,
    job: z.string().regex(/^[0-9a-f]{20}$/),
    provider: remoteProviderIdSchema,
    library: z.string(),
    keyPrint: z.string(),
    bodyHash: z.string().regex(/^[0-9a-f]{64}$/),
    recipe: recipeSchema,
    quote: quoteSchema,
  }),
  z.object({ kind: z.literal('accepted'), ...shared, remoteId: z.string() }),
  // The platform, or the network, proved that it was not accepted.
  z.object({ kind: z.literal('rejected'), ...shared }),
  // By the user, or by a terminal end.
  z.object({
    kind: z.literal('closed'),
    ...shared,
    how: z.enum(['given-up', 'not-arrived', 'done', 'ended']),
  }),
])

/** One line of `submits.log`. Times are milliseconds since 1970. */
export type SubmitLine = z.infer<typeof lineSchema>
type IntentLine = Extract<SubmitLine, { kind: 'intent' }>
type AnswerLine = Exclude<SubmitLine, IntentLine>

/** A submit and all that became of it. */
export interface LoggedIntent extends Readonly<IntentLine> {
  readonly remoteId: string | null
  /** Proved not to be accepted, and not sent again since. */
  readonly isRejected: boolean
  readonly closed: Extract<SubmitLine, { kind: 'closed' }>['how'] | null
}

/** What `submits.log` holds. */
export interface LoggedSubmits {
  /** In the order of their first line. */
  readonly intents: readonly LoggedIntent[]
  /** Lines about intents whose own line is missing. */
  readonly orphans: readonly AnswerLine[]
  /** Damaged lines. What a crash cut off at the end is none: its request never went out. */
  readonly unreadable: number
}

/** The record of paid submits, outside the database: it outlives a restored or lost engine.db. */
export interface SubmitLog {
  /**
   * Writes a line; it is on the disk when this returns.
   *
   * @throws AppError `disk-full`, `unreadable` or `internal` when it may not be: what hangs on it must not be done.
   */
  readonly append: (line: SubmitLine) => void
  readonly close: () => void
}

/**
 * Opens the log to write, making it when there is none. Synchronous on purpose: it stands between a transaction and a
 * request.
 *
 * @throws AppError when it cannot be written.
 */
export function openSubmitLog(path: string): SubmitLog {
  const file = attempt(path, () => {
    const opened = openSync(path, 'a', 0o600)
    fsyncFolder(dirname(path))
    return opened
  })
  /** False while the end of the file may be a cut line. */
  let isWhole = false
  return {
    append(line) {
      // Checked here: a line that cannot be read again would be a submit forgotten.
      const text = JSON.stringify(lineSchema.parse(line))
      attempt(path, () => {
        const bytes = Buffer.from(`${isWhole ? '' : healing(path)}${text}\n`)
        isWhole = false
        // One call, and in append mode: no other write can come to lie inside a line.
        const written = writeSync(file, bytes)
        if (written < bytes.length) throw Object.assign(new Error('written in part'), { code: 'ENOSPC' })
        fsyncSync(file)
        isWhole = true
      })
    },
    close: () => closeSync(file),
  }
}

/**
 * Reads the whole log; a missing one is empty.
 *
 * @throws AppError when it is there and cannot be read.
 */
export function readSubmitLog(path: string): LoggedSubmits {
  const lines = attempt(path, () => contentOf(path)).split('\n')
  const byIntent = new Map<string, LoggedIntent>()
  const orphans: AnswerLine[] = []
  let unreadable = 0
  for (const [index, text] of lines.entries()) {
    const line = parsed(text)
    const isCut = index === lines.length - 1 || text.endsWith(cutMark)
    if (!line) unreadable += isCut || text === '' ? 0 : 1
    else if (line.kind === 'intent') byIntent.set(line.intent, begun(byIntent.get(line.intent), line))
    else {
      const known = byIntent.get(line.intent)
      if (known) byIntent.set(line.intent, continued(known, line))
      else orphans.push(line)
    }
  }
  return { intents: [...byIntent.values()], orphans, unreadable }
}

/** A second line is the same request sent again: the intent is open again, whatever was known of it. */
function begun(known: LoggedIntent | undefined, line: IntentLine): LoggedIntent {
  return { ...(known ?? { ...line, remoteId: null }), isRejected: false, closed: null }
}

function continued(known: LoggedIntent, line: AnswerLine): LoggedIntent {
  switch (line.kind) {
    case 'accepted':
      return { ...known, remoteId: line.remoteId, isRejected: false }
    case 'rejected':
      // Once accepted it may be charged, whatever was said later.
      return { ...known, isRejected: known.remoteId === null }
    case 'closed':
      return { ...known, closed: line.how }
  }
}

/** Ends a line that a crash or a full disk cut off, so that it is not taken for damage ever after. */
const cutMark = ' #cut'

/** What must go before the next line so that it begins a line. */
function healing(path: string): string {
  const last = contentOf(path).split('\n').at(-1) ?? ''
  if (last === '') return ''
  return parsed(last) ? '\n' : `${cutMark}\n`
}

function parsed(text: string): SubmitLine | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return ''
    throw error
  }
}

/** Makes the name of a new file durable. Windows cannot open folders, and needs no such step. */
function fsyncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** The work's result, or its failure in plain words. */
function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { details } = toErrorShape(error)
    if (isDiskFull(error)) {
      const message = `The disk is full, so the record of what is sent to the platforms could not be written: ${path}. Nothing new is sent without it. Free some space; the jobs are kept.`
      throw new AppError('disk-full', message, details)
    }
    const message = `The record of what is sent to the platforms cannot be read or written: ${path}. Nothing new is sent without it. Check that it is a file and its permissions; the jobs are kept.`
    throw new AppError('unreadable', message, details)
  }
}
