// npm run bench -- poll: a thousand jobs at each of the five platforms, against one question a job every 2 s; some minutes.
//
// UniAll and ByteSpike have no job list: each job takes a question of its own, and a thousand of them at once cannot be
// asked for at the documented interval without more requests a minute than we allow ourselves. What that costs in delay
// is measured, not hidden; so it is at inference.sh, whose list takes some twenty pages for as many. (ByteSpike's largest
// plan runs 100 tasks at a time: a thousand are beyond any account.) A slow disk shows in commit_ms and longest_stall_ms,
// and through the fast clock in every delay.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { remoteProviderIds, type RemoteProviderId } from '../shared/provider.ts'
import { bundleForNode } from '../test/support/bundle.ts'
import { byPlatform } from './support/by-platform.ts'
import { median } from './support/environment.ts'
import type { EngineMessage, EngineOutcome } from './support/poll-engine.ts'
import type { Each, PlatformsMessage, ReadyPlatform, SeenRequests } from './support/poll-platforms.ts'

/** Jobs of ours at each platform, all accepted at one moment. */
const jobsEach = 1000
/** Times as fast as the real clock: 10 ms of real HTTP are then a twentieth of a simulated second. */
const speed = 5
const seed = 20_261_121
/** Log-normal run times: half of the jobs are done after a minute, one in forty takes more than three. */
const medianMs = 60_000
const sigma = 0.6
/** The client to compare with asks for every job so often, milliseconds. */
const naiveMs = 2_000
/**
 * Documented intervals, seconds, for jobs of about a minute: reference/providers.md §2.3 ("every 5–10 s"), §3.3 ("every
 * 2–5 s with back-off"), §4.3 ("2s up to 60s"), §5.5 (the SDK's). UniAll names none (§1.4).
 */
const documentedS = { uniall: null, apiframe: 10, krea: 5, bytespike: 2, inferencesh: 2 }
/**
 * The platforms' limits a minute, kept by the servers: §2.4 for Apiframe, §5.1 for inference.sh. The others document none
 * (§1.4, §3.4, §4.4), so that the adapter's own holds.
 */
const limits = { uniall: 120, apiframe: 500, krea: 120, bytespike: 300, inferencesh: 1000 }
const minuteMs = 60_000

/** One after the other: with all five at once the engine has not the time for five times the usual speed. */
const groups: readonly (readonly RemoteProviderId[])[] = [
  ['krea', 'apiframe'],
  ['bytespike', 'inferencesh'],
  ['uniall'],
]

const folder = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
const runs: Run[] = []
for (const ids of groups) runs.push(await run(ids))
await rm(folder, { recursive: true, force: true, maxRetries: 10 })

const outcomes = runs.map(({ outcome }) => outcome)
const seenAt = Object.fromEntries(outcomes.flatMap((outcome) => Object.entries(outcome.seenAt)))
const ready = byPlatform((id) => there(runs.find((one) => one.ready[id])?.ready[id]))
const seen = byPlatform((id) => there(runs.find((one) => one.seen[id])?.seen[id]))
const { budgets, intervalsMs } = there(outcomes[0])

const requests = (id: RemoteProviderId) => [...seen[id].lists, ...seen[id].singles].toSorted((a, b) => a - b)
/** At 2, 4, 6 … seconds, up to the first answer that tells of the end. */
const naiveRequests = (id: RemoteProviderId) =>
  ready[id].jobs.reduce((sum, { runMs }) => sum + Math.max(1, Math.ceil(runMs / naiveMs)), 0)
const delays = (id: RemoteProviderId) =>
  ready[id].jobs.map(({ remoteId, endsAt }) => ((seenAt[remoteId] ?? Number.NaN) - endsAt) / 1000)
const total = (of: (id: RemoteProviderId) => number) => remoteProviderIds.reduce((sum, id) => sum + of(id), 0)
const inAll = (of: (outcome: EngineOutcome) => number) =>
  outcomes.reduce((all, outcome) => all + of(outcome), 0)
const atMost = (of: (outcome: EngineOutcome) => number) => Math.max(...outcomes.map(of))
const percent = (cpuMs: number, ofMs: number) => Number(((100 * cpuMs) / ofMs).toFixed(1))

