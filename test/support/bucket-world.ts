import { onTestFinished } from 'vitest'
import { createBucketDesk } from '../../electron/bucket/bucket-desk'
import { createHttp } from '../../electron/providers/http/http'
import type { BucketSettings } from '../../shared/bucket-schema'
import type { BucketStatus } from '../../shared/provider-status-schema'
import { createClock } from '../platforms/clock'
import { createS3Server, s3Practice, type S3Options } from '../platforms/s3/s3'
import { keyComputer } from './key-system'

/** A store on this computer, with the settings and the keys that open it. */
export async function bucketStore(now: () => number, options: S3Options = {}) {
  const server = await createS3Server({ clock: createClock(now), ...options })
  onTestFinished(() => server.close())
  const { accessKeyId, secretAccessKey: secret, region, bucket } = { ...s3Practice, ...options }
  const settings: BucketSettings = { endpoint: server.origin, region, bucket, pathStyle: true }
  return { server, settings, keys: { accessKeyId, secret }, names: () => [...server.objects().keys()] }
}

/** The desk of the user's bucket with a real vault and the real network; settings in memory. */
export function bucketDeskScene(now: () => number, computer = keyComputer()) {
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const told: BucketStatus[] = []
  const ownHosts = new Set<string>()
  const saved = { settings: null as BucketSettings | null }
  const needed = { isStillNeeded: (_print: string) => false }
  const vault = computer.vault()
  const desk = createBucketDesk({
    vault,
    settings: { bucket: () => saved.settings, setBucket: (settings) => void (saved.settings = settings) },
    send: http.elsewhere,
    ownHosts,
    allowLoopback: true,
    isStillNeeded: (print) => needed.isStillNeeded(print),
    onStatus: (status) => told.push(status),
    now,
  })
  return { desk, vault, computer, told, ownHosts, saved, needed }
}
