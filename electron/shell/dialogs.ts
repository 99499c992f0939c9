import { dialog, type BrowserWindow } from 'electron'
import type { ErrorShape } from '../../shared/error'

/** Opens the system's file dialog; an empty list when it was dismissed. */
export async function pickFiles(window: BrowserWindow | undefined): Promise<readonly string[]> {
  if (!window) return []
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile', 'multiSelections'],
    filters: [
      {
        name: 'Pictures and clips',
        extensions: ['png', 'jpg', 'jpeg', 'webp', 'avif', 'mp4', 'mov', 'webm'],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return filePaths
}

/** What the user wants when the library cannot be opened. */
export type LibraryChoice =
  | { readonly kind: 'retry' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'quit' }

/** Says why the library cannot be opened and asks what to do. Nothing is changed by any answer. */
export async function askAboutLibrary(error: ErrorShape): Promise<LibraryChoice> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'The library cannot be opened',
    detail: error.message,
    buttons: ['Try again', 'Choose another folder…', 'Quit'],
    defaultId: 0,
    cancelId: 2,
  })
  if (response === 0) return { kind: 'retry' }
  if (response === 2) return { kind: 'quit' }
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
  const [folder] = filePaths
  return folder === undefined ? { kind: 'retry' } : { kind: 'folder', folder }
}
