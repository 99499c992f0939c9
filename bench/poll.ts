// npm run bench -- poll: a thousand jobs at each of two platforms on one engine, against one question a job every 2 s.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleForNode } from '../test/support/bundle.ts'
import { median } from './support/environment.ts'
import type { EngineMessage, EngineOutcome } from './support/poll-engine.ts'
import type { PlatformId, PlatformsMessage, ReadyPlatform, SeenRequests } from './support/poll-platforms.ts'

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
/** Documented intervals, seconds: reference/providers.md §3.3 ("every 2–5 s with back-off"), §2.3 ("every 5–10 s"). */
const documentedS = { krea: 5, apiframe: 10 }
/** The platforms' limits a minute: §2.4 for Apiframe; Krea documents none (§3.4), so that the adapter's own holds. */
const limits = { krea: 120, apiframe: 500 }
const minuteMs = 60_000

const folder = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
const platforms = await startChild<PlatformsMessage>('poll-platforms')
const engine = await startChild<EngineMessage>('poll-engine')
const set = { speed, seed, medianMs, sigma, jobs: jobsEach, requestsPerMinute: limits }
const ready = await platforms.ask<Readonly<Record<PlatformId, ReadyPlatform>>>({ kind: 'set-up', ...set })
await engine.ask({ kind: 'set-up', platforms: ready, speed, seed })
const at = Date.now() + 500
platforms.tell({ kind: 'begin', at })
const outcome = await engine.ask<EngineOutcome>({ kind: 'begin', at })
const seen = await platforms.ask<Readonly<Record<PlatformId, SeenRequests>>>({ kind: 'report' })
await Promise.all([platforms.end(), engine.end()])
await rm(folder, { recursive: true, force: true, maxRetries: 10 })

const ids: readonly PlatformId[] = ['krea', 'apiframe']
const each = <T>(of: (id: PlatformId) => T) => ({ krea: of('krea'), apiframe: of('apiframe') })
const requests = (id: PlatformId) => [...seen[id].lists, ...seen[id].singles].toSorted((a, b) => a - b)
/** At 2, 4, 6 … seconds, up to the first answer that tells of the end. */
const naiveRequests = (id: PlatformId) =>
  ready[id].jobs.reduce((sum, { runMs }) => sum + Math.max(1, Math.ceil(runMs / naiveMs)), 0)
const delays = (id: PlatformId) =>
  ready[id].jobs.map(({ remoteId, endsAt }) => ((outcome.seenAt[remoteId] ?? Number.NaN) - endsAt) / 1000)
const total = (of: (id: PlatformId) => number) => ids.reduce((sum, id) => sum + of(id), 0)
const percent = (cpuMs: number, ofMs: number) => Number(((100 * cpuMs) / ofMs).toFixed(1))

console.log(
  JSON.stringify({
    bench: 'poll',
    jobs: total((id) => ready[id].jobs.length),
    completed: outcome.done,
    clock_speed: speed,
    simulated_s: Math.round(outcome.tookMs / 1000),
    request_ratio: Number((total((id) => requests(id).length) / total(naiveRequests)).toFixed(4)),
    request_ratio_each: each((id) => Number((requests(id).length / naiveRequests(id)).toFixed(4))),
    requests: total((id) => requests(id).length),
    naive_requests: total(naiveRequests),
    list_pages: each((id) => seen[id].lists.length),
    single_polls: each((id) => seen[id].singles.length),
    median_delay_s: each((id) => round(median(delays(id)))),
    p95_delay_s: each((id) => round(at95(delays(id)))),
    max_delay_s: each((id) => round(Math.max(...delays(id)))),
    documented_interval_s: documentedS,
    max_requests_per_minute: each((id) => busiestMinute(requests(id))),
    limit_per_minute: limits,
    own_budget_per_minute: outcome.budgets,
    refused_requests: total((id) => seen[id].refused),
    other_requests: total((id) => seen[id].others),
    violations: total((id) => seen[id].violations),
    engine_cpu_percent: percent(outcome.cpuMs, outcome.tookMs),
    engine_cpu_percent_busiest_minute: percent(outcome.cpuBusiestMs, minuteMs),
    longest_stall_ms: Math.round(outcome.longestStallMs),
    commit_ms: round(outcome.commitMs),
    rss_before_mb: Math.round(outcome.rssBeforeMb),
    rss_peak_mb: Math.round(outcome.rssPeakMb),
    timers_left: outcome.timersLeft,
    errors: outcome.errors.length,
  }),
)
for (const error of outcome.errors.slice(0, 5)) console.error(error)

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

function at95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
