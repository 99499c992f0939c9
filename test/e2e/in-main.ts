import type { ElectronApplication } from '@playwright/test'
import type * as Electron from 'electron'

/**
 * Runs a function in the main process and settles with its answer. It sees nothing but its arguments. An answer given
 * in the turn it was asked in may be collected before it is sent, which fails as "garbage collected": this one is held
 * by the next turn.
 */
export function inMain<Answer, Argument = undefined>(
  app: ElectronApplication,
  run: (electron: typeof Electron, argument: Argument) => Answer | Promise<Answer>,
  ...[argument]: Argument extends undefined ? [] : [argument: Argument]
): Promise<Answer> {
  return app.evaluate(
    async (electron, wanted) => {
      await new Promise<void>((resolve) => setImmediate(resolve))
      // oxlint-disable-next-line no-eval -- the source is a function of the tests, which is how Playwright hands it over too
      const asked = (0, eval)(`(${wanted.source})`) as typeof run
      // Playwright's types of an argument do not know the caller's.
      return await asked(electron, wanted.argument as Argument)
    },
    { source: String(run), argument },
  )
}
