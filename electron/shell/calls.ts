import { ipcMain } from 'electron'
import { contract, type AppContract } from '../../shared/contract'
import { callChannel, type Handlers } from '../../shared/ipc'
import { createServer } from '../ipc/serve'
import type { Log } from './log'

/** Answers the calls of the main window. */
export function serveCalls(handlers: Handlers<AppContract>, log: Log): void {
  const answer = createServer(contract, handlers, { logError: log.error })
  ipcMain.handle(callChannel, (event, name, input) => answer(event.senderFrame, name, input))
}
