import { z } from 'zod'
import { clipSorts, maxPage } from './clip'
import { clipIdSchema, clipSchema } from './clip-schema'
import { errorShapeSchema } from './error-schema'
import { call, type Contract } from './ipc'
import { jobIdSchema, jobSchema } from './job-schema'
import { providerIdSchema } from './provider-schema'
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
  libraryName: z.string(),
  libraryFolder: z.string(),
  /** Things that happened at start and should be said once. */
  notices: z.array(z.string()),
})
export type AppInfo = z.infer<typeof appInfoSchema>

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

    /** Writes the job down before anything runs. Throws `bad-request` when the provider cannot take the recipe. */
    'jobs.create': call(z.object({ recipe: recipeSchema, provider: providerIdSchema }), jobSchema),
    /** Every job that is not dismissed, oldest first; of those done only the last fifty. */
    'jobs.list': call(nothing, z.array(jobSchema)),
    'jobs.cancel': call(z.object({ id: jobIdSchema }), jobSchema),
    /** A new job with the recipe of one that is at its end, which is dismissed. */
    'jobs.rerun': call(z.object({ id: jobIdSchema }), jobSchema),
    /** Takes a terminal job out of the queue strip; its row stays. */
    'jobs.dismiss': call(z.object({ id: jobIdSchema }), nothing),

    'draft.get': call(nothing, draftSchema),
    'draft.set': call(draftSchema, nothing),
  },
  events: {
    'job.changed': jobSchema,
    'job.dismissed': z.object({ id: jobIdSchema }),
    /** A clip is new, or its previews became ready or failed. */
    'clip.changed': clipSchema,
    'import.progress': z.object({ done: z.int(), total: z.int(), name: z.string() }),
  },
} as const satisfies Contract

export type AppContract = typeof contract
