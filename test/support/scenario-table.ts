import { expect } from 'vitest'
import { validate } from '../../shared/validate/validate'
import {
  cancelledThere,
  detailsByField,
  failedJob,
  foundByItsInput,
  progressAsTold,
  purgedLater,
  sameIntentTwice,
  tooFewCredits,
  tooLong,
} from './scenario-apiframe'
import { accountForbidden, expiredUpload, modelGone, noJson, uploads } from './scenario-answers'
import * as bytespike from './scenario-bytespike'
import {
  contentBlock,
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
  withoutAddress,
  wrongKey,
} from './scenario-checks'
import * as inferencesh from './scenario-inferencesh'
import { cancelRace, errorPlaces, noCreditOrPlan } from './scenario-krea'
import type { Scenario } from './scenario-lanes'
import { cutAfterAccept, neverFound } from './scenario-lost'
import type { PlatformBench } from './platform-bench'
import { traitsOf } from './platform-traits'
import * as uniall from './scenario-uniall'

type AnyCheck = (bench: PlatformBench) => Promise<void>

const five = <T>(check: T) => ({
  krea: check,
  apiframe: check,
  uniall: check,
  bytespike: check,
  inferencesh: check,
})
const all = (check: AnyCheck) => five(check)

/** Refused for money, in the platform's words for it. */
const noMoney = async (bench: PlatformBench) => {
  const answer = traitsOf(bench).error(402, 'Insufficient balance')
  expect(await rejectedWith(bench, answer)).toEqual({
    kind: 'out-of-credit',
    message: 'Insufficient balance',
  })
}

/** Two wrong values, each told by our name of its field. */
const wrongValues = (durationS: number) => async (bench: PlatformBench) => {
  const asked = bench.recipe('i', [], { durationS, aspectRatio: '3:4' })
  const { kind, fields } = await rejectedWith(bench, undefined, asked)
  expect([kind, Object.keys(fields ?? {}).toSorted()]).toEqual(['invalid', ['aspectRatio', 'durationS']])
}

/** No limit of a prompt is documented: 4,001 characters are taken. */
const longPrompt = async (bench: PlatformBench) => {
  const recipe = bench.recipe('i', [], { prompt: 'intent:i '.padEnd(4001, 'x') })
  expect(validate(recipe, bench.provider)).toEqual([])
  await bench.started(recipe)
}

