import type { MoneyUnit } from './money'
import type { AspectRatio, Mode, Resolution } from './recipe'

export const providerIds = ['animatic', 'krea', 'apiframe'] as const
export type ProviderId = (typeof providerIds)[number]

/** The providers that are asked over the network and paid. */
export const remoteProviderIds = ['krea', 'apiframe'] as const satisfies readonly ProviderId[]
export type RemoteProviderId = (typeof remoteProviderIds)[number]

/** Whether a provider is asked over the network and paid. */
export function isRemote(id: ProviderId): id is RemoteProviderId {
  return id !== 'animatic'
}

/** Whether a provider has a setting, has it not, or takes no notice of it. */
export type Ability = 'yes' | 'no' | 'ignored'

/** What a provider accepts, as data; the composer shows only that. */
export interface Capabilities {
  readonly modes: readonly Mode[]
  /** Whole seconds. */
  readonly durationsS: readonly number[]
  /** With reference pictures, where that differs. */
  readonly referenceDurationsS: readonly number[] | null
  readonly resolutions: readonly Resolution[]
  readonly aspectRatios: readonly AspectRatio[]
  /** Most characters of a prompt. */
  readonly maxPrompt: number
  /** Whether a prompt must be there even with pictures. */
  readonly needsPrompt: boolean
  readonly audio: Ability
  readonly negativePrompt: Ability
  /** Most characters of a negative prompt. */
  readonly maxNegativePrompt: number
  readonly seed: Ability
}

/** A provider as every process knows it. */
export interface Provider {
  readonly id: ProviderId
  readonly name: string
  readonly capabilities: Capabilities
  /** Whether a job at the platform can be called off. */
  readonly canCancel: boolean
  /** Its usual wait in milliseconds by the platform's own page, where it says one. */
  readonly listedWaitMs: number | null
  /** What its bills are in. */
  readonly billedIn: MoneyUnit
  /** Where the user gets a key and sees the bill, in the browser; null for what runs on this computer. */
  readonly pages: { readonly keys: string; readonly billing: string } | null
}
