import type { RemoteProviderId } from '../../../shared/provider'
import type { Random } from './random'

/** Something that goes wrong at a platform, so often, for requests to one of its routes. */
export interface PlannedFault {
  readonly platform: RemoteProviderId
  /** `put`: the bytes of an upload in two steps. */
  readonly route: 'submit' | 'list' | 'job' | 'upload' | 'put'
  /** Of one want; of any for null. */
  readonly marker: string | null
  readonly times: number
  readonly what:
    | { readonly kind: 'cut' | 'stale-socket' | 'refused-stream'; readonly acted: boolean }
    | { readonly kind: 'cut-in-answer' }
    /** The program is killed while the platform has the request: before, or after it acted. */
    | { readonly kind: 'kill'; readonly acted: boolean }
    /** The answer comes so many real ms late. */
    | { readonly kind: 'hold'; readonly acted: boolean; readonly ms: number }
    | { readonly kind: 'error'; readonly status: number; readonly acted: boolean }
    | { readonly kind: 'html'; readonly status: number; readonly acted: boolean }
    /** 2xx, and no id in it. */
    | { readonly kind: 'no-id' }
}

/** Something that goes wrong with the next downloads from a platform's result host. */
export interface PlannedBodyFault {
  readonly platform: RemoteProviderId
  readonly times: number
  readonly what:
    | { readonly kind: 'cut'; readonly afterBytes: number }
    | { readonly kind: 'truncated'; readonly bytes: number }
    | { readonly kind: 'kill'; readonly afterBytes: number }
    | { readonly kind: 'content-type' }
    | { readonly kind: 'no-range' }
    | { readonly kind: 'shifted-range' }
    | { readonly kind: 'error'; readonly status: number }
}

/** Something that goes wrong in the user's bucket. */
export interface PlannedBucketFault {
  /** GET: the list of our objects. */
  readonly method: 'PUT' | 'DELETE' | 'GET'
  readonly times: number
  readonly what:
    | { readonly kind: 'cut'; readonly acted: boolean }
    /** 503, and nothing done. */
    | { readonly kind: 'unavailable' }
    /** 403, and nothing done. */
    | { readonly kind: 'denied' }
    /** The program is killed when it is done, and before it is answered. */
    | { readonly kind: 'kill' }
}

/** What goes wrong at the platform of a want. */
export function planFaults(
  random: Random,
  { marker, platform }: { readonly marker: string; readonly platform: RemoteProviderId },
): readonly PlannedFault[] {
  const faults: PlannedFault[] = []
  const add = (route: PlannedFault['route'], what: PlannedFault['what'], times = 1) =>
    faults.push({
      platform,
      route,
      marker: route === 'submit' || route === 'job' ? marker : null,
      times: what.kind === 'kill' ? 1 : times,
      what,
    })
  const acted = random.chance(0.6)
  if (random.chance(0.6)) {
    add(
      'submit',
      random.pick<PlannedFault['what']>([
        { kind: 'cut', acted },
        { kind: 'kill', acted },
        { kind: 'kill', acted },
        { kind: 'error', status: random.pick([500, 502, 503, 504]), acted },
        { kind: 'error', status: 429, acted: false },
        { kind: 'error', status: random.pick([400, 402]), acted: false },
        { kind: 'html', status: random.pick([200, 502]), acted },
        { kind: 'hold', acted, ms: 30 + random.below(80) },
        { kind: 'cut-in-answer' },
        { kind: 'no-id' },
        { kind: 'refused-stream', acted },
      ]),
    )
  }
  const small = (): PlannedFault['what'] =>
    random.pick<PlannedFault['what']>([
      { kind: 'error', status: random.pick([500, 503, 429]), acted: false },
      { kind: 'html', status: random.pick([200, 404, 502]), acted: false },
      { kind: 'cut', acted: false },
      { kind: 'stale-socket', acted: false },
      { kind: 'cut-in-answer' },
      { kind: 'kill', acted: false },
    ])
  if (random.chance(0.25)) add('job', small(), 1 + random.below(3))
  if (random.chance(0.2)) add('list', small(), 1 + random.below(2))
  if (random.chance(0.15)) add('upload', small())
  if (platform === 'inferencesh' && random.chance(0.2)) {
    add(
      'put',
      random.pick<PlannedFault['what']>([
        { kind: 'cut', acted },
        { kind: 'error', status: 503, acted: false },
      ]),
    )
  }
  return faults
}

/** What goes wrong with downloads. */
export function planBodyFault(random: Random, platform: RemoteProviderId): PlannedBodyFault {
  const bytes = 1 + random.below(70_000)
  const what = random.pick<PlannedBodyFault['what']>([
    { kind: 'cut', afterBytes: bytes },
    { kind: 'truncated', bytes },
    { kind: 'kill', afterBytes: bytes },
    { kind: 'content-type' },
    { kind: 'no-range' },
    { kind: 'shifted-range' },
    { kind: 'error', status: random.pick([403, 404, 500]) },
  ])
  return { platform, what, times: what.kind === 'kill' ? 1 : 1 + random.below(2) }
}

/** What goes wrong in the bucket. A refusal ends a job free of charge, so that it is rare. */
export function planBucketFaults(random: Random): readonly PlannedBucketFault[] {
  const cut = { kind: 'cut', acted: random.chance(0.5) } as const
  const kill = { kind: 'kill' } as const
  const refusals = [{ kind: 'unavailable' }, { kind: 'denied' }] as const
  return (['PUT', 'DELETE', 'GET'] as const).flatMap((method) => {
    if (!random.chance(0.3)) return []
    const what = random.pick<PlannedBucketFault['what']>([
      cut,
      // A picture on its way is where a kill leaves most behind.
      ...(method === 'PUT' ? [kill] : []),
      kill,
      ...refusals,
    ])
    return [{ method, times: 1, what }]
  })
}
