import * as fc from 'fast-check'
import fs, { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openSubmitLog, readSubmitLog, type SubmitLine } from '../../../../electron/jobs/store/submit-log'
import { usd } from '../../../../shared/money'
import { codeOf, failureOf } from '../../../support/failure'
import { temporaryFolder } from '../../../support/folder'
import { idOf, noon, sampleRecipe, sha256Of } from '../../../support/samples'
import { seed } from '../../../support/seed'

let folder: string
let path: string

beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder, 'submits.log')
})

const begun = (intent: string, change: Partial<Extract<SubmitLine, { kind: 'intent' }>> = {}) => ({
  kind: 'intent' as const,
  at: noon,
  intent,
  job: idOf(7),
  provider: 'krea' as const,
  library: 'library-a',
  keyPrint: 'print-a',
  bodyHash: sha256Of('body'),
  recipe: sampleRecipe({ prompt: 'zwei Füchse 🦊\nim Schnee \u2028' }),
  quote: { certainty: 'listed' as const, amount: usd(0.84) },
  ...change,
})
const accepted = (intent: string, remoteId = 'remote-1') =>
  ({ kind: 'accepted', at: noon + 1, intent, remoteId }) as const
const rejected = (intent: string) => ({ kind: 'rejected', at: noon + 1, intent }) as const
const closed = (intent: string, how: 'given-up' | 'not-arrived' | 'done' | 'ended' = 'done') =>
  ({ kind: 'closed', at: noon + 2, intent, how }) as const

function write(...lines: readonly SubmitLine[]): void {
  const log = openSubmitLog(path)
  for (const line of lines) log.append(line)
  log.close()
}

const statesOf = () =>
  readSubmitLog(path).intents.map(({ intent, remoteId, isRejected, closed: how }) => [
    intent,
    remoteId,
    isRejected,
    how,
  ])

type Call = (...args: never[]) => unknown

/** Puts something in the place of one call of `node:fs`, until the test or `stop` ends it. */
function replaceCall(name: 'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync', make: (real: Call) => Call) {
  const own = fs as unknown as Record<string, Call>
  const real = fs[name] as Call
  own[name] = make(real)
  syncBuiltinESMExports()
  const stop = () => {
    own[name] = real
    syncBuiltinESMExports()
  }
  onTestFinished(stop)
  return stop
}

/** Records the calls on the log and its folder: `writeSync submits.log`. */
function recordCalls(): string[] {
  const calls: string[] = []
  const places = new Map<unknown, string>()
  replaceCall('openSync', (real) => (...args) => {
    const file = real(...args)
    const place = args[0] === folder ? '.' : basename(String(args[0]))
    places.set(file, place)
    calls.push(`openSync ${place} ${String(args[1])}`)
    return file
  })
  for (const name of ['writeSync', 'fsyncSync', 'closeSync'] as const) {
    replaceCall(name, (real) => (...args) => {
      calls.push(`${name} ${places.get(args[0])}`)
      return real(...args)
    })
  }
  return calls
}

