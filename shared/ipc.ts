import type { z } from 'zod'
import { AppError, type ErrorShape } from './error'

/** One call: what goes in, what comes out. Both are checked, in the main process. */
export interface Call<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly input: In
  readonly output: Out
}

/** Declares one call of a contract. */
export function call<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out> {
  return { input, output }
}

/** The calls a window can make and the events it can get. */
export interface Contract {
  readonly calls: Readonly<Record<string, Call>>
  readonly events: Readonly<Record<string, z.ZodType>>
}

type CallName<C extends Contract> = keyof C['calls'] & string
export type EventName<C extends Contract> = keyof C['events'] & string
export type EventData<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>

/** One function per call, as the main process implements it. */
export type Handlers<C extends Contract> = {
  readonly [K in CallName<C>]: (
    input: z.output<C['calls'][K]['input']>,
  ) => Promise<z.input<C['calls'][K]['output']>> | z.input<C['calls'][K]['output']>
}

/** One function per call, as the window sees it; a failed call throws {@link AppError}. */
export type Client<C extends Contract> = {
  readonly [K in CallName<C>]: (
    input: z.input<C['calls'][K]['input']>,
  ) => Promise<z.output<C['calls'][K]['output']>>
}

/** What answers a call over the wire: Electron would flatten a thrown error to text. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorShape }

/** The three doors of the preload, and all a window has of the outside. */
export interface Bridge {
  readonly call: (name: string, input: unknown) => Promise<Reply>
  readonly on: (listener: (event: string, data: unknown) => void) => () => void
  readonly pathForFile: (file: unknown) => string
}

/** The only two channels there are. */
export const callChannel = 'call'
export const eventChannel = 'event'

/** Makes the typed client of a contract; the contract is a type only, so no schema reaches the window. */
export function createClient<C extends Contract>(bridge: Pick<Bridge, 'call'>): Client<C> {
  const invoke = (name: string) => async (input: unknown) => {
    const reply = await bridge.call(name, input)
    if (reply.ok) return reply.value
    const { code, message, details, fields } = reply.error
    throw new AppError(code, message, details, fields)
  }
  const functions = new Map<string, ReturnType<typeof invoke>>()
  // The proxy makes each function from its name; Client<C> is exactly that map, which no literal could spell.
  return new Proxy({} as Client<C>, {
    get(_target, name) {
      if (typeof name !== 'string') return undefined
      const known = functions.get(name)
      if (known) return known
      const made = invoke(name)
      functions.set(name, made)
      return made
    },
  })
}