console.log(
  JSON.stringify({
    bench: 'poll',
    jobs: total((id) => ready[id].jobs.length),
    completed: inAll(({ done }) => done),
    clock_speed: speed,
    simulated_s: Math.round(inAll(({ tookMs }) => tookMs) / 1000),
    request_ratio: Number((total((id) => requests(id).length) / total(naiveRequests)).toFixed(4)),
    request_ratio_each: byPlatform((id) => Number((requests(id).length / naiveRequests(id)).toFixed(4))),
    requests: total((id) => requests(id).length),
    naive_requests: total(naiveRequests),
    list_pages: byPlatform((id) => seen[id].lists.length),
    single_polls: byPlatform((id) => seen[id].singles.length),
    median_delay_s: byPlatform((id) => round(median(delays(id)))),
    p95_delay_s: byPlatform((id) => round(at95(delays(id)))),
    max_delay_s: byPlatform((id) => round(Math.max(...delays(id)))),
    documented_interval_s: documentedS,
    own_interval_s: byPlatform((id) => round(intervalsMs[id] / 1000)),
    max_requests_per_minute: byPlatform((id) => busiestMinute(requests(id))),
    limit_per_minute: limits,
    own_budget_per_minute: budgets,
    refused_requests: total((id) => seen[id].refused),
    other_requests: total((id) => seen[id].others),
    violations: total((id) => seen[id].violations),
    engine_cpu_percent: percent(
      inAll(({ cpuMs }) => cpuMs),
      inAll(({ tookMs }) => tookMs),
    ),
    engine_cpu_percent_busiest_minute: percent(
      atMost(({ cpuBusiestMs }) => cpuBusiestMs),
      minuteMs,
    ),
    longest_stall_ms: Math.round(atMost(({ longestStallMs }) => longestStallMs)),
    commit_ms: round(atMost(({ commitMs }) => commitMs)),
    rss_before_mb: Math.round(atMost(({ rssBeforeMb }) => rssBeforeMb)),
    rss_peak_mb: Math.round(atMost(({ rssPeakMb }) => rssPeakMb)),
    timers_left: inAll(({ timersLeft }) => timersLeft),
    errors: inAll(({ errors }) => errors.length),
  }),
)
for (const error of outcomes.flatMap(({ errors }) => errors).slice(0, 5)) console.error(error)

interface Run {
  readonly outcome: EngineOutcome
  readonly ready: Each<ReadyPlatform>
  readonly seen: Each<SeenRequests>
}

/** A fresh engine with the jobs of these platforms, until all of them are done. */
async function run(ids: readonly RemoteProviderId[]): Promise<Run> {
  const platforms = await startChild<PlatformsMessage>('poll-platforms')
  const engine = await startChild<EngineMessage>('poll-engine')
  const set = { ids, speed, seed, medianMs, sigma, jobs: jobsEach, requestsPerMinute: limits }
  const filled = await platforms.ask<Each<ReadyPlatform>>({ kind: 'set-up', ...set })
  await engine.ask({ kind: 'set-up', platforms: filled, speed, seed })
  const at = Date.now() + 500
  platforms.tell({ kind: 'begin', at })
  const outcome = await engine.ask<EngineOutcome>({ kind: 'begin', at })
  const report = await platforms.ask<Each<SeenRequests>>({ kind: 'report' })
  await Promise.all([platforms.end(), engine.end()])
  return { outcome, ready: filled, seen: report }
}

async function startChild<Message extends object>(name: string) {
  const entry = join(import.meta.dirname, `support/${name}.ts`)
  const child: ChildProcess = fork(await bundleForNode(entry, join(folder, name)))
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended before its time`)))
  // Only whoever waits for an answer wants to know.
  ended.catch(() => undefined)
  return {
    tell: (message: Message) => void child.send(message),
    async ask<T>(message: Message): Promise<T> {
      const answer = once(child, 'message')
      child.send(message)
      const [value] = (await Promise.race([answer, ended])) as [T]
      return value
    },
    async end() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** Most of them within any minute. */
function busiestMinute(times: readonly number[]): number {
  let first = 0
  return times.reduce((most, time, index) => {
    while ((times[first] ?? time) <= time - minuteMs) first += 1
    return Math.max(most, index - first + 1)
  }, 0)
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a platform is in no group')
  return part
}

function at95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
