import { ipcMain } from 'electron'
import { contract, type AppContract } from '../../shared/contract'
import { callChannel, type Handlers } from '../../shared/ipc'
import { createServer } from '../ipc/serve'
import type { Log } from './log'

/** Answers the calls of the main window; those that come before the library is open wait for it. */
export function serveCalls(handlers: Promise<Handlers<AppContract>>, log: Log): void {
  const server = handlers.then((served) => createServer(contract, served, { logError: log.error }))
  ipcMain.handle(callChannel, async (event, name, input) => (await server)(event.senderFrame, name, input))
}
