import type { AppContract, AppInfo } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'

/** What these handlers need of the outside. */
export interface AppHandlerDeps {
  readonly info: () => AppInfo
  readonly openExternal: (url: string) => Promise<void>
  readonly revealFolder: () => void
}

/** Calls about the program itself. */
export function appHandlers({ info, openExternal, revealFolder }: AppHandlerDeps) {
  return {
    'app.info': info,
    'app.openExternal': ({ url }) => openExternal(url),
    'app.revealLibrary': revealFolder,
  } satisfies Partial<Handlers<AppContract>>
}
