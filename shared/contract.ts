import { z } from 'zod'
import { bucketSettingsSchema } from './bucket-schema'
import { clipSorts, maxPage } from './clip'
import { clipIdSchema } from './clip-id-schema'
import { clipSchema } from './clip-schema'
import { errorShapeSchema } from './error-schema'
import { call, type Contract } from './ipc'
import { yesKinds } from './job'
import {
  candidateSchema,
  jobIdSchema,
  jobSchema,
  questionKinds,
  questionSchema,
  timelineEntrySchema,
} from './job-schema'
import { capsSchema, quoteSchema, spendSchema } from './money-schema'
import { providerIdSchema, remoteProviderIdSchema } from './provider-schema'
import {
  bucketStatusSchema,
  limitsSchema,
  networkStatusSchema,
  providerKeyTestSchema,
  providerStatusSchema,
} from './provider-status-schema'
import { queueStateSchema } from './queue-schema'
import { recipeSchema } from './recipe-schema'
import { stillIdSchema, stillSchema } from './still-schema'

const nothing = z.void()

/** What became of one file that was dropped, pasted or picked. */
export const importResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('still'), name: z.string(), still: stillSchema }),
  z.object({ kind: z.literal('clip'), name: z.string(), clip: clipSchema }),
  z.object({ kind: z.literal('refused'), name: z.string(), error: errorShapeSchema }),
])
export type ImportResult = z.infer<typeof importResultSchema>

/** What the composer holds between two starts. */
export const draftSchema = z.object({
  recipe: recipeSchema,
  provider: providerIdSchema,
  /** True until the user changes anything: the first-run card shows. */
  isSample: z.boolean(),
})
export type Draft = z.infer<typeof draftSchema>

const appInfoSchema = z.object({
  version: z.string(),
  platform: z.string(),
  electron: z.string(),
  /** False under a third-party Electron build: then API keys are refused. */
  trustedRuntime: z.boolean(),
  /** True when the platforms are simulated on this computer and no money can be spent. */
  practice: z.boolean(),
  libraryName: z.string(),
  libraryFolder: z.string(),
  /** Things that happened at start and should be said once. */
  notices: z.array(z.string()),
})
export type AppInfo = z.infer<typeof appInfoSchema>

/** Longest API key taken, characters: several times the longest that any platform gives out. */
const maxKeyLength = 1000

const jobId = z.object({ id: jobIdSchema })

/** A new job, or what must be answered first. */
export const createResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('created'), job: jobSchema }),
  z.object({ kind: z.literal('ask'), questions: z.array(questionSchema).min(1) }),
])
export type CreateResult = z.infer<typeof createResultSchema>

/** What the user says about an unknown outcome. */
const resolutionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attach'), remoteId: z.string().min(1).max(300) }),
  /** It did not arrive: it is sent again as a new job. */
  z.object({ kind: z.literal('not-arrived') }),
  z.object({ kind: z.literal('give-up') }),
])
export type Resolution = z.infer<typeof resolutionSchema>

