import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../electron/providers/provider'
import { providers } from '../../../shared/providers'
import { validate } from '../../../shared/validate'
import { failure } from '../../platforms/answer'
import {
  apiframeBench,
  kreaBench,
  recipeWith,
  type ApiframeBench,
  type KreaBench,
  type PlatformBench,
} from '../../support/platform-bench'
import {
  detailsByField,
  failedJob,
  progressAsTold,
  sameIntentTwice,
  tooFewCredits,
} from '../../support/scenario-apiframe'
import { expiredUpload, noJson, uploads } from '../../support/scenario-answers'
import {
  answerOnce,
  cancelRace,
  contentBlock,
  cutAfterAccept,
  ended,
  freshLink,
  gone,
  happyPath,
  hour,
  rateLimit,
  rejectedWith,
  serverErrors,
  shapes,
  slowQueue,
  unknownWord,
  wrongKey,
} from '../../support/scenario-checks'

/** A check, or why there is nothing to check of the adapter. */
type Check<B> = ((bench: B) => Promise<void>) | string

/** One scenario of reference/providers.md §13, as far as it concerns an adapter. */
interface Scenario {
  readonly number: number
  readonly name: string
  readonly krea: Check<KreaBench>
  readonly apiframe: Check<ApiframeBench>
  /** Violations that the scenario itself provokes. */
  readonly provokes?: readonly string[]
}

const both = (check: (bench: PlatformBench) => Promise<void>) => ({ krea: check, apiframe: check })
const neither = (why: string) => ({ krea: why, apiframe: why })

const scenarios: readonly Scenario[] = [
  { number: 1, name: 'happy path per mode', ...both(happyPath) },
  { number: 2, name: 'a wrong key and none', ...both(wrongKey) },
  {
    number: 3,
    name: 'out of credit',
    krea: async (bench) => {
      expect(await rejectedWith(bench, failure(402, 'You have run out of credits'))).toEqual({
        kind: 'out-of-credit',
        message: 'You have run out of credits',
      })
      expect(await rejectedWith(bench, failure(402, 'A paid plan is required'))).toMatchObject({
        kind: 'forbidden',
      })
    },
    apiframe: tooFewCredits,
  },
  {
    number: 4,
    name: '400 with details, by our fields',
    krea: async ({ submit, server }) => {
      const wrong = await submit(recipeWith('i', [], { durationS: 5, aspectRatio: '1:1' }))
      expect(wrong).toMatchObject({ kind: 'rejected', problem: { kind: 'invalid' } })
      const { fields } = wrong.kind === 'rejected' ? wrong.problem : {}
      expect(Object.keys(fields ?? {}).toSorted()).toEqual(['aspectRatio', 'durationS'])
      expect(server.bill.accepted().get('i')).toBeUndefined()
    },
    apiframe: detailsByField,
  },
  { number: 5, name: 'content block', ...both(contentBlock) },
  { number: 6, name: '429 with and without Retry-After', ...both(rateLimit) },
  { number: 7, name: '5xx on poll, then fine; on submit unclear', ...both(serverErrors) },
  {
    number: 8,
    name: 'accepted, cut before the answer (how it is recovered is the engine’s)',
    krea: async (bench) => {
      await cutAfterAccept(bench, 'possible')
    },
    apiframe: async (bench) => {
      const id = await cutAfterAccept(bench, 'certain')
      const again = await bench.submit(recipeWith('i'))
      expect(again).toMatchObject({ kind: 'accepted', remoteId: id })
      expect([bench.server.bill.posts().get('i'), bench.server.bill.accepted().get('i')]).toEqual([2, 1])
    },
  },
  {
    number: 9,
    name: 'failed job',
    krea: async (bench) => {
      for (const [errorPlace, errorForm] of [
        ['error', 'object'],
        ['error', 'string'],
        ['result', 'object'],
        ['result', 'string'],
      ] as const) {
        const intent = `${errorPlace}-${errorForm}`
        bench.server.jobs.script(intent, { end: 'failed', errorPlace, errorForm })
        const id = await bench.started(recipeWith(intent), intent)
        bench.server.clock.advance(hour)
        expect(await bench.poll(id)).toEqual({
          kind: 'failed',
          word: 'failed',
          message: 'Generation failed',
          blocked: false,
          billed: 'no',
        })
      }
    },
    apiframe: failedJob,
  },
  {
    number: 10,
    name: 'cancelled job, cancel race',
    krea: cancelRace,
    apiframe: async (bench) => {
      expect(bench.provider.cancelRequest).toBeNull()
      expect(await ended(bench, { end: 'cancelled' })).toEqual({
        kind: 'cancelled',
        word: 'CANCELLED',
        billed: 'no',
      })
    },
  },
  { number: 11, name: 'unknown status word', ...both(unknownWord) },
  {
    number: 12,
    name: 'completed without an address',
    ...both(async (bench) => {
      expect(await ended(bench, { withoutUrl: true })).toMatchObject({
        kind: 'completed',
        url: null,
        expired: false,
      })
    }),
  },
  {
    number: 13,
    name: 'alternative result shapes',
    krea: (bench) =>
      shapes(bench, ['urls', 'typed', 'map', 'still-first'], (resultShape) =>
        bench.server.jobs.script(resultShape, { resultShape }),
      ),
    apiframe: (bench) =>
      shapes(bench, ['videoUrl', 'string', 'video_url', 'url', 'videos', 'urls', 'array'], (resultShape) =>
        bench.server.jobs.script(`shape-${resultShape}`, { resultShape }),
      ),
  },
  {
    number: 14,
    name: 'dead link: a fresh one on the next poll; purged: said so',
    krea: freshLink,
    apiframe: async (bench) => {
      await freshLink(bench)
      bench.server.clock.advance(25 * hour)
      const [job] = bench.server.jobs.list('studio').filter(({ foreign }) => !foreign)
      expect(await bench.poll(job?.id ?? '')).toMatchObject({ kind: 'completed', expired: true })
    },
  },
  { number: 15, name: 'download cut midway', ...neither('downloads/: an adapter only gives the address') },
  { number: 16, name: 'slow queue of hours (the patience is the poller’s)', ...both(slowQueue) },
  { number: 17, name: '404 for a job id (the restart is the engine’s)', ...both(gone) },
  {
    number: 18,
    name: 'upload refused',
    krea: (bench) => uploads(bench, 75_000_000),
    apiframe: (bench) => uploads(bench, 25_000_000),
  },
  {
    number: 18,
    name: 'upload expired before the submit',
    krea: 'uploads have no documented end',
    apiframe: expiredUpload,
    provokes: ['picture-unreachable'],
  },
  { number: 19, name: 'HTML and other answers that are no JSON', ...both(noJson) },
  {
    number: 20,
    name: 'the same idempotency key',
    krea: 'has no idempotency',
    apiframe: sameIntentTwice,
  },
  {
    number: 21,
    name: 'model gone',
    ...both(async (bench) => {
      for (const answer of [
        failure(404, 'google/veo-3.1-fast is no longer available'),
        failure(400, 'Model veo-3.1-fast is not available'),
        failure(422, 'Unknown model'),
      ]) {
        expect(await rejectedWith(bench, answer)).toMatchObject({ kind: 'model-unavailable' })
      }
      expect(await rejectedWith(bench, failure(404, 'No route POST /x'))).toMatchObject({ kind: 'not-found' })
      expect(await rejectedWith(bench, failure(400, 'The image is no longer available'))).toMatchObject({
        kind: 'invalid',
      })
    }),
  },
  {
    number: 22,
    name: 'progress null, missing, going backwards',
    krea: 'tells no progress',
    apiframe: progressAsTold,
  },
  {
    number: 23,
    name: 'a prompt of 4,001 characters',
    krea: async (bench) => {
      const recipe = recipeWith('i', [], { prompt: 'intent:i '.padEnd(4001, 'x') })
      expect(validate(recipe, providers.krea)).toEqual([])
      await bench.started(recipe)
    },
    apiframe: async (bench) => {
      const recipe = recipeWith('i', [], { prompt: 'x'.repeat(4001) })
      expect(validate(recipe, providers.apiframe).map(({ field }) => field)).toEqual(['prompt'])
      const { problem } = (await bench.submit(recipe)) as { readonly problem: Problem }
      expect(problem).toMatchObject({ kind: 'invalid', fields: { prompt: expect.stringMatching(/4000/) } })
    },
  },
  {
    number: 24,
    name: 'the account may not be asked',
    krea: 'has no balance to ask for',
    apiframe: async (bench) => {
      answerOnce(bench, 'account', failure(403, 'No permission'))
      expect(await bench.provider.testKey(bench.line.send)).toMatchObject({ problem: { kind: 'forbidden' } })
      answerOnce(bench, 'account', failure(403, 'API key is inactive'))
      expect(await bench.provider.testKey(bench.line.send)).toMatchObject({
        problem: { kind: 'key-refused' },
      })
    },
  },
  {
    number: 25,
    name: 'dialect switch',
    ...neither('one dialect only: UniAll, ByteSpike, inference.sh have more'),
  },
]

