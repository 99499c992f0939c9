import { app } from 'electron'
import Store from 'electron-store'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })

const settingsSchema = z.object({
  libraryFolder: z.string().optional(),
  window: boundsSchema.optional(),
  proxy: z.enum(['auto', 'none']).optional(),
  /** PEM file of further certificate authorities. */
  caFile: z.string().nullable().optional(),
})
export type Settings = z.infer<typeof settingsSchema>

/** The user's settings: `<userData>/settings.json`, written atomically. */
export interface SettingsStore {
  readonly get: () => Settings
  readonly set: (change: Settings) => void
  /** Set when the file could not be read and was put aside. */
  readonly notice: string | undefined
}

/** Opens the settings. A file that cannot be read is kept beside the new one and reported, never overwritten. */
export function openSettings(now: () => number): SettingsStore {
  const file = join(app.getPath('userData'), 'settings.json')
  try {
    return wrap(new Store({ name: 'settings' }), undefined)
  } catch {
    const aside = `${file}.unreadable-${now()}`
    if (existsSync(file)) renameSync(file, aside)
    return wrap(
      new Store({ name: 'settings' }),
      `The settings could not be read. They start anew; the old file is ${aside}.`,
    )
  }
}

function wrap(store: Store, notice: string | undefined): SettingsStore {
  return {
    get: () => settingsSchema.safeParse(store.store).data ?? {},
    set: (change) => store.set({ ...change }),
    notice,
  }
}
