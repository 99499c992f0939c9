// npm run bench -- download: four clips at once, checked, hashed and fsynced, against curl (and aria2c) with sync.
import { execFile, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundleForNode } from '../test/support/bundle.ts'
import { clipServer } from './support/clip-server.ts'
import type { Order, Outcome } from './support/download-child.ts'
import { median, requireProgram } from './support/environment.ts'

/** Rounds counted, after one that is not. */
const rounds = 7
const clips = 4
const clipBytes = 200_000_000
/** One small and one large file, between which memory must not differ. */
const smallBytes = 20_000_000
const largeBytes = 2_000_000_000

/** Measured, too, where it is installed. */
const aria = 'aria2c'

type Clips = Order['clips']

requireProgram('curl', 'apt-get install curl (or https://curl.se)')
const hasAria = spawnSync(aria, ['--version'], { stdio: 'ignore' }).error === undefined
const exec = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
const bundle = await bundleForNode(
  join(import.meta.dirname, 'support/download-child.ts'),
  join(folder, 'bundle'),
)
const server = fork(clipServer)
const [port] = (await once(server, 'message')) as [number]

const subjects = {
  ours: await startOurs(),
  curl: async (wanted: Clips) => {
    await Promise.all(wanted.map(({ url, part }) => exec('curl', ['-sS', '-f', '-o', part, url])))
    await syncAll(wanted)
  },
  ...(hasAria ? { aria2c: fetchByAria } : {}),
}
const times: Record<string, number[]> = {}
for (let round = 0; round <= rounds; round += 1) {
  // Whoever comes first in one round comes last in the next.
  const order = Object.entries(subjects)
  for (const [name, fetchAll] of round % 2 === 0 ? order : order.toReversed()) {
    const ms = await timeMs(fetchAll, wantedIn(name, clips, clipBytes))
    if (round > 0) (times[name] ??= []).push(ms)
  }
}
await subjects.ours.end()

const four = await memory(wantedIn('four', clips, clipBytes))
// After a first clip, as in an application that runs for hours: a fresh process grows with whatever it does first.
const first = wantedIn('first', 1, clipBytes)
const small = await memory(wantedIn('small', 1, smallBytes), first)
const large = await memory(wantedIn('large', 1, largeBytes), first)
server.kill()
await rm(folder, { recursive: true, force: true, maxRetries: 10 })

const medianOf = (name: string) => median(times[name] ?? [])
const growth = ({ rssPeakMb, rssBeforeMb }: Outcome) => Math.round(rssPeakMb - rssBeforeMb)
console.log(
  JSON.stringify({
    bench: 'download',
    rounds,
    clips,
    clip_mb: clipBytes / 1e6,
    ratio_vs_curl: Number((medianOf('ours') / medianOf('curl')).toFixed(2)),
    ours_ms: Math.round(medianOf('ours')),
    curl_ms: Math.round(medianOf('curl')),
    ...(hasAria ? { aria2c_ms: Math.round(medianOf('aria2c')) } : {}),
    rss_growth_mb: growth(four),
    rss_20mb: Math.round(small.rssPeakMb),
    rss_2gb: Math.round(large.rssPeakMb),
    rss_growth_20mb: growth(small),
    rss_growth_2gb: growth(large),
  }),
)

function wantedIn(name: string, count: number, bytes: number): Clips {
  return Array.from({ length: count }, (_item, n) => ({
    url: `http://127.0.0.1:${port}/${n}/${bytes}.mp4`,
    part: join(folder, `${name}-${n}.part`),
  }))
}

/** Wall time on a disk that has nothing else to write, the files removed again. */
async function timeMs(fetchAll: (wanted: Clips) => Promise<unknown>, wanted: Clips): Promise<number> {
  await exec('sync')
  const from = performance.now()
  await fetchAll(wanted)
  const took = performance.now() - from
  for (const { part } of wanted) await rm(part)
  return took
}

async function startOurs() {
  const child = fork(bundle)
  await once(child, 'message')
  const fetchAll = async (wanted: Clips, isMemoryWatched = false): Promise<Outcome> => {
    child.send({ clips: wanted, isMemoryWatched } satisfies Order)
    const [outcome] = (await once(child, 'message')) as [Outcome]
    return outcome
  }
  const end = async () => {
    child.kill()
    await once(child, 'exit')
  }
  return Object.assign(fetchAll, { end })
}

/** Memory of a process of its own that fetches clips, after others if there are any. */
async function memory(wanted: Clips, before: Clips = []): Promise<Outcome> {
  const ours = await startOurs()
  await ours(before)
  const outcome = await ours(wanted, true)
  await ours.end()
  for (const { part } of [...before, ...wanted]) await rm(part)
  return outcome
}

async function fetchByAria(wanted: Clips): Promise<void> {
  const args = ['-q', '--file-allocation=none', '--allow-overwrite=true', '-d', folder]
  const one = ({ url, part }: Clips[number]) =>
    exec(aria, [...args, '-o', part.slice(folder.length + 1), url])
  await Promise.all(wanted.map(one))
  await syncAll(wanted)
}

/** Just these files: what fsync is to ours. A `sync` of everything would also wait for other programs. */
async function syncAll(wanted: Clips): Promise<void> {
  await exec(
    'sync',
    wanted.map(({ part }) => part),
  )
}