test('a missing log is empty, and opening it makes it for this user alone', () => {
  expect(readSubmitLog(path)).toEqual({ intents: [], orphans: [], unreadable: 0 })
  expect(existsSync(path)).toBe(false)
  openSubmitLog(path).close()
  expect(readFileSync(path, 'utf8')).toBe('')
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('an intent is read as it was written, with what became of it', () => {
  const line = begun('a')
  write(line, begun('b', { job: idOf(8), provider: 'apiframe' }), accepted('a'), closed('a'), rejected('b'))
  expect(readSubmitLog(path).intents[0]).toEqual({
    ...line,
    remoteId: 'remote-1',
    isRejected: false,
    closed: 'done',
  })
  expect(statesOf()).toEqual([
    ['a', 'remote-1', false, 'done'],
    ['b', null, true, null],
  ])
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(6)
})

test('each line is one write, on the disk before append returns, and the new name is, too', () => {
  const calls = recordCalls()
  const log = openSubmitLog(path)
  calls.push('opened')
  log.append(begun('a'))
  calls.push('appended')
  log.append(accepted('a'))
  calls.push('appended')
  log.close()
  expect(calls).toEqual([
    'openSync submits.log a',
    ...(process.platform === 'win32' ? [] : ['openSync . r', 'fsyncSync .', 'closeSync .']),
    'opened',
    'writeSync submits.log',
    'fsyncSync submits.log',
    'appended',
    'writeSync submits.log',
    'fsyncSync submits.log',
    'appended',
    'closeSync submits.log',
  ])
})

test.each<readonly [string, readonly SubmitLine[], readonly unknown[]]>([
  ['accepted after rejected may be charged', [rejected('a'), accepted('a')], ['remote-1', false, null]],
  ['rejected after accepted may be charged', [accepted('a'), rejected('a')], ['remote-1', false, null]],
  ['the same key sent again is open again', [rejected('a'), begun('a')], [null, false, null]],
  ['also when it was closed', [closed('a', 'not-arrived'), begun('a')], [null, false, null]],
  ['and keeps what was accepted', [accepted('a'), begun('a')], ['remote-1', false, null]],
  ['an accepted one that is closed', [accepted('a'), closed('a', 'ended')], ['remote-1', false, 'ended']],
])('%s', (_name, lines, state) => {
  write(begun('a'), ...lines)
  expect(statesOf()).toEqual([['a', ...state]])
})

test('a second line of an intent is no new one: the first is kept', () => {
  write(begun('a'), begun('b'), begun('a', { at: noon + 5, keyPrint: 'other' }))
  expect(readSubmitLog(path).intents.map(({ intent, at, keyPrint }) => [intent, at, keyPrint])).toEqual([
    ['a', noon, 'print-a'],
    ['b', noon, 'print-a'],
  ])
})

test('what is known of an intent without its line is told', () => {
  write(accepted('lost', 'remote-9'), begun('a'))
  expect(readSubmitLog(path).orphans).toEqual([accepted('lost', 'remote-9')])
})

test('cut off anywhere, every whole line before is read, and the next ones are whole', () => {
  write(begun('a'), accepted('a'), begun('b'))
  const bytes = readFileSync(path)
  const ends = [...bytes.keys()].filter((index) => bytes[index] === 10)
  const cut = fc.integer({ min: 0, max: bytes.length })
  fc.assert(
    fc.property(cut, cut, (firstCut, secondCut) => {
      writeFileSync(path, bytes.subarray(0, firstCut))
      // The newline itself is not what makes a line whole.
      const whole = ends.filter((end) => end <= firstCut).length
      expect(readSubmitLog(path).unreadable).toBe(0)
      expect(statesOf().length).toBe(whole === 0 ? 0 : whole === 3 ? 2 : 1)
      write(begun('c'), accepted('c', 'remote-c'))
      writeFileSync(path, readFileSync(path).subarray(0, firstCut + secondCut))
      write(begun('d'), accepted('d', 'remote-d'))
      const { unreadable, orphans } = readSubmitLog(path)
      expect(unreadable).toBe(0)
      expect(orphans.map(({ intent }) => intent)).toEqual([])
      expect(statesOf().at(-1)).toEqual(['d', 'remote-d', false, null])
    }),
    { seed, numRuns: 60 },
  )
})

test.each([
  ['zeros, as a power cut leaves them', '\0'.repeat(300)],
  ['half a character', Buffer.from('🦊').subarray(0, 2)],
])('%s at the end are healed, and stay where they are', (_name, rest) => {
  write(begun('a'))
  appendFileSync(path, rest)
  const before = readFileSync(path)
  write(accepted('a'))
  expect(readFileSync(path).subarray(0, before.length).equals(before)).toBe(true)
  expect(readSubmitLog(path).unreadable).toBe(0)
  expect(statesOf()).toEqual([['a', 'remote-1', false, null]])
})

test.each([
  ['text', 'not a line'],
  ['another kind', '{"kind":"future","at":1,"intent":"a"}'],
  ['wrong types', JSON.stringify({ ...begun('x'), job: 'short' })],
  ['a list', '[]'],
  ['null', 'null'],
])('a damaged line in the middle (%s) is kept, passed over and counted', (_name, damaged) => {
  write(begun('a'))
  appendFileSync(path, `${damaged}\n`)
  write(accepted('a'))
  expect(readSubmitLog(path).unreadable).toBe(1)
  expect(statesOf()).toEqual([['a', 'remote-1', false, null]])
  expect(readFileSync(path, 'utf8')).toContain(`\n${damaged}\n`)
})

test('a line that could not be read again is not written', () => {
  const log = openSubmitLog(path)
  expect(() => log.append(begun('a', { job: 'short' }))).toThrow(/job/)
  log.close()
  expect(readFileSync(path, 'utf8')).toBe('')
})

test.each([
  ['writeSync', 'ENOSPC', 'disk-full'],
  ['writeSync', 'EIO', 'unreadable'],
  ['fsyncSync', 'EIO', 'unreadable'],
] as const)(
  'when %s fails with %s that is told, and the next line is whole',
  async (call, code, expected) => {
    const log = openSubmitLog(path)
    log.append(begun('a'))
    const stop = replaceCall(call, () => () => {
      throw Object.assign(new Error(code), { code })
    })
    const failure = await failureOf(() => log.append(rejected('a')))
    stop()
    expect(failure.code).toBe(expected)
    expect(failure.message).toContain('Nothing new is sent without it')
    log.append(begun('b'))
    log.close()
    expect(readSubmitLog(path).unreadable).toBe(0)
    expect(statesOf().map(([intent]) => intent)).toEqual(['a', 'b'])
  },
)

test('a line that was written in part is a failure, and harms no later one', async () => {
  const log = openSubmitLog(path)
  log.append(begun('a'))
  const stop = replaceCall(
    'writeSync',
    (real) => (file: never, bytes: Uint8Array) => real(file, bytes.subarray(0, 30) as never),
  )
  const code = await codeOf(() => log.append(begun('b')))
  stop()
  expect(code).toBe('disk-full')
  log.append(accepted('a'))
  log.close()
  expect(readSubmitLog(path).unreadable).toBe(0)
  expect(statesOf()).toEqual([['a', 'remote-1', false, null]])
})

test('a folder in its place is told', async () => {
  mkdirSync(path)
  expect(await codeOf(() => openSubmitLog(path))).toBe('unreadable')
  expect(await codeOf(() => readSubmitLog(path))).toBe('unreadable')
  expect(await codeOf(() => openSubmitLog(join(folder, 'missing', 'submits.log')))).toBe('unreadable')
})
