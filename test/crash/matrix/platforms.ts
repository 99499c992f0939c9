import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, htmlPage, json } from '../../platforms/answer'
import { apiframePracticeKey, createApiframeServer } from '../../platforms/apiframe'
import type { BodyFault } from '../../platforms/body-fault'
import { createClock } from '../../platforms/clock'
import type { Fault } from '../../platforms/faults'
import { createKreaServer, kreaPracticeKey } from '../../platforms/krea'
import { createRecord } from '../../platforms/record'
import { createResultHost, type ResultHost } from '../../platforms/result-host'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Order } from './order'
import type { PlannedBodyFault, PlannedFault, RunPlan } from './plan'

/** How often a colleague looks whether there is something to copy, real ms. */
const twinMs = 5

/** Accepted jobs of one want before its plan is the happy one. */
const scripted = 1
const always = 1_000_000
/** Scaled ms: a run on a busy computer may take hours of its own time, and dead pictures are no subject here. */
const uploadTtlMs = 7 * 24 * 3_600_000

/** A clip of its own for every want: the fixture, and a free box that holds the marker. */
export function clipOf(fixture: Buffer, marker: string, bytes: number): Buffer {
  const box = Buffer.alloc(Math.max(64 + marker.length, bytes - fixture.length))
  box.writeUInt32BE(box.length, 0)
  box.write(`free${marker}`, 4)
  return Buffer.concat([fixture, box])
}

/** Both platforms, as the plan wants them; `kill` ends the program's present life and resolves when it is over. */
export async function openPlatforms(
  plan: RunPlan,
  folder: string,
  clock: Order['clock'],
  kill: () => Promise<void>,
) {
  const fixture = readFileSync(join(folder, 'clip.mp4'))
  const now = () =>
    Math.round(clock.noon + (performance.timeOrigin + performance.now() - clock.origin) * clock.scale)
  const record = createRecord()
  const hostFor = async (id: RemoteProviderId, key: string) =>
    faultyHost(await createResultHost({ clock: createClock(now), record, keys: () => [key] }), id, plan, kill)
  const hosts = {
    krea: await hostFor('krea', kreaPracticeKey),
    apiframe: await hostFor('apiframe', apiframePracticeKey),
  }
  const options = (id: RemoteProviderId) => ({
    clock: createClock(now),
    record,
    host: hosts[id],
    billFile: join(folder, `${id}.bill`),
    clip: { contentType: 'video/mp4', source: clipOf(fixture, 'foreign', plan.clipBytes) },
  })
  const ttl = { linkTtlMs: plan.linkTtlMs, resultTtlMs: plan.resultTtlMs }
  const krea = await createKreaServer({ ...options('krea'), ...ttl, http2: plan.http2 })
  const apiframe = await createApiframeServer({
    ...options('apiframe'),
    uploadTtlMs,
    ...(plan.resultTtlMs === null ? {} : { resultTtlMs: plan.resultTtlMs }),
  })
  const servers = { krea, apiframe }
  const sha256 = new Map<string, string>()
  for (const { marker, provider } of plan.wants) {
    const source = clipOf(fixture, marker, plan.clipBytes)
    const clip = { contentType: 'video/mp4', source }
    sha256.set(marker, createHash('sha256').update(source).digest('hex'))
    servers[provider].jobs.script(marker, { ...plan.scripts[marker], clip }, scripted)
    servers[provider].jobs.script(marker, { clip }, always)
  }
  for (const { platform, route, marker, times, what } of plan.faults) {
    const match = { route, times, ...(marker === null ? {} : { intent: marker }) }
    servers[platform].faults.add(faultOf(what, kill), match)
  }
  const twins = new Set(plan.twins)
  const copying = setInterval(() => {
    for (const { jobs, addForeign } of Object.values(servers)) {
      for (const job of jobs.all()) {
        if (job.foreign || !twins.delete(job.intent)) continue
        addForeign(job.account, job.input)
      }
    }
  }, twinMs)

  return {
    sha256,
    ca: krea.secure?.ca ?? null,
    addresses: {
      krea: {
        origin: krea.secure?.origin ?? krea.origin,
        key: kreaPracticeKey,
        bill: join(folder, 'krea.bill'),
      },
      apiframe: { origin: apiframe.origin, key: apiframePracticeKey, bill: join(folder, 'apiframe.bill') },
    },
    violations: () => record.violations,
    /** Books what has ended, so that the bill is complete. */
    async close() {
      clearInterval(copying)
      for (const { jobs } of Object.values(servers)) jobs.settle()
      await Promise.all([krea, apiframe, hosts.krea, hosts.apiframe].map((server) => server.close()))
    },
  }
}

/** A host on which the first clip has the plan's faults; uploaded pictures lie there, too, and have none. */
function faultyHost(
  host: ResultHost,
  id: RemoteProviderId,
  { bodyFaults }: RunPlan,
  kill: () => Promise<void>,
): ResultHost {
  let planned = bodyFaults.filter(({ platform }) => platform === id)
  return {
    ...host,
    add(file) {
      const fileId = host.add(file)
      if (file.contentType !== 'video/mp4') return fileId
      for (const { what, times } of planned) host.faults.add(bodyFaultOf(what, kill), { fileId, times })
      planned = []
      return fileId
    },
  }
}

/** Gives its promise when it is first asked for, and begins only then: the servers ask when the fault strikes. */
function lazily(work: () => Promise<void>): { readonly until: Promise<void> } {
  let begun: Promise<void> | undefined
  return {
    get until() {
      begun ??= work()
      return begun
    },
  }
}

function faultOf(what: PlannedFault['what'], kill: () => Promise<void>): Fault {
  switch (what.kind) {
    case 'kill':
      return Object.assign(lazily(kill), { kind: 'hold', acted: what.acted } as const)
    case 'hold':
      return Object.assign(
        lazily(() => sleep(what.ms)),
        { kind: 'hold', acted: what.acted } as const,
      )
    case 'error':
      return {
        kind: 'answer',
        acted: what.acted,
        answer: failure(what.status, 'not now', what.status === 429 ? 10 : undefined),
      }
    case 'html':
      return { kind: 'answer', acted: what.acted, answer: htmlPage(what.status) }
    case 'no-id':
      return { kind: 'answer', acted: true, answer: json(200, { status: 'queued' }) }
    case 'cut':
    case 'stale-socket':
    case 'refused-stream':
    case 'cut-in-answer':
      return what
  }
}

function bodyFaultOf(what: PlannedBodyFault['what'], kill: () => Promise<void>): BodyFault {
  switch (what.kind) {
    case 'kill':
      return Object.assign(lazily(kill), { kind: 'stall', afterBytes: what.afterBytes } as const)
    case 'content-type':
      return { kind: 'content-type', contentType: 'text/html' }
    case 'shifted-range':
      return { kind: 'shifted-range', byBytes: 7 }
    case 'error':
      return { kind: 'answer', answer: htmlPage(what.status) }
    case 'cut':
    case 'truncated':
    case 'no-range':
      return what
  }
}
