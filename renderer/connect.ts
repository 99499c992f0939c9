import type { AppContract } from '../shared/contract'
import { createClient, type Bridge, type Client, type EventData, type EventName } from '../shared/ipc'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly inbetween: Bridge
  }
}

/** The calls the window can make; a failed one throws `AppError`. */
export type AppClient = Client<AppContract>

/** Some calls by name: what a store or a test needs, and nothing else. */
export type Calls<K extends keyof AppClient> = Pick<AppClient, K>

type AppEvent = EventName<AppContract>

/** The window's only ways out. */
export interface Connection {
  readonly client: AppClient
  /** Listens to one event until the returned function is called. */
  readonly on: <E extends AppEvent>(
    event: E,
    listener: (data: EventData<AppContract, E>) => void,
  ) => () => void
  /** Where a dropped file lies on the disk; empty for bytes that came from another program. */
  readonly pathForFile: (file: File) => string
}

/** Wraps the preload's three doors in types. */
export function connect(bridge: Bridge): Connection {
  return {
    client: createClient<AppContract>(bridge),
    on: (event, listener) =>
      bridge.on((name, data) => {
        // The main process checked the data against the contract's schema of this very name before it sent it.
        if (name === event) listener(data as EventData<AppContract, typeof event>)
      }),
    pathForFile: (file) => bridge.pathForFile(file),
  }
}
