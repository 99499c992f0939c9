import { connect } from '../../../renderer/connect'
import { createAppWindow, type AppWindow } from '../../../renderer/window/create-window'
import { memoryOf } from './pieces'

/** A window whose main process never answers: for what is drawn of its first state. */
export function silentAppWindow(): AppWindow {
  return createAppWindow({
    connection: connect({
      call: () => new Promise(() => undefined),
      on: () => () => undefined,
      pathForFile: () => '',
    }),
    memory: memoryOf(),
    send: () => new Promise(() => undefined),
    later: () => undefined,
    mayAutoplay: () => true,
  })
}
