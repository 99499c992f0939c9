import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { isGood } from './answer'
import { modelsOf } from './apiframe/apiframe-price'
import { fieldsOf, isFields, parseJson, textOf } from './json'
import { Unreachable, type ApiAnswer, type Send } from './provider'

/** How the body of an error is built; `unknown` is any other way. */
type ErrorShape = 'text' | 'coded' | 'enveloped' | 'problem' | 'unknown'

/** By what a platform is known when it says no (reference/providers.md). */
interface Marks {
  /** The shapes that its documents name. */
  readonly errors: readonly ErrorShape[]
  /** What no other platform says. */
  readonly isSigned?: (answer: ApiAnswer) => boolean
}

const marks: Readonly<Record<RemoteProviderId, Marks>> = {
  // §3.4
  krea: { errors: ['text'] },
  // §2.4; that it tells its models to everybody sets it apart from Krea (§2.6).
  apiframe: { errors: ['text'] },
  // §1.5: unknown, OpenAI's "likely"; so none is foreign by its shape alone.
  uniall: { errors: ['text', 'coded', 'enveloped', 'problem'] },
  // §4.4: its rate headers are on every answer; gateways drop headers, so that their absence says nothing.
  bytespike: { errors: ['coded'], isSigned: ({ headers }) => 'x-quota-remaining-credits' in headers },
  // §5.1: RFC 9457 today, the envelope in older forms.
  inferencesh: { errors: ['problem', 'enveloped'], isSigned: isInferenceshProblem },
}

/**
 * Who gave this answer to a request without a key, when it cannot have been the provider: another platform, or `other`
 * when it is only clear that it was not this one; null when it may be the provider, also where its documents are silent.
 * `send` is without a key too.
 */
export async function strangerAt(
  id: RemoteProviderId,
  answer: ApiAnswer,
  send: Send,
): Promise<RemoteProviderId | 'other' | null> {
  const signer = remoteProviderIds.find((known) => marks[known].isSigned?.(answer))
  if (signer !== undefined) return signer === id ? null : signer
  const shape = shapeOf(answer)
  if (shape !== 'unknown' && !marks[id].errors.includes(shape)) return 'other'
  if (shape !== 'text' || answer.status !== 401) return null
  const tells = await tellsApiframeModels(send)
  if (id === 'apiframe') return tells === false ? 'other' : null
  return tells === true ? 'apiframe' : null
}

function shapeOf({ status, text }: ApiAnswer): ErrorShape {
  const json = parseJson(text)
  if (status < 400 || !isFields(json)) return 'unknown'
  const { success, error, type, title, detail } = json
  if (success === false) return 'enveloped'
  if (textOf(error) !== null) return 'text'
  if (isFields(error) && (textOf(error['message']) ?? textOf(error['code'])) !== null) return 'coded'
  return textOf(type) !== null && (textOf(title) ?? textOf(detail)) !== null ? 'problem' : 'unknown'
}

/** §5.1: the type of each of its problems is an address of its own. */
function isInferenceshProblem({ text }: ApiAnswer): boolean {
  return textOf(fieldsOf(parseJson(text))['type'])?.startsWith('https://api.inference.sh/errors/') ?? false
}

/**
 * `GET /v2/models` needs no key (§2.6); whether the list is in an object is not documented. Null when the answer says
 * nothing either way: a busy platform, or none at this moment.
 */
async function tellsApiframeModels(send: Send): Promise<boolean | null> {
  try {
    const answer = await send({ method: 'GET', path: '/v2/models?modality=video' })
    if (isGood(answer)) return modelsOf(answer.text) !== undefined
    return noList.has(answer.status) ? false : null
  } catch (error) {
    if (error instanceof Unreachable) return null
    throw error
  }
}

/** What an address says that has no list for everybody. */
const noList: ReadonlySet<number> = new Set([401, 403, 404, 405])
