import { BrowserWindow, session, type Session } from 'electron'
import type { EventData, EventName, Handlers } from '../../shared/ipc'
import { callChannel, eventChannel } from '../../shared/ipc'
import { mediaContract, type MediaContract } from '../../shared/media-schema'
import { createServer } from '../ipc/serve'
import { appOrigin, appScheme } from '../ipc/sender'
import type { MediaQueue, MediaWorker } from '../media/queue'
import type { Route } from '../protocol/routes'
import type { Log } from './log'
import { serveScheme } from './scheme'
import { guardSession } from './security'
import { safePreferences } from './window'

/** The session of the media window: its own, in memory, with a route the main window does not have. */
function openSession(route: Route): Session {
  const own = session.fromPartition('media')
  if (!own.protocol.isProtocolHandled(appScheme)) {
    serveScheme(own, route)
    guardSession(own)
  }
  return own
}

/** What opening the media window needs. */
export interface MediaWindowDeps {
  readonly handlers: () => MediaQueue['handlers']
  /** Answers its requests: its page and the files of its tasks. */
  readonly route: Route
  readonly log: Log
}

/** Opens the hidden window that decodes and renders; settles when its page listens. */
export function createMediaWindowOpener({ handlers, route, log }: MediaWindowDeps) {
  return async (onGone: (reason: string) => void): Promise<MediaWorker> => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { ...safePreferences, session: openSession(route), backgroundThrottling: false },
    })
    const contents = window.webContents
    const ready = Promise.withResolvers<void>()
    const served: Handlers<MediaContract> = { ...handlers(), 'media.ready': () => ready.resolve() }
    const answer = createServer(mediaContract, served, { logError: log.error })
    contents.ipc.handle(callChannel, (event, name, input) => answer(event.senderFrame, name, input))
    contents.once('render-process-gone', (_event, { reason }) => {
      ready.reject(new Error(`media window: ${reason}`))
      if (!window.isDestroyed()) window.destroy()
      // Not before this event is over: a window opened within it would share the dying process.
      setImmediate(() => onGone(reason))
    })
    window.loadURL(`${appOrigin}/media.html`).catch(ready.reject)
    try {
      await ready.promise
    } catch (error) {
      if (!window.isDestroyed()) window.destroy()
      throw error
    }
    return {
      emit: <E extends EventName<MediaContract>>(event: E, data: EventData<MediaContract, E>) =>
        contents.isDestroyed()
          ? undefined
          : contents.send(eventChannel, event, mediaContract.events[event].parse(data)),
      close: () => {
        if (!window.isDestroyed()) window.destroy()
      },
    }
  }
}
