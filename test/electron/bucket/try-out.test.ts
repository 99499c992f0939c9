import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { BucketSettings } from '../../../shared/bucket-schema'
import { Redacted } from '../../../electron/keys/redacted'
import { htmlPage, type Answer } from '../../platforms/answer'
import { s3Practice, type S3Options } from '../../platforms/s3/s3'
import { denied, refusing, unavailable, type S3Fault } from '../../platforms/s3/s3-faults'
import { failureOf } from '../../support/failure'
import { bucketScene, keyText } from './scene'

const minute = 60_000
const name = 'inbetween/00000000000000000000000000000001.txt'
const { bucket: bucketName, accessKeyId, secretAccessKey } = s3Practice
const answering = (answer: Answer): S3Fault => ({ kind: 'answer', answer })
const text = (status: number, body: string, headers: Record<string, string> = {}): S3Fault =>
  answering({ status, headers, body: { text: body, contentType: 'text/plain' } })

test('all is well: put, opened without credentials, deleted', async () => {
  const { server, bucket, sent } = await bucketScene()
  await bucket.test()
  expect(sent.map(({ method, headers }) => [method, 'authorization' in headers])).toEqual([
    ['PUT', true],
    ['GET', false],
    ['DELETE', true],
  ])
  expect(sent[1]?.headers).toEqual({})
  expect([server.objects().size, server.deletions()]).toEqual([0, [name]])
  expect(sent[0]?.url.endsWith(`/${bucketName}/${name}`)).toBe(true)
})

interface Case {
  readonly server?: S3Options
  readonly settings?: Partial<BucketSettings>
  readonly keys?: string
  readonly faults?: readonly { readonly method: string; readonly fault: S3Fault }[]
  readonly code: string
  readonly message: string | RegExp
}

