import { onTestFinished } from 'vitest'
import type { BucketSettings } from '../../../shared/bucket-schema'
import { createBucket, type BucketDeps } from '../../../electron/bucket/bucket'
import type { ElsewhereRequest, Elsewhere } from '../../../electron/providers/provider'
import { Redacted } from '../../../electron/keys/redacted'
import { createHttp } from '../../../electron/providers/http/http'
import { createS3Server, s3Practice, type S3Options } from '../../platforms/s3/s3'

export const keyText = `${s3Practice.accessKeyId}:${s3Practice.secretAccessKey}`

/** A bucket against the real server over the real network side; `sent` is all that went out. */
export async function bucketScene(
  scene: {
    readonly server?: S3Options
    readonly settings?: Partial<BucketSettings>
    readonly deps?: Partial<BucketDeps>
  } = {},
) {
  const server = await createS3Server(scene.server)
  onTestFinished(() => server.close())
  const settings = {
    endpoint: server.origin,
    region: s3Practice.region,
    bucket: s3Practice.bucket,
    pathStyle: true,
    ...scene.settings,
  }
  const elsewhere = realSend()
  const sent: ElsewhereRequest[] = []
  const send: Elsewhere = (request) => {
    sent.push(request)
    return elsewhere(request)
  }
  let made = 0
  const bucket = createBucket({
    settings,
    keys: new Redacted(keyText),
    send,
    now: server.clock.now,
    random: () => (made += 1).toString(16).padStart(32, '0'),
    allowLoopback: true,
    ...scene.deps,
  })
  return { server, bucket, sent, settings }
}

/** The network side that the application uses, closed with the test. */
export function realSend(): Elsewhere {
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  return (request) => http.elsewhere(request)
}

export const picture = new Blob(['the picture'])
