import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { judge, lostWithDatabase, type Complaints } from './check'
import { gather, type Evidence } from './evidence'
import { userDataFolder, type Order } from './order'
import type { RunPlan } from './plan'
import type { Between, PlannedLife } from './plan-lives'
import { openPlatforms } from './platforms'

/** Scaled ms in a real one: a clip of a minute takes 60 ms, and a search of ten minutes 600. */
const scale = 1000
/** 21 November 2026, noon UTC, ms. */
const noon = Date.UTC(2026, 10, 21, 12)
/** Real ms beyond its own limit after which a life is stuck. */
const graceMs = 20_000

/** Scaled ms until what engine.db forgot must be gone: links live two days, and the bucket is listed daily; one to spare. */
const lateMs = 4 * 24 * 3_600_000

/** Most lives after the planned ones: more than there are faults that kill. */
const maxLives = 20

/** What a run came to. */
export interface RunResult {
  readonly name: string
  readonly kills: number
  readonly evidence: Evidence
  readonly complaints: Complaints
  /** What hinders the run from proving anything: a life that ended with an error, or did not come to rest. */
  readonly troubles: readonly string[]
}

/** Where the files for a run are: the bundled worker, and the fixtures. */
export interface RunPlace {
  readonly worker: string
  readonly fixtures: string
  /** Keeps the folder of a run that went wrong. */
  readonly keep?: boolean
}

/** Runs one plan to its end, and judges what is left. */
export async function run(plan: RunPlan, place: RunPlace): Promise<RunResult> {
  const home = mkdtempSync(join(tmpdir(), 'inbetween-matrix-'))
  mkdirSync(join(home, userDataFolder))
  for (const name of ['clip.mp4', 'a.png', 'b.png'])
    copyFileSync(join(place.fixtures, name), join(home, name))
  const clock = { origin: performance.timeOrigin + performance.now(), noon, scale }
  let child: ChildProcess | undefined
  let kills = 0
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  const platforms = await openPlatforms(plan, home, clock, kill)
  const troubles: string[] = []

  /** True when it ended in order, with nothing left to do. */
  async function live({
    kill: own,
    killAfterMs,
    clock: at = clock,
    onlyTidies = false,
  }: Pick<PlannedLife, 'kill' | 'killAfterMs'> &
    Partial<Pick<Order, 'clock' | 'onlyTidies'>>): Promise<boolean> {
    const order: Order = {
      home,
      clock: at,
      seed: plan.seed,
      platforms: platforms.addresses,
      bucket: platforms.bucket,
      ca: platforms.ca,
      wants: plan.wants,
      kill: own,
      backsUp: plan.backsUp,
      sabotage: plan.sabotage,
      limitMs: plan.limitMs,
      onlyTidies,
    }
    const running = spawn(process.execPath, ['--no-warnings', place.worker, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Hundreds of lives load the same bundle: a fifth of their processor's time otherwise.
      env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(place.worker), 'compiled') },
    })
    child = running
    let told = ''
    let said = ''
    running.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()))
    running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const timers = [
      ...(killAfterMs === null ? [] : [setTimeout(() => void kill(), killAfterMs)]),
      setTimeout(() => {
        troubles.push('a life did not end')
        void kill()
      }, plan.limitMs + graceMs),
    ]
    // The events of a child carry its exit code, or the signal that ended it.
    const [code, signal] = (await once(running, 'close')) as [number | null, string | null]
    for (const timer of timers) clearTimeout(timer)
    if (signal === 'SIGKILL') {
      kills += 1
      return false
    }
    if (code !== 0) troubles.push(`a life ended with ${code}: ${said.slice(-2000)}`)
    else if (said !== '') troubles.push(`a life logged: ${said.slice(0, 2000)}`)
    const { restless } = JSON.parse(told.trim() || '{"restless":[]}') as {
      readonly restless: readonly string[]
    }
    if (restless.length > 0) troubles.push(`did not come to rest: ${restless.join('; ')}`)
    return true
  }

  /** The names of what still lies in the bucket when every link is dead. */
  async function objectsLater(): Promise<readonly string[]> {
    platforms.moveOn(lateMs)
    const later = { ...clock, noon: clock.noon + lateMs }
    await live({ kill: null, killAfterMs: null, clock: later, onlyTidies: true })
    return platforms.objects().map(({ name }) => name)
  }

  let dbLostAt: number | null = null
  try {
    let isOver = false
    for (const life of plan.lives) {
      // A life that is at rest needs no other one, but engine.db may still be changed under it.
      if (!isOver || life.afterwards.length > 0) isOver = await live(life)
      const changes = life.afterwards.filter((what) => between(what, home))
      if (changes.length === 0) continue
      isOver = false
      dbLostAt = platforms.now()
    }
    // The platforms' faults may still kill, each a few times.
    for (let tries = 0; !isOver && tries < maxLives; tries += 1)
      isOver = await live({ kill: null, killAfterMs: null })
    if (!isOver) troubles.push(`killed again and again, ${kills} times`)
  } finally {
    await platforms.close()
  }
  const { paid, objects } = platforms
  const dialects = { ...plan.dialects, ...plan.wrongDialects }
  const outside = { wants: plan.wants, dialects, paid: paid(), objects: objects(), dbLostAt }
  const before = gather(home, { ...outside, objectsLater: [] })
  const isLost = lostWithDatabase(before).length > 0
  const evidence = isLost ? { ...before, objectsLater: await objectsLater() } : before
  await platforms.closeBucket()
  const complaints = judge(evidence, platforms.sha256)
  troubles.push(...platforms.violations().map(({ rule, detail }) => `${rule}: ${detail}`))
  const isWrong =
    troubles.length > 0 || Object.values(complaints).some((list: readonly string[]) => list.length > 0)
  if (place.keep && isWrong) troubles.push(`kept: ${home}`)
  else rmSync(home, { recursive: true, force: true })
  return { name: plan.name, kills, evidence, complaints, troubles }
}

const parts = ['', '-wal'] as const

/** Changes engine.db between two lives; false when there was nothing to change. */
function between(what: Between, home: string): boolean {
  const engine = join(home, userDataFolder, 'engine.db')
  const copy = join(home, 'copy.db')
  switch (what) {
    case 'keep-copy':
      for (const part of parts) if (existsSync(engine + part)) copyFileSync(engine + part, copy + part)
      return false
    case 'put-copy-back':
      if (!existsSync(copy)) return false
      for (const part of [...parts, '-shm']) rmSync(engine + part, { force: true })
      for (const part of parts) if (existsSync(copy + part)) copyFileSync(copy + part, engine + part)
      return true
    case 'damage':
      return damage(engine)
    case 'remove':
      for (const part of [...parts, '-shm']) rmSync(engine + part, { force: true })
      return true
  }
}

/** Nonsense over the database's first pages and all of its WAL. */
function damage(engine: string): boolean {
  for (const path of [engine, `${engine}-wal`]) {
    if (!existsSync(path)) continue
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(Math.min(statSync(path).size, 8192), 0xa5), 0, undefined, 0)
    closeSync(file)
  }
  return existsSync(engine)
}