/** The catalogue of reference/providers.md §13: for each platform a check, or the reason why there is none. */
export const scenarios: readonly Scenario[] = [
  { number: 1, name: 'happy path per mode', ...all(happyPath) },
  { number: 2, name: 'a wrong key and none', ...all(wrongKey) },
  {
    number: 3,
    name: 'out of credit',
    ...all(noMoney),
    krea: noCreditOrPlan,
    apiframe: tooFewCredits,
    bytespike: bytespike.noMoney,
  },
  {
    number: 4,
    name: '400 with details, by our fields',
    ...all(wrongValues(5)),
    apiframe: detailsByField,
    bytespike: wrongValues(6),
    // 5 s fit its schema; only Google refuses them, later.
    inferencesh: wrongValues(3),
  },
  {
    number: 5,
    name: 'content block',
    ...all(contentBlock),
    bytespike: bytespike.unsafePrompt,
    inferencesh: inferencesh.filtered,
  },
  { number: 6, name: '429 with and without Retry-After', ...all(rateLimit) },
  {
    number: 6,
    name: '429 with a header of its own',
    ...five('Retry-After is its only header for that'),
    uniall: 'its "retry headers" have no documented name',
    bytespike: 'its X-RateLimit headers count dollars, not requests',
    inferencesh: inferencesh.ownRateHeaders,
  },
  { number: 7, name: '5xx on poll, then fine; on submit unclear', ...all(serverErrors) },
  {
    number: 8,
    name: 'accepted, cut before the answer (how it is recovered is the engine’s)',
    krea: async (bench) => void (await cutAfterAccept(bench, 'possible')),
    apiframe: foundByItsInput,
    uniall: neverFound,
    bytespike: bytespike.foundByOwnId,
    inferencesh: async (bench) => void (await cutAfterAccept(bench, 'certain')),
  },
  {
    number: 9,
    name: 'failed job',
    krea: errorPlaces,
    apiframe: failedJob,
    uniall: uniall.failedEitherWay,
    bytespike: bytespike.failurePlaces,
    inferencesh: inferencesh.failedAsCompleted,
  },
  {
    number: 10,
    name: 'cancelled job, cancel race',
    krea: cancelRace,
    apiframe: cancelledThere,
    uniall: 'has no way to cancel and no word for it',
    bytespike: bytespike.calledOff,
    inferencesh: inferencesh.cancelling,
  },
  { number: 11, name: 'unknown status word', ...all(unknownWord) },
  { number: 12, name: 'completed without an address', ...all(withoutAddress) },
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
    uniall: (bench) =>
      shapes(bench, ['all', 'video_url', 'result.video_url', 'result.outputs'], (resultShape) =>
        bench.server.jobs.script(`shape-${resultShape}`, { resultShape }),
      ),
    bytespike: (bench) =>
      shapes(bench, ['result', 'output', 'result_url'], (resultShape) =>
        bench.server.jobs.script(`shape-${resultShape}`, { resultShape }),
      ),
    inferencesh: inferencesh.outputShapes,
  },
  {
    number: 13,
    name: 'alternative shapes of the submit’s answer',
    ...five('documented, and in one form'),
    uniall: uniall.answerShapes,
    bytespike: bytespike.estimatedThenCharged,
  },
  {
    number: 14,
    name: 'dead link: a fresh one on the next poll; purged: said so',
    ...all(freshLink),
    apiframe: purgedLater,
  },
  {
    number: 15,
    name: 'download cut midway',
    ...five('downloads/: an adapter only gives the address'),
  },
  { number: 16, name: 'slow queue of hours (the patience is the poller’s)', ...all(slowQueue) },
  { number: 17, name: '404 for a job id (the restart is the engine’s)', ...all(gone) },
  {
    number: 18,
    name: 'upload refused',
    krea: uploads,
    apiframe: uploads,
    uniall: 'takes only addresses: refusals are the bucket’s (electron/bucket)',
    bytespike: bytespike.inlinePictures,
    inferencesh: inferencesh.twoSteps,
  },
  {
    number: 18,
    name: 'upload expired before the submit',
    krea: 'uploads have no documented end',
    apiframe: (bench) => expiredUpload(bench, 'Could not use the image'),
    uniall: 'has no uploads: the lifetime of a link is the bucket’s (electron/bucket)',
    bytespike: 'a picture inside the request cannot expire',
    inferencesh: (bench) => expiredUpload(bench, '404'),
    provokes: ['picture-unreachable'],
    options: { uploadTtlMs: hour },
  },
  { number: 19, name: 'HTML and other answers that are no JSON', ...all(noJson) },
  {
    number: 20,
    name: 'the same idempotency key',
    krea: 'has no idempotency',
    apiframe: sameIntentTwice,
    uniall: 'has idempotency by a name that is not documented: nothing is sent',
    bytespike: '`out_task_id` is in dialect B only',
    bytespikeB: bytespike.sameOwnId,
    inferencesh: 'has no idempotency',
  },
  { number: 21, name: 'model gone', ...all(modelGone) },
  {
    number: 22,
    name: 'progress null, missing, going backwards',
    krea: 'tells no progress',
    apiframe: progressAsTold,
    uniall: progressAsTold,
    bytespike: 'tells no progress',
    inferencesh: 'tells no progress',
  },
  { number: 23, name: 'a prompt of 4,001 characters', ...all(longPrompt), apiframe: tooLong },
  {
    number: 24,
    name: 'the account may not be asked',
    krea: 'has no balance to ask for',
    apiframe: accountForbidden,
    uniall: accountForbidden,
    bytespike: accountForbidden,
    inferencesh: inferencesh.withoutBillingScope,
  },
  {
    number: 25,
    name: 'dialect switch',
    krea: 'one dialect only',
    apiframe: 'one dialect only',
    uniall: uniall.otherDialect,
    bytespike: bytespike.otherDialects,
    inferencesh: inferencesh.olderForms,
  },
  {
    number: 25,
    name: 'the other way to poll',
    ...five('one way only'),
    uniall: 'tried in 13, with the shapes of the submit’s answer',
    bytespike: bytespike.pollsEitherWay,
  },
]
