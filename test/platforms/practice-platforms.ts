import type { BucketSettings } from '../../shared/bucket-schema'
import type { RemoteProviderId } from '../../shared/provider'
import { apiframePracticeKey, createApiframeServer } from './apiframe/apiframe'
import { bytespikePracticeKey, createBytespikeServer } from './bytespike/bytespike'
import type { Clock } from './clock'
import { createInferenceshServer, inferenceshPracticeKey } from './inferencesh/inferencesh'
import { createKreaServer, kreaPracticeKey } from './krea/krea'
import { createS3Server, s3Practice, type S3Server } from './s3/s3'
import { createUniallServer, uniallPracticeKey } from './uniall/uniall'

/** Keys that work at the simulated platforms and nowhere else. */
export const practiceKeys: Readonly<Record<RemoteProviderId, string>> = {
  uniall: uniallPracticeKey,
  apiframe: apiframePracticeKey,
  krea: kreaPracticeKey,
  bytespike: bytespikePracticeKey,
  inferencesh: inferenceshPracticeKey,
}

/** Where the platforms and the bucket are, for the application: what the file of `INBETWEEN_PRACTICE` holds. */
export interface PracticeFile {
  readonly platforms: Readonly<Record<RemoteProviderId, { readonly origin: string; readonly key: string }>>
  readonly bucket: {
    readonly settings: BucketSettings
    readonly keys: { readonly accessKeyId: string; readonly secret: string }
  }
}

export type PracticeServers = Awaited<ReturnType<typeof startServers>>

/** All five platforms and the bucket, on this computer. */
export interface PracticePlatforms {
  readonly servers: PracticeServers
  readonly bucket: S3Server
  readonly file: PracticeFile
  readonly close: () => Promise<void>
}

interface PracticeOptions {
  readonly clock: Clock
  /** Run time of a job, milliseconds. */
  readonly runMs: () => number
  /** The folder of the films that clips are cut from; needed in a bundle. */
  readonly films?: string
  /** Which of its own documents ByteSpike keeps to. Default A. */
  readonly bytespikeDialect?: 'A' | 'B'
}

/** Starts them all; an intent is the whole prompt. */
export async function createPracticePlatforms(options: PracticeOptions): Promise<PracticePlatforms> {
  const servers = await startServers(options)
  const { clock } = options
  const bucket = await createS3Server({ clock, foreignKeys: () => Object.values(practiceKeys) })
  const at = (id: RemoteProviderId) => ({ origin: servers[id].origin, key: practiceKeys[id] })
  const { region, accessKeyId, secretAccessKey: secret } = s3Practice
  return {
    servers,
    bucket,
    file: {
      platforms: {
        uniall: at('uniall'),
        apiframe: at('apiframe'),
        krea: at('krea'),
        bytespike: at('bytespike'),
        inferencesh: at('inferencesh'),
      },
      bucket: {
        settings: { endpoint: bucket.origin, region, bucket: s3Practice.bucket, pathStyle: true },
        keys: { accessKeyId, secret },
      },
    },
    async close() {
      await Promise.all([...Object.values(servers), bucket].map(({ close }) => close()))
    },
  }
}

async function startServers({ bytespikeDialect = 'A', ...practice }: PracticeOptions) {
  const options = { ...practice, markerOf: (prompt: string) => prompt }
  return {
    uniall: await createUniallServer(options),
    apiframe: await createApiframeServer(options),
    krea: await createKreaServer(options),
    bytespike: await createBytespikeServer({ ...options, dialect: bytespikeDialect }),
    inferencesh: await createInferenceshServer(options),
  }
}
