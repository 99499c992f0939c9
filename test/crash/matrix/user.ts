import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/error'
import { isTerminal, neededYes } from '../../../shared/job'
import { providerIn } from '../../../shared/providers'
import { emptyRecipe } from '../../../shared/recipe'
import type { Life } from './life'
import { markerIn, memoryFile, ownId, promptOf, type Order, type Said, type Want } from './order'

/** A job as the window gets it. */
type Job = Awaited<ReturnType<Life['handlers']['jobs.list']>>[number]

const allYes = ['again', 'price-unknown', 'doubtful', 'over-cap'] as const

/** How often the user looks, real ms. */
const lookMs = 4
/** "Not found" is believed after this many complete searches of the platform's list. */
const searches = 3
/** And without them after so many looks: several jobs with the same input are no trace of ours. */
const searchLooks = 150
/** How long an outcome is left alone that nobody can look for, looks: it must stay unknown by itself. */
const lookedAt = 15
/** How long a clip that may never come is waited for, looks: longer than the engine's own tries take. */
const patience = 30
/** And asked for again, by hand, after so many. */
const askAfter = 10

/**
 * Uses the window's calls until every wish has come to rest, and answers what asks for an answer. Everything that is
 * said is remembered over crashes. Resolves with what did not come to rest in time.
 */
export async function useUntilRest({ handlers }: Life, order: Order): Promise<readonly string[]> {
  const memory = join(order.home, memoryFile)
  const said: Said[] = existsSync(memory)
    ? readFileSync(memory, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Said)
    : []
  const seen = new Map<string, number>()
  const once = new Set<string>()
  const first = (what: string) => !once.has(what) && Boolean(once.add(what))
  const lookCount = (what: string) => {
    const count = (seen.get(what) ?? 0) + 1
    seen.set(what, count)
    return count
  }
  const say = (what: Said['what'], job: Job) => {
    const line = { what, marker: markerIn(job.recipe.prompt), job: job.id }
    said.push(line)
    appendFileSync(memory, `${JSON.stringify(line)}\n`)
  }
  const wasSaid = (job: Job) => said.some((line) => line.job === job.id)

  async function press(want: Want): Promise<void> {
    const paths = ['a.png', 'b.png'].slice(0, want.stills).map((name) => join(order.home, name))
    const imported = paths.length > 0 ? await handlers['library.import']({ paths }) : []
    const [a, b] = imported.map((result) => (result.kind === 'still' ? result.still.id : undefined))
    const slots = { ...(a === undefined ? {} : { first: a }), ...(b === undefined ? {} : { last: b }) }
    // ByteSpike makes five seconds at most.
    const durationS = want.provider === 'bytespike' ? 4 : 8
    const { resolution } = want
    const recipe = { ...emptyRecipe, prompt: promptOf(want.marker), slots, durationS, resolution }
    const made = await handlers['jobs.create']({
      recipe,
      provider: want.provider,
      yes: [...allYes],
    })
    if (made.kind === 'created' && want.pauses)
      await handlers['jobs.setPaused']({ id: made.job.id, paused: true })
  }

  async function decide(job: Job, want: Want, jobs: readonly Job[]): Promise<void> {
    if (want.decision === 'leave' || wasSaid(job)) return
    if (want.decision === 'give-up') {
      say('give-up', job)
      await handlers['jobs.resolve']({ id: job.id, resolution: { kind: 'give-up' } })
      return
    }
    const there =
      want.decision === 'look-at-site' ? atSite(order.platforms[want.provider]?.bill ?? '', want.marker) : []
    const isTaken = (id: string) => jobs.some(({ remoteId }) => remoteId !== null && ownId(remoteId) === id)
    const free = there.find((id) => !isTaken(id))
    if (free !== undefined) {
      say('attach', job)
      await handlers['jobs.resolve']({ id: job.id, resolution: { kind: 'attach', remoteId: free } })
      return
    }
    say('send-again', job)
    await handlers['jobs.resolve']({ id: job.id, resolution: { kind: 'not-arrived' } })
  }

  async function tend(job: Job, want: Want, jobs: readonly Job[]): Promise<void> {
    if (job.state === want.cancelsAt && first(`cancel ${job.id}`))
      await handlers['jobs.cancel']({ id: job.id })
    if (job.state === 'waiting') {
      const to = neededYes(job)
      // A restored database brings back what was run again since.
      if (job.held && wasSaid(job)) await handlers['jobs.cancel']({ id: job.id })
      else if (to) await handlers['jobs.allow']({ id: job.id, to, seen: job.quote })
      if (job.paused && lookCount(`paused ${job.id}`) > 5)
        await handlers['jobs.setPaused']({ id: job.id, paused: false })
    }
    if (job.state === 'unknown') lookCount(`unknown ${job.id}`)
    if (isSearched(job, want)) await decide(job, want, jobs)
    if (job.state === 'undelivered' && lookCount(`away ${job.id}`) === askAfter) {
      await handlers['jobs.fetchAgain']({ id: job.id })
    }
    if (
      job.state === 'failed' &&
      want.reruns &&
      !said.some((line) => line.marker === want.marker && line.what === 'rerun')
    ) {
      say('rerun', job)
      await handlers['jobs.rerun']({ id: job.id, yes: [...allYes] })
    }
  }

  function isSearched({ id, state, lookUps }: Job, { provider }: Want): boolean {
    if (state !== 'unknown') return false
    const looks = seen.get(`unknown ${id}`) ?? 0
    const { capabilities } = providerIn(provider, order.platforms[provider]?.dialect ?? null)
    return capabilities.canLookUp ? lookUps >= searches || looks > searchLooks : looks > lookedAt
  }

  function isAtRest(job: Job, want: Want): boolean {
    if (isTerminal(job.state)) return true
    if (job.state === 'unknown') return isSearched(job, want) && (want.decision === 'leave' || wasSaid(job))
    return want.mayStayAway && job.state === 'undelivered' && lookCount(`rest ${job.id}`) > patience
  }

  async function look(): Promise<readonly string[]> {
    const queue = await handlers['queue.state'](undefined)
    if (queue.paused !== 'no') await handlers['queue.resume'](undefined)
    const restless: string[] = []
    const saidBefore = said.length
    for (const want of order.wants) {
      const jobs = await handlers['jobs.list'](undefined)
      const mine = jobs.filter(({ recipe }) => markerIn(recipe.prompt) === want.marker)
      if (mine.length === 0) await press(want)
      for (const job of mine) await tend(job, want, jobs)
      const still = mine.filter((job) => !isAtRest(job, want))
      restless.push(...still.map((job) => `${want.marker}: ${job.id} ${job.state} ${job.wait?.kind ?? ''}`))
      if (mine.length === 0) restless.push(`${want.marker}: not made`)
    }
    // What was just said has only begun to change things.
    return said.length === saidBefore ? restless : ['the user has spoken']
  }

  const until = performance.now() + order.limitMs
  for (;;) {
    let restless: readonly string[] = ['']
    try {
      restless = await look()
    } catch (error) {
      // The job had moved on before the user's word came: the window would say so.
      if (!(error instanceof AppError)) throw error
    }
    if (restless.length === 0 || performance.now() > until) return restless
    await sleep(lookMs)
  }
}

/** What the platform's own site would show: jobs with this prompt. */
function atSite(bill: string, marker: string): readonly string[] {
  if (!existsSync(bill)) return []
  return readFileSync(bill, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { event: string; intent: string; jobId: string | null })
    .flatMap(({ event, intent, jobId }) =>
      event === 'accepted' && intent === marker && jobId !== null ? [jobId] : [],
    )
}
