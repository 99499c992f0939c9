import type { Page } from '@playwright/test'
import type { CreateResult } from '../../shared/contract'
import { isTerminal } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
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

/** Makes a job through the page's own call. @throws when a question is asked first. */
export async function createJob(
  { call }: Running,
  recipe: Recipe,
  provider: ProviderId = 'animatic',
): Promise<Job> {
  return jobOf(await call['jobs.create']({ recipe, provider, yes: [] }))
}

/** The job that was made. @throws when a question was asked instead. */
export function jobOf(result: CreateResult): Job {
  if (result.kind === 'ask')
    throw new Error(`asked first: ${result.questions.map(({ kind }) => kind).join()}`)
  return result.job
}

/** Settles with the job once `until` holds; every state it is found in is judged, the present one first. */
export async function waitForJob({ page }: Running, id: string, until: (job: Job) => boolean): Promise<Job> {
  for (let seen: Job | undefined; ;) {
    seen = await page.evaluate(nextJobState, [id, seen && JSON.stringify(seen)] as const)
    if (until(seen)) return seen
    if (isTerminal(seen.state)) throw new Error(`it is ${seen.state}: ${seen.error?.message ?? 'no error'}`)
  }
}

/** In the page: the job as soon as it differs from what was seen. */
async function nextJobState([id, seen]: readonly [string, string | undefined]): Promise<Job> {
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
  if (now && JSON.stringify(now) !== seen) changed.resolve(now)
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
