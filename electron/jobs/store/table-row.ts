import type { SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'
import { clipSchema } from '../../../shared/clip-schema'
import { errorShapeSchema } from '../../../shared/error-schema'
import { jobStates } from '../../../shared/job'
import { jobIdSchema } from '../../../shared/job-schema'
import { moneySchema, quoteSchema } from '../../../shared/money-schema'
import { providerIdSchema } from '../../../shared/provider-schema'
import { recipeSchema } from '../../../shared/recipe-schema'
import type { JobRow } from '../job-row'

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>

const intentSchema = z.object({
  id: z.string(),
  body: z.string(),
  keyPrint: z.string(),
  at: z.int(),
  platformAt: z.int().nullable(),
})

const resultSchema = z.object({
  url: z.string().nullable(),
  at: z.int(),
  resume: z
    .object({ validator: z.string().nullable(), total: z.int().nullable(), type: z.string().nullable() })
    .nullable(),
  fetched: z.object({ bytes: z.int(), sha256: z.string(), extension: z.string() }).nullable(),
  tries: z.int(),
  doubtful: z.string().nullable(),
})

const quotedSchema = z.object({ at: z.int(), origin: z.string(), dialect: z.string().nullable() })
const agreedSchema = z.object({ amount: moneySchema.nullable(), usdMicros: z.int().nullable() })

const rowSchema = z.object({
  id: jobIdSchema,
  library: z.string(),
  provider: providerIdSchema,
  recipe: recipeSchema,
  state: z.enum(jobStates),
  position: z.number(),
  attempts: z.int(),
  word: z.string().nullable(),
  quote: quoteSchema,
  quoted: quotedSchema.nullable(),
  agreed: agreedSchema.nullable(),
  error: errorShapeSchema.nullable(),
  intent: intentSchema.nullable(),
  remoteId: z.string().nullable(),
  result: resultSchema.nullable(),
  clip: clipSchema.nullable(),
  flags: z.array(z.enum(['cancel', 'held', 'paused', 'allowed', 'priced'])),
  lookUps: z.int(),
  lookUpsSince: z.int().nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  submittedAt: z.int().nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
})

/** What changes in the life of a job. */
export const changingColumns = [
  'state',
  'quote',
  'quoted',
  'agreed',
  'position',
  'attempts',
  'word',
  'error',
  'intent',
  'remote_id',
  'result',
  'clip',
  'flags',
  'look_ups',
  'look_ups_since',
  'replaced_by',
  'submitted_at',
  'updated_at',
] as const

/** The values of {@link changingColumns}. */
export function changing(job: JobRow): Record<(typeof changingColumns)[number], string | number | null> {
  return {
    state: job.state,
    quote: JSON.stringify(job.quote),
    quoted: job.quoted && JSON.stringify(job.quoted),
    agreed: job.agreed && JSON.stringify(job.agreed),
    position: job.position,
    attempts: job.attempts,
    word: job.word,
    error: job.error && JSON.stringify(job.error),
    intent: job.intent && JSON.stringify(job.intent),
    remote_id: job.remoteId,
    result: job.result && JSON.stringify(job.result),
    clip: job.clip && JSON.stringify(job.clip),
    flags: JSON.stringify(job.flags),
    look_ups: job.lookUps,
    look_ups_since: job.lookUpsSince,
    replaced_by: job.replacedBy,
    submitted_at: job.submittedAt,
    updated_at: job.updatedAt,
  }
}

/** @throws ZodError for what this version cannot have written */
export function toRow(row: Row): JobRow {
  const json = (column: string): unknown => {
    const text = row[column]
    return typeof text === 'string' ? JSON.parse(text) : null
  }
  return rowSchema.parse({
    id: row['id'],
    library: row['library'],
    provider: row['provider'],
    recipe: json('recipe'),
    state: row['state'],
    position: row['position'],
    attempts: row['attempts'],
    word: row['word'],
    quote: json('quote'),
    quoted: json('quoted'),
    agreed: json('agreed'),
    error: json('error'),
    intent: json('intent'),
    remoteId: row['remote_id'],
    result: json('result'),
    clip: json('clip'),
    flags: json('flags'),
    lookUps: row['look_ups'],
    lookUpsSince: row['look_ups_since'],
    replaces: row['replaces'],
    replacedBy: row['replaced_by'],
    submittedAt: row['submitted_at'],
    createdAt: row['created_at'],
    updatedAt: row['updated_at'],
  })
}
