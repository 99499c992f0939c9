import { AppError } from '../../../shared/error'
import { formatMoney } from '../../../shared/money'
import { providers } from '../../../shared/providers'
import { isFields, parseJson } from '../../providers/json'
import {
  Unreachable,
  type ApiAnswer,
  type Problem,
  type RemoteProvider,
  type Send,
} from '../../providers/provider'
import { strangerAt } from '../../providers/stranger'

/**
 * Asks what is at another address, without any key: the platform there says that it wants one, in its own way.
 *
 * @throws AppError when nobody answers, or something else does
 */
export async function askWithoutKey(provider: RemoteProvider, send: Send, origin: string): Promise<void> {
  const { name } = provider
  const { host } = new URL(origin)
  try {
    let said: ApiAnswer | undefined
    const test = await provider.testKey(async (request) => (said = await send(request)))
    const problem = test.kind === 'problem' ? test.problem : undefined
    // Pages for members, firewalls and file stores say no as well, but not in JSON.
    const isJson = said !== undefined && isFields(parseJson(said.text))
    const stranger = said && isJson ? await strangerAt(provider.id, said, send) : 'other'
    // Without a problem it told everybody: a gateway of the user's own that adds the key.
    const isLike = !problem || ['key-refused', 'forbidden', 'rate-limited'].includes(problem.kind)
    if (stranger === null && isLike) return
    const like =
      stranger === null || stranger === 'other' ? ', but not' : ` like ${providers[stranger].name}, not`
    const message = `${host} answers${like} like ${name}. No key was sent there; check the address.`
    throw new AppError('bad-request', message, problem?.message)
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    const message = `Nobody answers at ${host}. No key was sent there; check the address, or ${name} stays at its own.`
    throw new AppError('provider-down', message, error.message)
  }
}

/** Why a key could not be tested, or was refused, for the user. */
export function testFailure(name: string, problem: Problem): AppError {
  const details = problem.message
  switch (problem.kind) {
    case 'key-refused':
      return new AppError(
        'key-refused',
        `${name} refused this key. Nothing was charged. Copy it again from the console.`,
        details,
      )
    case 'forbidden':
      return new AppError(
        'forbidden',
        `${name} knows this key, but it may not be used for this. Check its permissions.`,
        details,
      )
    case 'out-of-credit': {
      const left = problem.available ? ` (${formatMoney(problem.available)} left)` : ''
      return new AppError(
        'out-of-credit',
        `${name} takes the key, but the account has no credit${left}.`,
        details,
      )
    }
    case 'blocked':
    case 'conflict':
    case 'invalid':
    case 'model-unavailable':
    case 'not-found':
    case 'rate-limited':
    case 'too-large':
    case 'unreadable':
    case 'upstream':
    case 'wrong-dialect':
      return new AppError(
        'provider-failed',
        `${name} answered with an error, so the key was not tested.`,
        details,
      )
  }
}
