import { expect, test } from 'vitest'
import { contract } from '../../shared/contract'
import { toJob } from '../../electron/jobs/machine'
import { idOf, sampleClip, sampleJob, sampleRecipe } from '../support/samples'

type CallName = keyof typeof contract.calls

const pageOf = (change: object) => ({ search: '', sort: 'newest', offset: 0, limit: 1, ...change })
const manyPaths = (count: number) => ({ paths: Array.from({ length: count }, () => 'x') })
const job = { recipe: sampleRecipe(), provider: 'animatic' }

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
  ['jobs.cancel', 'a short id', { id: '1' }, false],
  ['draft.set', 'a draft', { ...job, isSample: false }, true],
  ['draft.set', 'half a draft', job, false],
]

test.each(inputs)('%s with %s', (name, _what, input, isTaken) => {
  expect(contract.calls[name].input.safeParse(input).success).toBe(isTaken)
})

test('a job in any state and a clip pass as events, and keep what only main knows inside', () => {
  const sent = contract.events['job.changed'].parse(toJob(sampleJob({ state: 'running', attempts: 2 }), 0.5))
  expect(sent).not.toHaveProperty('attempts')
  expect(sent).not.toHaveProperty('library')
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
    contract.events['job.changed'].safeParse(toJob(sampleJob(), progress)).success
  expect([at(0), at(1), at(-0.01), at(1.01), at(Number.NaN)]).toEqual([true, true, false, false, false])
})
