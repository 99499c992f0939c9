import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClock } from '../../platforms/clock'
import { createS3Server, s3Practice, type S3Server } from '../../platforms/s3/s3'
import type { RemoteProviderId } from '../../../shared/provider'
import { bucketFaultOf, faultOf } from './faults'
import type { BucketPlace, Order, PlatformPlace } from './order'
import type { RunPlan } from './plan'
import { billOf, clipOf, keys, openServer, submitPaths, type Server } from './servers'

/** How often a colleague looks whether there is something to copy, real ms. */
const twinMs = 5

/** Accepted jobs of one want before its plan is the happy one. */
const scripted = 1
const always = 1_000_000

/** An object that lies in the bucket. */
export interface BucketObject {
  readonly name: string
  /** When it was last put there, scaled ms. */
  readonly putAt: number
}

/** A paid request that arrived; its status is null when the connection broke instead of an answer. */
export interface PaidRequest {
  readonly platform: RemoteProviderId
  readonly status: number | null
}

/** The platforms of the plan's wants and the bucket; `kill` ends the program's present life, resolved when it is over. */
export async function openPlatforms(
  plan: RunPlan,
  folder: string,
  clock: Order['clock'],
  kill: () => Promise<void>,
) {
  let movedMs = 0
  const now = () =>
    Math.round(
      clock.noon + movedMs + (performance.timeOrigin + performance.now() - clock.origin) * clock.scale,
    )
  const servers = new Map<RemoteProviderId, Server>()
  for (const { provider } of plan.wants) {
    if (!servers.has(provider)) servers.set(provider, await openServer(provider, plan, { folder, now, kill }))
  }
  const s3 = plan.hasBucket
    ? await createS3Server({ clock: createClock(now), foreignKeys: () => Object.values(keys) })
    : undefined
  for (const { method, times, what } of plan.bucketFaults)
    s3?.faults.add(bucketFaultOf(what, kill), { method, times })

  const fixture = readFileSync(join(folder, 'clip.mp4'))
  const sha256 = new Map<string, string>()
  for (const { marker, provider } of plan.wants) {
    const source = clipOf(fixture, marker, plan.clipBytes)
    const clip = { contentType: 'video/mp4', source }
    sha256.set(marker, createHash('sha256').update(source).digest('hex'))
    servers.get(provider)?.jobs.script(marker, { ...plan.scripts[marker], clip }, scripted)
    servers.get(provider)?.jobs.script(marker, { clip }, always)
  }
  for (const { platform, route, marker, times, what } of plan.faults) {
    const match = { route, times, ...(marker === null ? {} : { intent: marker }) }
    servers.get(platform)?.faults.add(faultOf(what, kill), match)
  }
  const twins = new Set(plan.twins)
  const copying = setInterval(() => {
    for (const { jobs, addForeign } of servers.values()) {
      for (const job of jobs.all()) {
        if (job.foreign || !twins.delete(job.intent)) continue
        addForeign(job.account, job.input)
      }
    }
  }, twinMs)

  const all = [...servers]
  const said: Readonly<Record<string, string>> = { ...plan.dialects, ...plan.wrongDialects }
  return {
    now,
    sha256,
    ca: servers.get('krea')?.secure?.ca ?? null,
    addresses: Object.fromEntries(all.map(([id, server]) => [id, placeOf(id, server, folder, said[id])])),
    bucket: s3 ? bucketPlace(s3) : null,
    violations: () =>
      [...all.map(([, server]) => server), ...(s3 ? [s3] : [])].flatMap((one) => one.record.violations),
    objects: () => (s3 ? objectsIn(s3) : []),
    paid: (): readonly PaidRequest[] =>
      all.flatMap(([platform, { record }]) =>
        record.requests
          .filter(({ method, url }) => method === 'POST' && submitPaths[platform].test(url))
          .map(({ status }) => ({ platform, status })),
      ),
    /** So many scaled ms pass at once, and nothing goes wrong in the bucket any more. */
    moveOn(ms: number) {
      movedMs += ms
      s3?.faults.clear()
    },
    /** Books what has ended, so that the bill is complete; the bucket stays open. */
    async close() {
      clearInterval(copying)
      for (const { jobs } of servers.values()) jobs.settle()
      await Promise.all([...servers.values()].map((server) => server.close()))
    },
    closeBucket: async () => s3?.close(),
  }
}

function placeOf(
  id: RemoteProviderId,
  { origin, secure }: Server,
  folder: string,
  dialect: string | undefined,
): PlatformPlace {
  return {
    origin: secure?.origin ?? origin,
    key: keys[id],
    dialect: dialect ?? null,
    bill: billOf(folder, id),
  }
}

function bucketPlace({ origin }: S3Server): BucketPlace {
  const { region, bucket, accessKeyId, secretAccessKey: secret } = s3Practice
  return { settings: { endpoint: origin, region, bucket, pathStyle: true }, accessKeyId, secret }
}

function objectsIn({ objects, record }: S3Server): readonly BucketObject[] {
  return [...objects().keys()].map((name) => {
    const put = record.requests.findLast(({ method, url }) => method === 'PUT' && url.endsWith(`/${name}`))
    return { name, putAt: put?.at ?? 0 }
  })
}
