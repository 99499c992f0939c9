import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { z } from 'zod'

const billLine = z.strictObject({
  /** `post`: a submit arrived; `accepted`: it became a job and costs; `refunded`: the job ended free of charge. */
  event: z.enum(['post', 'accepted', 'refunded']),
  platform: z.string(),
  /** The platform's own time, ms since the epoch. */
  at: z.number(),
  /** What the client wanted once: the marker in its prompt, else its idempotency key, else the whole prompt. */
  intent: z.string(),
  idempotencyKey: z.string().nullable(),
  jobId: z.string().nullable(),
  unit: z.enum(['microdollar', 'credit']),
  /** Whole units; 0 for a post. */
  amount: z.int(),
})

export type BillLine = z.infer<typeof billLine>
export type BillUnit = BillLine['unit']

export interface Bill {
  readonly lines: () => readonly BillLine[]
  readonly append: (line: BillLine) => void
  /** How often each intent was posted, whatever became of it. */
  readonly posts: () => ReadonlyMap<string, number>
  /** How many jobs each intent became; more than one is a double charge, refunded or not. */
  readonly accepted: () => ReadonlyMap<string, number>
  /** Accepted less refunded, in the platform's unit. */
  readonly owed: () => number
}

/**
 * The platform's account of paid work. With a file every line is on disk (JSON, one object a line) before the platform
 * answers, so a checker can read it after a crash of either side; lines already in the file are taken over.
 */
export function createBill(file?: string): Bill {
  const lines: BillLine[] = file === undefined ? [] : [...readBill(file)]
  if (file !== undefined) dropTornLine(file)
  const count = (event: BillLine['event']) => {
    const counts = new Map<string, number>()
    for (const line of lines) {
      if (line.event === event) counts.set(line.intent, (counts.get(line.intent) ?? 0) + 1)
    }
    return counts
  }
  const sum = (event: BillLine['event']) =>
    lines.reduce((total, line) => (line.event === event ? total + line.amount : total), 0)
  return {
    lines: () => lines,
    append: (line) => {
      lines.push(line)
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`)
    },
    posts: () => count('post'),
    accepted: () => count('accepted'),
    owed: () => sum('accepted') - sum('refunded'),
  }
}

/** The lines of a bill on disk; none when there is no file. A last line torn by a kill was never answered: left out. */
export function readBill(file: string): readonly BillLine[] {
  if (!existsSync(file)) return []
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return whole.map((line) => billLine.parse(JSON.parse(line)))
}

/** Otherwise the next line would be written onto the torn one. */
function dropTornLine(file: string): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  truncateSync(file, bytes.lastIndexOf('\n') + 1)
}
