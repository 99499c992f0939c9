import { app } from 'electron'
import { join } from 'node:path'
import { toErrorShape } from '../../shared/error'
import { openLibrary, type Library } from '../library/open'
import { askAboutLibrary } from './dialogs'
import type { SettingsStore } from './settings'

/** Opens the library of the settings, `<Videos>/Inbetween` at first; asks when that fails. Undefined: the user quits. */
export async function chooseLibrary(settings: SettingsStore): Promise<Library | undefined> {
  let folder = settings.get().libraryFolder ?? join(app.getPath('videos'), 'Inbetween')
  for (;;) {
    try {
      const library = await openLibrary(folder)
      if (settings.get().libraryFolder !== folder) settings.set({ libraryFolder: folder })
      return library
    } catch (error) {
      const choice = await askAboutLibrary(toErrorShape(error))
      if (choice.kind === 'quit') return undefined
      if (choice.kind === 'folder') folder = choice.folder
    }
  }
}
