import { AppError } from '../../../shared/error'
import type { Job } from '../../../shared/job-schema'
import { free, usd } from '../../../shared/money'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import type { Still } from '../../../shared/still-schema'
import type { Memory } from '../../../renderer/ui/remembered'
import { idOf, noon, sampleRecipe } from '../../support/samples'

/** A still whose id holds the number. */
export function stillOf(number: number, change: Partial<Still> = {}): Still {
  const id = number.toString(16).padStart(64, '0')
  return { id, type: 'png', width: 1920, height: 1080, bytes: 1000, name: `${number}.png`, ...change }
}

/** A job as the window gets it. */
export function jobOf(change: Partial<Job> = {}): Job {
  return {
    id: idOf(7),
    provider: 'animatic',
    recipe: sampleRecipe(),
    state: 'waiting',
    wait: { kind: 'turn', until: null, overMicros: null, cap: null },
    word: null,
    progress: 0,
    download: null,
    quote: free,
    charged: null,
    billing: 'none',
    error: null,
    clipId: null,
    remoteId: null,
    cancelRequested: false,
    held: false,
    paused: false,
    lookUps: 0,
    canLookUp: true,
    replacedBy: null,
    replaces: null,
    position: 1,
    submittedAt: null,
    createdAt: noon,
    updatedAt: noon,
    ...change,
  }
}

/** A job at Krea for 84 cents by its price list. */
export function paidJobOf(change: Partial<Job> = {}): Job {
  const quote = { certainty: 'listed', amount: usd(0.84) } as const
  return jobOf({ provider: 'krea', quote, billing: 'estimated', ...change })
}

/** A provider with a key that answers. */
export function statusOf(change: Partial<ProviderStatus> = {}): ProviderStatus {
  return {
    id: 'krea',
    key: { kind: 'stored', last4: '4f2a', backend: 'GNOME Keyring', refused: false },
    health: { kind: 'ok' },
    balance: null,
    address: { origin: 'https://api.krea.ai', isDefault: true },
    dialect: null,
    outcomes: { done: 0, failed: 0, refused: 0 },
    limits: { concurrency: 2, jobMicros: null, dayMicros: null, creditMicros: null },
    monthSpend: [],
    clips: 0,
    usualWaitMs: null,
    ...change,
  }
}

/** What a window remembers, without a browser. */
export function memoryOf(
  entries: Readonly<Record<string, string>> = {},
): Memory & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(entries))
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

/** A failure as a call throws it. */
export const diskFull = new AppError('disk-full', 'The disk is full.')

/** A call that is not expected here. */
export function unexpected(): never {
  throw new Error('This call is not expected')
}

/** Lets everything that waits for an answer go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
