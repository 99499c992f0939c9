import type { Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder, type Running } from '../e2e/launch'

const folder = join(projectFolder, 'docs/screenshots')

/** The sizes of design/interface.md: designed at the first, usable at the second. */
const sizes = [
  [1440, 900],
  [1100, 700],
] as const

/** Photographs the window as it is, at both sizes. */
export async function shoot({ app, page }: Running, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [width, height] of sizes) {
    await app.evaluate(
      ({ BrowserWindow }, [w, h]) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.setContentSize(w, h),
      [width, height] as const,
    )
    await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const)
    // Two frames: one to lay out, one to paint.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    await page.screenshot({ path: join(folder, `${name}-${width}x${height}.png`) })
  }
}

/** Settles when every clip has its poster. */
export async function waitForPreviews({ page, call }: Running): Promise<void> {
  const query = { search: '', sort: 'newest', offset: 0, limit: 200 } as const
  await page.waitForFunction(() =>
    [...document.querySelectorAll('img')].every((image) => image.complete && image.naturalWidth > 0),
  )
  for (;;) {
    const { clips } = await call['clips.page'](query)
    if (clips.every(({ previews }) => previews === 'ready')) return
  }
}

/** Nothing is focused or pointed at, as when nobody touches the window. */
export async function rest(page: Page): Promise<void> {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.mouse.move(1, 1)
}