async function run<B extends PlatformBench>(
  check: Check<B>,
  bench: B,
  provokes: readonly string[],
): Promise<void> {
  if (typeof check === 'string') throw new Error(check)
  await check(bench)
  expect(bench.server.record.violations.map(({ rule }) => rule)).toEqual(provokes)
}

const checked = (platform: 'krea' | 'apiframe') =>
  scenarios.filter((scenario) => typeof scenario[platform] === 'function')

describe('Krea', () => {
  test.each(checked('krea'))('$number $name', async ({ krea, provokes = [] }) =>
    run(krea, await kreaBench(), provokes),
  )
})

describe('Apiframe', () => {
  test.each(checked('apiframe'))('$number $name', async ({ apiframe, provokes = [] }) =>
    run(apiframe, await apiframeBench(), provokes),
  )
})

test('every scenario of the catalogue is run, or it is said why not', () => {
  const numbers = new Set(scenarios.map(({ number }) => number))
  expect([...numbers]).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  const unchecked = scenarios.flatMap(({ number, krea, apiframe }) => [
    ...(typeof krea === 'string' ? [`krea ${number}: ${krea}`] : []),
    ...(typeof apiframe === 'string' ? [`apiframe ${number}: ${apiframe}`] : []),
  ])
  expect(unchecked).toEqual([
    'krea 15: downloads/: an adapter only gives the address',
    'apiframe 15: downloads/: an adapter only gives the address',
    'krea 18: uploads have no documented end',
    'krea 20: has no idempotency',
    'krea 22: tells no progress',
    'krea 24: has no balance to ask for',
    'krea 25: one dialect only: UniAll, ByteSpike, inference.sh have more',
    'apiframe 25: one dialect only: UniAll, ByteSpike, inference.sh have more',
  ])
})
