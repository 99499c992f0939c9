import type { RemoteProviderId } from '../../../shared/provider'
import type { Send } from '../../providers/provider'

/** A provider with one of the user's keys. */
export interface Connection {
  /** The key's fingerprint: jobs are bound to it. */
  readonly print: string
  readonly send: Send
  /** On a socket of its own, never repeated by itself (design/reliability.md, rule 2). */
  readonly submit: Send
  /** Takes key and signatures out of what a platform said, before it is kept. */
  readonly clean: (text: string) => string
}

/** The keys, as far as the engine needs them. */
export interface Connections {
  /** With the key that new jobs use. */
  readonly current: (provider: RemoteProviderId) => Connection | undefined
  /** With the key of that fingerprint, also one that was replaced. */
  readonly byPrint: (provider: RemoteProviderId, print: string) => Connection | undefined
  /** Without a key, for what the platform tells everybody; at another origin, to see what is there. */
  readonly anonymous: (provider: RemoteProviderId, origin?: string) => Send
  /** By the key's fingerprint: the platform said no to it. */
  readonly isRefused: (print: string) => boolean
  readonly refused: (print: string) => void
  readonly accepted: (print: string) => void
}
