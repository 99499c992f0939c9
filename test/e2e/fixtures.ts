import { test as base } from '@playwright/test'
import { createHome, launch, type Home, type Running } from './launch'

/** Tests that get a fresh home, and a way to start the application on it that is always cleaned up. */
export const test = base.extend<{ home: Home; start: (args?: readonly string[]) => Promise<Running> }>({
  // Playwright reads which fixtures a fixture needs from its first argument, so an empty pattern must stand there.
  // oxlint-disable-next-line no-empty-pattern
  home: async ({}, use) => {
    const home = await createHome()
    await use(home)
    await home.remove()
  },
  start: async ({ home }, use) => {
    const started: Running[] = []
    await use(async (args) => {
      const running = await launch(home, args)
      started.push(running)
      return running
    })
    for (const { isOpen, kill } of started) if (isOpen()) await kill()
  },
})

export { expect } from '@playwright/test'
