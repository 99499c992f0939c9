import { AppError, type ErrorCode } from '../../shared/error'
import { withoutSecrets } from '../providers/secrets'
import { readRefusal, refusalDetails, type Refusal } from './refusal'
import type { ApiAnswer } from '../providers/provider'

/** What was wanted of the bucket. */
export type Action = 'put' | 'get' | 'delete' | 'list'

/** What the words are about. */
export interface Wanted {
  readonly action: Action
  /** Name of the object, or what the names to be listed begin with. */
  readonly name: string
  readonly host: string
  readonly bucket: string
  readonly region: string
}

const codes: Readonly<Record<Refusal['kind'], ErrorCode>> = {
  'key-id': 'key-refused',
  secret: 'key-refused',
  bucket: 'not-found',
  denied: 'forbidden',
  region: 'bad-request',
  clock: 'bad-request',
  busy: 'provider-down',
  stranger: 'unknown-answer',
  other: 'provider-failed',
}

/** The store's refusal as the user is told of it. `now` is when it came, milliseconds. */
export function refused(answer: ApiAnswer, wanted: Wanted, now: number): AppError {
  const refusal = readRefusal(answer, now)
  // SECURITY: a store may quote our own link or header in its message.
  const clean = (text: string) => withoutSecrets(text, null)
  return new AppError(codes[refusal.kind], clean(words(refusal, wanted)), clean(refusalDetails(answer)))
}

function words(refusal: Refusal, { action, name, host, bucket, region }: Wanted): string {
  switch (refusal.kind) {
    case 'key-id':
      return `${host} does not know this access key id. Paste the access key id and its secret again.`
    case 'secret':
      return `${host} did not accept the signature: the secret does not belong to this access key id. Paste both again.`
    case 'bucket':
      return `${host} has no bucket “${bucket}”. Check the bucket’s name and the endpoint.`
    case 'denied':
      return denied(action, name, bucket)
    case 'region':
      return refusal.expected === null || refusal.expected === region
        ? `The bucket “${bucket}” is not in the region ${region}, or not at ${host}. Set the region and the endpoint that the page of your bucket shows.`
        : `The bucket “${bucket}” is in the region ${refusal.expected}, not in ${region}. Set the region to ${refusal.expected}.`
    case 'clock':
      return `${clock(refusal.aheadMs, host)} It takes no requests that are more than 15 minutes off. Set the clock and try again.`
    case 'busy':
      return `${host} cannot ${verbs[action]} just now. Try again later.`
    case 'stranger':
      return `${host} does not answer as an S3-compatible store does. Check the endpoint.`
    case 'other':
      return `${host} did not ${verbs[action]}: “${refusal.words}”. Check the settings of the bucket.`
  }
}

const verbs: Readonly<Record<Action, string>> = {
  put: 'take the file',
  get: 'give the file back',
  delete: 'delete the file',
  list: 'list the files',
}

function denied(action: Action, name: string, bucket: string): string {
  switch (action) {
    case 'put':
      return `These access keys may not put files into the bucket “${bucket}”. Allow them to write objects (s3:PutObject).`
    case 'get':
      return `A link made with these access keys does not open the file in the bucket “${bucket}”. Allow them to read objects (s3:GetObject).`
    case 'delete':
      return `These access keys may not delete files from the bucket “${bucket}”, so ${name} stays there. Allow them to delete objects (s3:DeleteObject), and delete it yourself.`
    case 'list':
      return `These access keys may not list the bucket “${bucket}”, so files that a lost database forgot stay there. Nothing else needs it; to have them deleted, allow listing ${name} (s3:ListBucket).`
  }
}

function clock(aheadMs: number | null, host: string): string {
  if (aheadMs === null) return `The clocks of this computer and of ${host} do not agree.`
  return `This computer’s clock is ${span(Math.abs(aheadMs))} ${aheadMs < 0 ? 'behind' : 'ahead of'} that of ${host}.`
}

/** In the largest unit that fits twice. */
function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  return minutes < 2 * 1440 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`
}
