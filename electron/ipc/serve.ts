import { AppError, toErrorShape } from '../../shared/error'
import type { Contract, EventData, EventName, Handlers, Reply } from '../../shared/ipc'
import { isTrustedSender, type SenderFrame } from './sender'

/** What `serve` needs of the outside. */
export interface ServeDeps {
  readonly logError: (what: string, error: unknown) => void
}

/**
 * Makes the one function that answers every call of a contract: sender, name, input and output are checked, and a
 * failure becomes a {@link Reply} with a code and a sentence.
 */
export function createServer<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  { logError }: ServeDeps,
) {
  return async (frame: SenderFrame | null, name: unknown, input: unknown): Promise<Reply> => {
    try {
      // SECURITY: before anything is read of the call. Keep it first.
      if (!isTrustedSender(frame)) throw new AppError('forbidden', 'This page may not call Inbetween.')
      return { ok: true, value: await answer(contract, handlers, name, input) }
    } catch (error) {
      const shape = toErrorShape(error)
      if (shape.code === 'internal') logError(`call ${sayable(name)}`, error)
      return { ok: false, error: shape }
    }
  }
}

/** Not `String(name)`: a hostile object makes that throw. */
const sayable = (name: unknown) => (typeof name === 'string' ? name : typeof name)

async function answer<C extends Contract>(contract: C, handlers: Handlers<C>, name: unknown, input: unknown) {
  // Own properties only: `constructor` or `__proto__` must not find anything.
  if (typeof name !== 'string' || !Object.hasOwn(contract.calls, name)) {
    throw new AppError('bad-request', 'Inbetween does not know this call.', sayable(name))
  }
  const declared = contract.calls[name]
  // Handlers<C> has exactly the contract's names; the compiler cannot follow a name that came over the wire.
  const handler = handlers[name as keyof Handlers<C>] as (input: unknown) => unknown
  if (!declared) throw new AppError('bad-request', 'Inbetween does not know this call.', name)
  const parsed = declared.input.safeParse(input)
  if (!parsed.success) {
    throw new AppError('bad-request', 'Inbetween did not understand this request.', parsed.error.message)
  }
  return declared.output.parse(await handler(parsed.data))
}

/** Sends one event to a window. */
export type Emit<C extends Contract> = <E extends EventName<C>>(event: E, data: EventData<C, E>) => void
