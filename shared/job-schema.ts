import { z } from 'zod'
import { clipIdSchema } from './clip-id-schema'
import { errorShapeSchema } from './error-schema'
import { billings, jobStates, waitKinds } from './job'
import { moneySchema, quoteSchema } from './money-schema'
import { providerIdSchema } from './provider-schema'
import { recipeSchema } from './recipe-schema'

/** 20 lower-case hex digits. */
export const jobIdSchema = z.string().regex(/^[0-9a-f]{20}$/)
export type JobId = z.infer<typeof jobIdSchema>

/** Why a job waits. */
export const waitSchema = z.object({
  kind: z.enum(waitKinds),
  /** When the next try comes, milliseconds since 1970; null when it does not depend on time. */
  until: z.int().nullable(),
  /** `budget`: by how much the job would pass the cap, micro-dollars. */
  overMicros: z.int().nullable(),
  /** `budget`: which cap. */
  cap: z.enum(['job', 'day', 'month', 'provider']).nullable(),
})
export type Wait = z.infer<typeof waitSchema>

/** One recipe sent to one provider: at most one paid submit. */
export const jobSchema = z.object({
  id: jobIdSchema,
  provider: providerIdSchema,
  recipe: recipeSchema,
  state: z.enum(jobStates),
  /** Set exactly while waiting. */
  wait: waitSchema.nullable(),
  /** The platform's own word for where it stands, verbatim. */
  word: z.string().nullable(),
  /** 0 to 1 while running or downloading where it is known, 0 otherwise. */
  progress: z.number().min(0).max(1),
  /** Bytes on disk and in all while downloading; `total` 0 while it is not known. */
  download: z.object({ done: z.int(), total: z.int() }).nullable(),
  quote: quoteSchema,
  charged: moneySchema.nullable(),
  billing: z.enum(billings),
  /** Why it failed, was refused, expired or is not delivered. */
  error: errorShapeSchema.nullable(),
  /** Set once done. */
  clipId: clipIdSchema.nullable(),
  remoteId: z.string().nullable(),
  /** The user asked to cancel; the platform's own end decides. */
  cancelRequested: z.boolean(),
  /** Never submitted without the user's word, for example after a restore. */
  held: z.boolean(),
  /** The user paused this one. */
  paused: z.boolean(),
  /** How often the platform's list was searched for it without a trace. */
  lookUps: z.int().nonnegative(),
  /** Whether it can be looked for, once its outcome is unknown: the platform lists jobs, or knows it by our own id. */
  canLookUp: z.boolean(),
  /** The job that took its place, or whose place it took. */
  replacedBy: jobIdSchema.nullable(),
  replaces: jobIdSchema.nullable(),
  /** Its place in the queue, lower first. */
  position: z.number(),
  /** Milliseconds since 1970. */
  submittedAt: z.int().nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
})
export type Job = z.infer<typeof jobSchema>

/** One line of a job's timeline. */
export const timelineEntrySchema = z.object({
  at: z.int(),
  event: z.string(),
  from: z.enum(jobStates).nullable(),
  to: z.enum(jobStates),
  note: z.string(),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** A job in the platform's list that may be the one whose outcome is unknown. */
export const candidateSchema = z.object({
  remoteId: z.string(),
  /** Milliseconds since 1970, by the platform. */
  createdAt: z.int().nullable(),
  word: z.string(),
  /** What the platform shows of its prompt; empty when it shows none. */
  prompt: z.string(),
})
export type Candidate = z.infer<typeof candidateSchema>

/** Kinds of questions before a job is made, which a call can answer with yes beforehand. */
export const questionKinds = ['again', 'dearer', 'price-unknown', 'doubtful', 'over-cap'] as const

/** What must be answered before a job is made. */
export const questionSchema = z.discriminatedUnion('kind', [
  /** The same recipe went to the same provider a moment ago. */
  z.object({ kind: z.literal('again'), secondsAgo: z.int() }),
  /** It costs more than was shown; the yes to it is to order at this price. */
  z.object({ kind: z.literal('dearer'), quote: quoteSchema }),
  z.object({ kind: z.literal('price-unknown') }),
  /** The platform's documents are silent or contradict themselves: it may be refused, or come out otherwise. */
  z.object({ kind: z.literal('doubtful'), reasons: z.array(z.string()).min(1) }),
  /** It would wait: the cap that it passes, and by how much in micro-dollars. */
  z.object({
    kind: z.literal('over-cap'),
    cap: z.enum(['job', 'day', 'month', 'provider']),
    overMicros: z.int(),
  }),
])
export type Question = z.infer<typeof questionSchema>
