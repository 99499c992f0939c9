import { app, dialog, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { ErrorShape } from '../../shared/error'
import type { QuitQuestion } from '../attention/quit-rules'
import { words } from '../attention/words'

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

/** Asks for a file of certificates; undefined when dismissed. */
export async function pickCaFile(window: BrowserWindow | undefined): Promise<string | undefined> {
  if (!window) return undefined
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [
      { name: 'Certificates', extensions: ['pem', 'crt', 'cer'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return filePaths[0]
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

/** Asks whether to quit although paid work is in flight; true: quit. Dismissed, it is no. */
export async function askToQuit(window: BrowserWindow | undefined, question: QuitQuestion): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: question.message,
    detail: question.detail,
    buttons: [question.keep, question.quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
  // On a hidden window the question would be hidden too.
  const { response } = window?.isVisible()
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options)
  return response === 1
}

/** Asks where the ledger is exported to; undefined when dismissed. The system asks before replacing a file. */
export async function pickCsv(
  window: BrowserWindow | undefined,
  now: () => number = Date.now,
): Promise<string | undefined> {
  const options = {
    defaultPath: join(app.getPath('documents'), words.csv.name(new Date(now()))),
    filters: [{ name: words.csv.type, extensions: ['csv'] }],
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  }
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options)
  return canceled || filePath === '' ? undefined : filePath
}
