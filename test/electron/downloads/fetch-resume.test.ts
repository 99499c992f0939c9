import { expect, test } from 'vitest'
import { empty } from '../../platforms/answer'
import type { BodyFault } from '../../platforms/body-fault'
import { clipOf, downloading, failure, sha256 } from './downloading'

const clip = clipOf(300_000)
const kept = 100_000
const part = clip.subarray(0, kept)
const goesOn = `bytes=${kept}-`
const validator = '"another"'

/** What lies there, what the row says, what goes wrong; the ranges then asked for, and whether it begins anew. */
const cases: readonly (readonly [
  string,
  { part?: Buffer; resume?: object | null; fault?: BodyFault; ranges: (string | undefined)[]; anew: boolean },
])[] = [
  ['all is well', { ranges: [goesOn], anew: false }],
  ['the length was not known', { resume: { total: null }, ranges: [goesOn], anew: false }],
  ['nothing lies there', { part: Buffer.alloc(0), ranges: [undefined], anew: true }],
  ['less lies there than is looked at', { part: clip.subarray(0, 4099), ranges: [undefined], anew: true }],
  ['what lies there is no clip', { part: Buffer.alloc(kept), ranges: [undefined], anew: true }],
  ['the row knows nothing', { resume: null, ranges: [undefined], anew: true }],
  ['the server gave no validator', { resume: { validator: null }, ranges: [undefined], anew: true }],
  [
    'more lies there than the clip has',
    { part: Buffer.concat([clip, part]), ranges: [undefined], anew: true },
  ],
  ['everything lies there', { part: clip, ranges: ['bytes=299999-'], anew: false }],
  [
    'everything, of a length not known',
    { part: clip, resume: { total: null }, ranges: ['bytes=300000-', undefined], anew: true },
  ],
  ['the clip changed: 200 with all of it', { resume: { validator }, ranges: [goesOn], anew: true }],
  [
    'the server knows no ranges: 200 with all of it',
    { fault: { kind: 'no-range' }, ranges: [goesOn], anew: true },
  ],
  [
    '206 with another range',
    { fault: { kind: 'shifted-range', byBytes: 5 }, ranges: [goesOn, undefined], anew: true },
  ],
  ['206 of another length', { resume: { total: 300_001 }, ranges: [goesOn, undefined], anew: true }],
  [
    '206 without a range',
    { fault: { kind: 'answer', answer: empty(206) }, ranges: [goesOn, undefined], anew: true },
  ],
  ['416', { fault: { kind: 'answer', answer: empty(416) }, ranges: [goesOn, undefined], anew: true }],
]

test.each(cases)('resuming when %s', async (_name, { ranges, anew, ...given }) => {
  const made = await downloading(clip)
  made.leave(given.part ?? part)
  if (given.fault) made.host.faults.add(given.fault)
  const resume = given.resume === null ? null : made.resume(given.resume)
  expect(await made.run(resume)).toEqual({ bytes: 300_000, sha256: sha256(clip), extension: '.mp4' })
  expect(made.kept().equals(clip)).toBe(true)
  expect(made.ranges()).toEqual(ranges)
  expect(made.resumes).toEqual(anew ? [made.resume()] : [])
})

test('starting over happens once: a server that is wrong twice fails the download', async () => {
  const { run, leave, host, resume, ranges, kept: lies } = await downloading(clip)
  leave(part)
  host.faults.add({ kind: 'answer', answer: empty(416) }, { times: 2 })
  expect(await failure(run(resume()))).toMatchObject({ kind: 'link', httpStatus: 416 })
  expect(ranges()).toEqual([goesOn, undefined])
  expect(lies()).toHaveLength(kept)
})

test('an end that comes too early is kept and gone on from', async () => {
  const { run, leave, host, resume, ranges, kept: lies } = await downloading(clip)
  leave(part)
  host.faults.add({ kind: 'truncated', bytes: 50_000 })
  expect((await failure(run(resume()))).kind).toBe('network')
  expect(lies().equals(clip.subarray(0, 150_000))).toBe(true)
  expect(await run(resume())).toMatchObject({ sha256: sha256(clip) })
  expect(ranges()).toEqual([goesOn, 'bytes=150000-'])
})

test('an error page instead of the rest costs none of the bytes kept', async () => {
  const { run, leave, host, resume, kept: lies } = await downloading(clip)
  leave(part)
  const page = { status: 200, body: { text: '<html>expired</html>', contentType: 'video/mp4' } }
  host.faults.add({ kind: 'answer', answer: page })
  expect((await failure(run(resume()))).kind).toBe('link')
  expect(lies().equals(part)).toBe(true)
})
