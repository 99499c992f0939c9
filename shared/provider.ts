import type { MoneyUnit } from './money'
import type { AspectRatio, Mode, Resolution } from './recipe'
import type { StillType } from './still'

/** The providers that are asked over the network and paid. */
export const remoteProviderIds = ['uniall', 'apiframe', 'krea', 'bytespike', 'inferencesh'] as const
export type RemoteProviderId = (typeof remoteProviderIds)[number]

export const providerIds = ['animatic', ...remoteProviderIds] as const
export type ProviderId = (typeof providerIds)[number]

/** Whether a provider is asked over the network and paid. */
export function isRemote(id: ProviderId): id is RemoteProviderId {
  return id !== 'animatic'
}

/** Whether a provider has a setting, has it not, or takes no notice of it. */
export type Ability = 'yes' | 'no' | 'ignored'

/** How sure a capability is: in the platform's reference, claimed or contradicted by the platform itself, or our guess. */
export type Certainty = 'documented' | 'claimed' | 'assumed'

/** What is less than documented about a capability. */
export interface Doubt {
  readonly certainty: Exclude<Certainty, 'documented'>
  /** One sentence for the user: what is not known, and what may come of it. */
  readonly note: string
  /** Whether the user must say "send anyway": it may well be refused, or paid for in vain. */
  readonly asks: boolean
}

/** How a file gets to a platform: its own upload, a link into the user's bucket, or inside the request itself. */
export type HandOverWay = 'upload' | 'bucket' | 'inline'

/** What a platform takes by one way. */
export interface HandOverRules {
  readonly way: HandOverWay
  /** Bytes of one file. */
  readonly maxBytes: number
  /** Other pictures are handed over as a JPEG copy. */
  readonly types: readonly StillType[]
}

/** What a clip must be to be gone on from. */
export interface SourceRules {
  /** Seconds. */
  readonly minS: number
  readonly maxS: number
  /** Pixels of the shorter side. */
  readonly shortSides: readonly number[]
  /** Frames a second. */
  readonly fps: number
  readonly certainty: Certainty
}

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
  /** Whether people can be kept out. */
  readonly noPeople: Ability
  /** Most reference pictures. */
  readonly maxReferences: number
  /** What a source clip must be; null where none is taken. */
  readonly source: SourceRules | null
  /** Whether the first frame's own shape counts, not the chosen one. */
  readonly shapeFromPicture: boolean
  /** Whether a lost submit can be looked for: the platform lists jobs, or finds one by our own id. */
  readonly canLookUp: boolean
  /** What is not documented; everything else is. */
  readonly doubts: {
    readonly modes?: Readonly<Partial<Record<Mode, Doubt>>>
    readonly aspectRatios?: Readonly<Partial<Record<AspectRatio, Doubt>>>
    readonly referenceDurationsS?: Doubt
    readonly maxPrompt?: Doubt
  }
}

/** One of the ways in which a platform's own documents say it wants its requests. */
export interface Dialect {
  readonly id: string
  readonly name: string
  /** Where it is described, and what differs, for the user. */
  readonly note: string
  /** What differs from the provider's capabilities. */
  readonly capabilities?: Partial<Capabilities>
}

/** A provider as every process knows it. */
export interface Provider {
  readonly id: ProviderId
  readonly name: string
  /** In its first dialect. */
  readonly capabilities: Capabilities
  /** The first is the default; empty where the documents agree. */
  readonly dialects: readonly Dialect[]
  /** How pictures get there, the best way first; empty for what runs on this computer. */
  readonly pictures: readonly HandOverRules[]
  /** How a source clip gets there; empty where none is taken. */
  readonly clips: readonly Omit<HandOverRules, 'types'>[]
  /** Most characters of a pasted address; null where no limit is known. It is of a sister model: it may not hold. */
  readonly maxAddress: number | null
  /** Whether a job at the platform can be called off. */
  readonly canCancel: boolean
  /** Its usual wait in milliseconds by the platform's own page, where it says one. */
  readonly listedWaitMs: number | null
  /** What its bills are in. */
  readonly billedIn: MoneyUnit
  /** Where the user gets a key and sees the bill, in the browser; null for what runs on this computer. */
  readonly pages: { readonly keys: string; readonly billing: string } | null
}
