import type { Page } from '@playwright/test'
import type { Job } from '../../shared/job-schema'
import type { Running } from './launch'

/** Drops files from the desktop at a place of the window, as Chromium gets it from the system. */
export async function dropFiles(
  page: Page,
  paths: readonly string[],
  at: { x: number; y: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await session.detach()
}

/** The middle of what has this accessible name. */
export async function middleOf(page: Page, role: 'group' | 'region' | 'main', name: string) {
  const box = await page.getByRole(role, { name, exact: true }).boundingBox()
  if (!box) throw new Error(`${name} is not shown`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Settles with the job once `until` holds; reads the state first, so that nothing is missed. */
export async function waitForJob({ page }: Running, id: string, until: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await page.evaluate(nextJobChange, id)
    if (until(job)) return job
  }
}

/** In the page: the job as it is when it changes next, or now when it is terminal. */
async function nextJobChange(id: string): Promise<Job> {
  const { inbetween } = globalThis as unknown as {
    inbetween: {
      call: (name: string, input?: unknown) => Promise<{ value: Job[] }>
      on: (listener: (event: string, data: Job) => void) => () => void
    }
  }
  const changed = Promise.withResolvers<Job>()
  const off = inbetween.on((event, data) => {
    if (event === 'job.changed' && data.id === id) changed.resolve(data)
  })
  const { value } = await inbetween.call('jobs.list')
  const now = value.find((job) => job.id === id)
  if (now && ['done', 'failed', 'cancelled'].includes(now.state)) changed.resolve(now)
  const job = await changed.promise
  off()
  return job
}

/** The job that was made last. */
export async function lastJob({ call }: Running): Promise<Job> {
  const job = (await call['jobs.list'](undefined)).at(-1)
  if (!job) throw new Error('there is no job')
  return job
}
