import type { ApiframeOptions } from '../platforms/apiframe/apiframe'
import {
  apiframeBench,
  bytespikeBench,
  inferenceshBench,
  kreaBench,
  uniallBench,
  type ApiframeBench,
  type BytespikeBench,
  type InferenceshBench,
  type KreaBench,
  type PlatformBench,
  type UniallBench,
} from './platform-bench'

/** A check, or why there is nothing to check of the adapter. */
export type Check<B> = ((bench: B) => Promise<void>) | string

/** One scenario of reference/providers.md §13, as far as it concerns an adapter. */
export interface Scenario {
  readonly number: number
  readonly name: string
  readonly krea: Check<KreaBench>
  readonly apiframe: Check<ApiframeBench>
  /** In both dialects, as ByteSpike and inference.sh: a check may ask which one is spoken. */
  readonly uniall: Check<UniallBench>
  readonly bytespike: Check<BytespikeBench>
  /** Where dialect B cannot be asked the same. */
  readonly bytespikeB?: Check<BytespikeBench>
  readonly inferencesh: Check<InferenceshBench>
  /** Violations that the scenario itself provokes. */
  readonly provokes?: readonly string[]
  /** What its Apiframe and inference.sh are started with. */
  readonly options?: Pick<ApiframeOptions, 'uploadTtlMs'>
}

/** One platform in one of its dialects, and how a scenario is run on it: null, or why it is not. */
export interface Lane {
  readonly name: string
  readonly run: (scenario: Scenario) => string | (() => Promise<PlatformBench>)
}

function lane<B extends PlatformBench>(
  name: string,
  open: (options: NonNullable<Scenario['options']>) => Promise<B>,
  checkOf: (scenario: Scenario) => Check<B>,
): Lane {
  return {
    name,
    run(scenario) {
      const check = checkOf(scenario)
      if (typeof check === 'string') return check
      return async () => {
        const bench = await open(scenario.options ?? {})
        await check(bench)
        return bench
      }
    },
  }
}

/** Every platform in every dialect that is offered. */
export const lanes: readonly Lane[] = [
  lane(
    'Krea',
    () => kreaBench(),
    ({ krea }) => krea,
  ),
  lane('Apiframe', apiframeBench, ({ apiframe }) => apiframe),
  lane(
    'UniAll',
    () => uniallBench(),
    ({ uniall }) => uniall,
  ),
  lane(
    'UniAll, docs',
    () => uniallBench({ dialect: 'docs' }),
    ({ uniall }) => uniall,
  ),
  lane(
    'ByteSpike A',
    () => bytespikeBench(),
    ({ bytespike }) => bytespike,
  ),
  lane(
    'ByteSpike B',
    () => bytespikeBench({ dialect: 'B' }),
    ({ bytespike, bytespikeB = bytespike }) => bytespikeB,
  ),
  lane('inference.sh', inferenceshBench, ({ inferencesh }) => inferencesh),
  lane(
    'inference.sh, page',
    (options) => inferenceshBench({ ...options, submitPath: 'page' }),
    ({ inferencesh }) => inferencesh,
  ),
]
