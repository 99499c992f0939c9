import { expect, test } from 'vitest'
import { contract } from '../../shared/contract'
import { createRemoteProviders } from '../../electron/providers/registry'
import { still, toJob } from '../../electron/jobs/view'
import { jobStates, type Billing } from '../../shared/job'
import { idOf, sampleClip, sampleJob, sampleRecipe } from '../support/samples'

const shown = (change: Parameters<typeof sampleJob>[0], live = {}, state: Billing = 'none') =>
  toJob(
    sampleJob(change),
    { ...still, ...live },
    {
      ledger: { of: () => ({ state, charged: null }) },
      remote: createRemoteProviders(() => ({ origin: null, dialect: null })),
    },
  )

type CallName = keyof typeof contract.calls

const pageOf = (change: object) => ({ search: '', sort: 'newest', offset: 0, limit: 1, ...change })
const manyPaths = (count: number) => ({ paths: Array.from({ length: count }, () => 'x') })
const draft = { recipe: sampleRecipe(), provider: 'animatic' }
const job = { ...draft, yes: [] }

const inputs: readonly (readonly [CallName, string, unknown, boolean])[] = [
  ['app.info', 'nothing', undefined, true],
  ['app.info', 'something', {}, false],
  ['app.openExternal', 'no text', { url: 7 }, false],
  ['library.import', 'no path', manyPaths(0), false],
  ['library.import', '10,000 paths', manyPaths(10_000), true],
  ['library.import', 'one path more', manyPaths(10_001), false],
  ['stills.get', '201 ids', { ids: Array.from({ length: 201 }, () => 'a'.repeat(64)) }, false],
  ['stills.get', 'a path', { ids: ['../x'] }, false],
  ['clips.page', 'the smallest page', pageOf({}), true],
  ['clips.page', 'the largest page', pageOf({ limit: 200 }), true],
  ['clips.page', 'a larger page', pageOf({ limit: 201 }), false],
  ['clips.page', 'an empty page', pageOf({ limit: 0 }), false],
  ['clips.page', 'a negative offset', pageOf({ offset: -1 }), false],
  ['clips.page', 'SQL for an order', pageOf({ sort: 'id; drop table clips' }), false],
  ['clips.page', 'a property of objects for an order', pageOf({ sort: 'constructor' }), false],
  ['clips.page', '501 characters', pageOf({ search: 'x'.repeat(501) }), false],
  ['clips.get', 'an id', { id: idOf(1) }, true],
  ['clips.get', 'an id in upper case', { id: 'ABCDEFABCDEFABCDEFAB' }, false],
  ['clips.get', 'an id and a line end', { id: `${idOf(1)}\n` }, false],
  ['clips.grabFrame', 'a time before the start', { id: idOf(1), timeS: -0.1 }, false],
  ['clips.grabFrame', 'no end', { id: idOf(1), timeS: Number.POSITIVE_INFINITY }, false],
  ['jobs.create', 'a recipe', job, true],
  ['jobs.create', 'an unknown provider', { ...job, provider: 'toString' }, false],
  ['jobs.create', 'an answer that was never asked', { ...job, yes: ['everything'] }, false],
  ['jobs.create', 'no answers', draft, false],
  ['jobs.rerun', 'answers', { id: idOf(1), yes: ['again', 'over-cap'] }, true],
  ['jobs.move', 'a place before another', { id: idOf(1), before: idOf(2) }, true],
  ['jobs.move', 'no place', { id: idOf(1) }, false],
  [
    'jobs.resolve',
    'a job at the platform',
    { id: idOf(1), resolution: { kind: 'attach', remoteId: 'r' } },
    true,
  ],
  [
    'jobs.resolve',
    'no job at the platform',
    { id: idOf(1), resolution: { kind: 'attach', remoteId: '' } },
    false,
  ],
  ['jobs.resolve', 'a way of its own', { id: idOf(1), resolution: { kind: 'forget' } }, false],
  ['money.setCaps', 'no caps', { jobMicros: null, dayMicros: null, monthMicros: null }, true],
  ['money.setCaps', 'less than nothing', { jobMicros: -1, dayMicros: null, monthMicros: null }, false],
  ['money.setCaps', 'half a micro-dollar', { jobMicros: 0.5, dayMicros: null, monthMicros: null }, false],
  ['providers.saveKey', 'an empty key', { provider: 'krea', key: '', forSession: false }, false],
  ['providers.saveKey', 'a book', { provider: 'krea', key: 'x'.repeat(1001), forSession: false }, false],
  [
    'providers.saveKey',
    'a key for what needs none',
    { provider: 'animatic', key: 'x', forSession: false },
    false,
  ],
  ['jobs.cancel', 'a short id', { id: '1' }, false],
  ['draft.set', 'a draft', { ...draft, isSample: false }, true],
  ['draft.set', 'half a draft', job, false],
]

test.each(inputs)('%s with %s', (name, _what, input, isTaken) => {
  expect(contract.calls[name].input.safeParse(input).success).toBe(isTaken)
})

test('a job in any state and a clip pass as events, and keep what only main knows inside', () => {
  for (const state of jobStates) {
    const sent = contract.events['job.changed'].parse(shown({ state, attempts: 2, flags: ['allowed'] }))
    for (const inside of ['attempts', 'library', 'intent', 'result', 'flags'])
      expect(sent).not.toHaveProperty(inside)
    expect(sent.wait !== null).toBe(state === 'waiting')
  }
  expect(contract.events['clip.changed'].parse(sampleClip())).toEqual(sampleClip())
})

const wrongClips: readonly (readonly [string, object])[] = [
  ['no length', { bytes: 0 }],
  ['a short hash', { sha256: 'ab' }],
  ['an unknown preview state', { previews: 'soon' }],
  ['no origin', { origin: { kind: 'stolen' } }],
  ['an endless length', { media: { ...sampleClip().media, durationS: Number.POSITIVE_INFINITY } }],
]

test.each(wrongClips)('a clip with %s never reaches the window', (_name, change) => {
  expect(contract.events['clip.changed'].safeParse({ ...sampleClip(), ...change }).success).toBe(false)
})

test('progress is a fraction', () => {
  const at = (progress: number) =>
    contract.events['job.changed'].safeParse(shown({ state: 'running' }, { progress })).success
  expect([at(0), at(1), at(-0.01), at(1.01), at(Number.NaN)]).toEqual([true, true, false, false, false])
})