/** Every call and every event of the main window: the table of contents of the application. */
export const contract = {
  calls: {
    'app.info': call(nothing, appInfoSchema),
    'app.openExternal': call(z.object({ url: z.string() }), nothing),
    'app.revealLibrary': call(nothing, nothing),

    /** Imports files by path; stills are stored, clips are copied into the library. One result per path, in order. */
    'library.import': call(
      z.object({ paths: z.array(z.string()).min(1).max(10_000) }),
      z.array(importResultSchema),
    ),
    /** Opens the system's file dialog and imports what is picked; empty when dismissed. */
    'library.pick': call(nothing, z.array(importResultSchema)),

    /**
     * Fetches a copy of the picture or clip at a public https address into the library. The address itself goes into
     * the recipe's `links`: platforms are given it untouched.
     */
    'library.fetchLink': call(z.object({ url: z.url().max(4000) }), importResultSchema),

    'stills.get': call(z.object({ ids: z.array(stillIdSchema).max(maxPage) }), z.array(stillSchema)),

    'clips.page': call(
      z.object({
        search: z.string().max(500),
        sort: z.enum(clipSorts),
        offset: z.int().nonnegative(),
        limit: z.int().min(1).max(maxPage),
      }),
      z.object({ total: z.int().nonnegative(), clips: z.array(clipSchema) }),
    ),
    'clips.get': call(z.object({ id: clipIdSchema }), clipSchema),
    'clips.reveal': call(z.object({ id: clipIdSchema }), nothing),
    /** Stores the frame shown at `timeS` seconds as a still. */
    'clips.grabFrame': call(z.object({ id: clipIdSchema, timeS: z.number().nonnegative() }), stillSchema),

    /**
     * Writes the job down before anything runs, or asks first; `yes` holds the kinds of questions already answered
     * with yes; over a cap it then waits until there is room or `jobs.allow`. `shown` is the price on the screen: what
     * costs more asks, whatever was answered before. Throws `bad-request` when the provider cannot take the recipe.
     */
    'jobs.create': call(
      z.object({
        recipe: recipeSchema,
        provider: providerIdSchema,
        yes: z.array(z.enum(questionKinds)).max(questionKinds.length),
        shown: quoteSchema.optional(),
      }),
      createResultSchema,
    ),
    /** Every job that is not dismissed, oldest first; of those done only the last fifty. */
    'jobs.list': call(nothing, z.array(jobSchema)),
    /** Before the submit: at once. After it a wish: the platform's own end decides, and a clip that comes is kept. */
    'jobs.cancel': call(jobId, jobSchema),
    /** A new job with the recipe of one that is at its end, which is dismissed; asks like `jobs.create`. */
    'jobs.rerun': call(
      jobId.extend({ yes: z.array(z.enum(questionKinds)).max(questionKinds.length) }),
      createResultSchema,
    ),
    /** Takes a terminal job out of the queue strip; its row stays. */
    'jobs.dismiss': call(jobId, nothing),
    /** Pauses or resumes one waiting job. */
    'jobs.setPaused': call(jobId.extend({ paused: z.boolean() }), jobSchema),
    /** Moves a waiting job before another one, or to the end. */
    'jobs.move': call(jobId.extend({ before: jobIdSchema.nullable() }), jobSchema),
    /** Takes a waiting job out of the queue for the composer to edit: it is cancelled and dismissed. */
    'jobs.takeBack': call(jobId, jobSchema),
    /**
     * The user's yes to what a waiting job needs one to, at the price that was seen; throws `bad-request` when that is
     * another one by now. A second yes to the same changes nothing.
     */
    'jobs.allow': call(jobId.extend({ to: z.enum(yesKinds), seen: quoteSchema }), jobSchema),
    /** Searches the platform now for a job whose outcome is unknown. */
    'jobs.check': call(jobId, jobSchema),
    /** The jobs at the platform that may be it and belong to no other job, nearest in time first. */
    'jobs.candidates': call(jobId, z.array(candidateSchema)),
    /** To attach, the platform is asked about the id first; throws `not-found` when it knows none, and changes nothing. */
    'jobs.resolve': call(jobId.extend({ resolution: resolutionSchema }), jobSchema),
    /** Asks the platform for a fresh link and fetches a clip that is not delivered. */
    'jobs.fetchAgain': call(jobId, jobSchema),
    /** Every transition of a job, oldest first, and the platform's last answer with secrets removed. */
    'jobs.timeline': call(
      jobId,
      z.object({ entries: z.array(timelineEntrySchema), lastAnswer: z.string().nullable() }),
    ),

    'queue.state': call(nothing, queueStateSchema),
    'queue.pause': call(nothing, queueStateSchema),
    'queue.resume': call(nothing, queueStateSchema),
    /** The user has read what happened while Inbetween was closed. */
    'queue.awayRead': call(nothing, queueStateSchema),

    /** What the recipe costs at each remote provider; `problem` is why a price that was asked for is not known. */
    'quotes.get': call(
      z.object({ recipe: recipeSchema }),
      z.array(
        z.object({
          provider: remoteProviderIdSchema,
          quote: quoteSchema,
          problem: errorShapeSchema.optional(),
        }),
      ),
    ),
    'money.spend': call(nothing, spendSchema),
    'money.setCaps': call(capsSchema, spendSchema),
    /** Asks where to, and writes the ledger as CSV; null when dismissed. */
    'money.export': call(nothing, z.object({ file: z.string().nullable() })),

    'providers.list': call(nothing, z.array(providerStatusSchema)),
    /**
     * Takes a key: with `bucket.connect` the only call that ever carries one. Throws `no-key-store` when the system cannot encrypt it; with
     * `forSession` it is then kept in memory until Inbetween ends.
     */
    'providers.saveKey': call(
      z.object({
        provider: remoteProviderIdSchema,
        key: z.string().min(1).max(maxKeyLength),
        forSession: z.boolean(),
      }),
      providerStatusSchema,
    ),
    /** Asks the platform whether it takes the stored key; throws `key-refused` when it does not. */
    'providers.testKey': call(z.object({ provider: remoteProviderIdSchema }), providerKeyTestSchema),
    'providers.removeKey': call(z.object({ provider: remoteProviderIdSchema }), providerStatusSchema),
    'providers.setLimits': call(
      z.object({ provider: remoteProviderIdSchema, limits: limitsSchema }),
      providerStatusSchema,
    ),

    /**
     * Sets where a platform is; null for its own address. Asked without a key first: throws when nothing there speaks
     * like the platform. A key belongs to the address it was saved for, so another address asks for one again.
     */
    'providers.setAddress': call(
      z.object({ provider: remoteProviderIdSchema, origin: z.string().max(500).nullable() }),
      providerStatusSchema,
    ),
    'providers.setDialect': call(
      z.object({ provider: remoteProviderIdSchema, dialect: z.string().max(50) }),
      providerStatusSchema,
    ),

    'bucket.get': call(nothing, bucketStatusSchema),
    /**
     * Puts an object into the bucket, fetches it back by a presigned link, deletes it, and saves what worked; throws
     * what did not. Without `keys` those that are stored. Throws `no-key-store` as `providers.saveKey`.
     */
    'bucket.connect': call(
      z.object({
        settings: bucketSettingsSchema,
        keys: z
          .object({
            accessKeyId: z.string().min(1).max(maxKeyLength),
            secret: z.string().min(1).max(maxKeyLength),
          })
          .nullable(),
        forSession: z.boolean(),
      }),
      bucketStatusSchema,
    ),
    /** Forgets settings and keys; objects that running jobs need stay in it. */
    'bucket.remove': call(nothing, bucketStatusSchema),

    'network.get': call(nothing, networkStatusSchema),
    /** The proxy counts from the next request on, the file from the next start. Throws when it holds no certificates. */
    'network.set': call(networkStatusSchema.pick({ proxy: true, caFile: true }), networkStatusSchema),
    /** Opens the system's file dialog for a PEM file; null when dismissed. */
    'network.pickCaFile': call(nothing, z.object({ file: z.string().nullable() })),

    'draft.get': call(nothing, draftSchema),
    'draft.set': call(draftSchema, nothing),
  },
  events: {
    'job.changed': jobSchema,
    'job.dismissed': jobId,
    'queue.changed': queueStateSchema,
    'money.changed': spendSchema,
    'provider.changed': providerStatusSchema,
    'bucket.changed': bucketStatusSchema,
    /** A notification was clicked: show the clip, or the job's card. */
    'app.show': z.object({ job: jobIdSchema, clip: clipIdSchema.nullable() }),
    /** A clip is new, or its previews became ready or failed. */
    'clip.changed': clipSchema,
    'import.progress': z.object({ done: z.int(), total: z.int(), name: z.string() }),
  },
} as const satisfies Contract

export type AppContract = typeof contract