const cases: Readonly<Record<string, Case>> = {
  'wrong bucket': {
    settings: { bucket: 'another-bucket' },
    code: 'not-found',
    message: /^127.0.0.1:\d+ has no bucket “another-bucket”\. Check the bucket’s name/,
  },
  'wrong key id': {
    keys: `ANOTHER:${secretAccessKey}`,
    code: 'key-refused',
    message: /does not know this access key id\. Paste the access key id/,
  },
  'wrong key id on R2': {
    faults: [{ method: 'PUT', fault: refusing({ code: 'Unauthorized', message: 'Unauthorized' }) }],
    code: 'key-refused',
    message: /does not know this access key id/,
  },
  'the secret pasted as the key id, on R2': {
    faults: [
      {
        method: 'PUT',
        fault: refusing({
          code: 'InvalidArgument',
          message: 'Credential access key has length 64, should be 32',
        }),
      },
    ],
    code: 'key-refused',
    message: /does not know this access key id/,
  },
  'wrong secret': {
    keys: `${accessKeyId}:${secretAccessKey}x`,
    code: 'key-refused',
    message:
      /did not accept the signature: the secret does not belong to this access key id\. Paste both again/,
  },
  'wrong region': {
    settings: { region: 'us-east-1' },
    code: 'bad-request',
    message: `The bucket “${bucketName}” is in the region eu-central-1, not in us-east-1. Set the region to eu-central-1.`,
  },
  'wrong region, told by a redirect': {
    faults: [
      {
        method: 'PUT',
        fault: text(301, '<Error><Code>PermanentRedirect</Code></Error>', {
          'x-amz-bucket-region': 'eu-west-1',
        }),
      },
    ],
    code: 'bad-request',
    message: /is in the region eu-west-1, not in eu-central-1/,
  },
  'wrong endpoint, the right one not told': {
    faults: [{ method: 'PUT', fault: refusing({ code: 'PermanentRedirect', message: 'Elsewhere' }) }],
    code: 'bad-request',
    message: /is not in the region eu-central-1, or not at 127.0.0.1:\d+\./,
  },
  'clock behind': {
    server: { skewMs: 20 * minute },
    code: 'bad-request',
    message: /^This computer’s clock is 20 minutes behind that of 127.0.0.1:\d+\. .*\. Set the clock/,
  },
  'clock ahead': {
    server: { skewMs: -3 * 60 * minute },
    code: 'bad-request',
    message: /^This computer’s clock is 3 hours ahead of that of/,
  },
  'clock more than a year behind': {
    server: { skewMs: 400 * 1440 * minute },
    code: 'bad-request',
    message: /^This computer’s clock is 400 days behind that of/,
  },
  'may not put': {
    faults: [{ method: 'PUT', fault: denied }],
    code: 'forbidden',
    message: `These access keys may not put files into the bucket “${bucketName}”. Allow them to write objects (s3:PutObject).`,
  },
  'may not get': {
    faults: [{ method: 'GET', fault: denied }],
    code: 'forbidden',
    message: `A link made with these access keys does not open the file in the bucket “${bucketName}”. Allow them to read objects (s3:GetObject).`,
  },
  'may not delete': {
    faults: [{ method: 'DELETE', fault: denied }],
    code: 'forbidden',
    message: `These access keys may not delete files from the bucket “${bucketName}”, so ${name} stays there. Allow them to delete objects (s3:DeleteObject), and delete it yourself.`,
  },
  'may neither get nor delete': {
    faults: [
      { method: 'GET', fault: denied },
      { method: 'DELETE', fault: denied },
    ],
    code: 'forbidden',
    message:
      /Allow them to read objects \(s3:GetObject\)\. The test’s small file inbetween\/\w+\.txt is still in the bucket\.$/,
  },
  busy: {
    faults: [{ method: 'PUT', fault: unavailable }],
    code: 'provider-down',
    message: /cannot take the file just now\. Try again later\.$/,
  },
  'a gateway’s page': {
    faults: [{ method: 'PUT', fault: answering(htmlPage(404)) }],
    code: 'unknown-answer',
    message: /does not answer as an S3-compatible store does\. Check the endpoint/,
  },
  'a site that says yes to everything': {
    faults: [
      { method: 'PUT', fault: text(200, '') },
      { method: 'GET', fault: text(200, 'welcome') },
    ],
    code: 'damaged',
    message: /gave back another file than was put there/,
  },
  'words of the store’s own': {
    faults: [
      { method: 'PUT', fault: text(400, '<Error><Code>Odd</Code><Message>It &amp; you</Message></Error>') },
    ],
    code: 'provider-failed',
    message: /did not take the file: “It & you”\./,
  },
  'cut while it is opened': {
    faults: [{ method: 'GET', fault: { kind: 'cut', acted: false } }],
    code: 'provider-down',
    message: /ended without an answer .* Check the endpoint and your connection, and try again\.$/,
  },
}

test.each(Object.entries(cases))('%s', async (_what, scene) => {
  const { server, bucket } = await bucketScene({
    ...(scene.server ? { server: scene.server } : {}),
    ...(scene.settings ? { settings: scene.settings } : {}),
    deps: { keys: new Redacted(scene.keys ?? keyText) },
  })
  for (const { method, fault } of scene.faults ?? []) server.faults.add(fault, { method, times: Infinity })
  const error = await failureOf(bucket.test)
  expect(error.code).toBe(scene.code)
  expect(error.message).toMatch(scene.message)
  // Nothing stays behind, except where that is said.
  expect(server.objects().has(name)).toBe(error.message.includes(name))
})

test('nobody answers at the endpoint', async () => {
  const listening = createServer().listen(0, '127.0.0.1')
  await once(listening, 'listening')
  // A server that listens on TCP has an AddressInfo.
  const { port } = listening.address() as AddressInfo
  listening.close()
  await once(listening, 'close')
  const { bucket } = await bucketScene({ settings: { endpoint: `http://127.0.0.1:${port}` } })
  const error = await failureOf(bucket.test)
  expect([error.code, error.message]).toEqual([
    'provider-down',
    `127.0.0.1:${port} cannot be reached (ECONNREFUSED). Nothing was sent. Check the endpoint and your connection, and try again.`,
  ])
})
