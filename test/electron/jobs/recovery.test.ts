import { expect, test } from 'vitest'
import type { JobRow } from '../../../electron/jobs/job-row'
import { recover } from '../../../electron/jobs/recovery'
import { openSubmitLog, type SubmitLine } from '../../../electron/jobs/store/submit-log'
import { usd } from '../../../shared/money'
import { isTerminal, jobStates, type JobState } from '../../../shared/job'
import { engineScene, remoteRecipe } from '../../support/engine-scene'
import { intent } from '../../support/job-events'
import { idOf, noon, sampleClip, sampleJob } from '../../support/samples'

const id = idOf(7)
const quote = { certainty: 'listed', amount: usd(1) } as const
const result = {
  url: 'https://host.example/a',
  at: noon,
  resume: null,
  fetched: null,
  tries: 0,
  doubtful: null,
}

const begun = (change: Partial<Extract<SubmitLine, { kind: 'intent' }>> = {}): SubmitLine => ({
  kind: 'intent',
  at: noon - 1000,
  intent: intent.id,
  job: id,
  provider: 'krea',
  library: 'library-a',
  keyPrint: 'k1',
  bodyHash: 'a'.repeat(64),
  recipe: remoteRecipe(),
  quote,
  ...change,
})
const accepted: SubmitLine = { kind: 'accepted', at: noon, intent: intent.id, remoteId: 'r9' }

/** A start of the program on a row and a log as an earlier session left them; nothing has been asked yet. */
async function startOn(
  change: Partial<JobRow> | undefined,
  lines: readonly SubmitLine[] = [],
  { isRestored = false, wasClean = false } = {},
) {
  const scene = await engineScene()
  const first = scene.start()
  if (change) {
    first.engine.table.insert(
      sampleJob({
        provider: 'krea',
        library: scene.home.library.id,
        quote,
        attempts: 1,
        submittedAt: noon,
        ...change,
      }),
    )
  }
  if (wasClean) first.stop()
  else first.crash()
  const log = openSubmitLog(scene.logPath())
  for (const line of lines) log.append(line)
  log.close()
  scene.world.offline = true
  const session = scene.start({ isRestored })
  return { scene, session, row: session.engine.table.get(id) }
}

// The table "At start" of design/reliability.md.
const atStart: Readonly<Record<JobState, JobState>> = {
  waiting: 'waiting',
  'handing-over': 'waiting',
  submitting: 'unknown',
  unknown: 'unknown',
  running: 'running',
  downloading: 'downloading',
  undelivered: 'undelivered',
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
  'given-up': 'given-up',
}

const isSent = (state: JobState) => state !== 'waiting' && state !== 'handing-over'
const left = (state: JobState): Partial<JobRow> => ({
  state,
  ...(isSent(state) && { intent }),
  ...(['running', 'downloading', 'undelivered', 'done'].includes(state) && { remoteId: 'r9', result }),
  ...(state === 'done' && { clip: sampleClip({ id }) }),
})

test.each(jobStates)('%s, at a start', async (state) => {
  const { row } = await startOn(left(state))
  expect(row?.state).toBe(atStart[state])
})

test.each(jobStates.filter((state) => !isTerminal(state)))(
  '%s from a restored file is held',
  async (state) => {
    const { row, session } = await startOn(left(state), [], { isRestored: true })
    expect(row).toMatchObject({ state: atStart[state], flags: ['held'] })
    expect(session.engine.queue().held).toBe(isSent(state) ? 0 : 1)
  },
)

const paused: readonly (readonly [JobState, boolean, boolean, string])[] = [
  ['waiting', false, false, 'unclean'],
  ['waiting', true, false, 'no'],
  ['submitting', false, false, 'unclean'],
  ['running', false, false, 'no'],
  ['waiting', true, true, 'restored'],
]

test.each(paused)(
  '%s, ended in order %s, restored %s: paused %s',
  async (state, wasClean, isRestored, why) => {
    const { session } = await startOn(left(state), [], { wasClean, isRestored })
    expect(session.engine.queue().paused).toBe(why)
  },
)

test('unsent local work goes on after an unclean end: it costs nothing', async () => {
  const { session, scene } = await startOn({ provider: 'animatic', state: 'waiting' })
  expect(session.engine.queue().paused).toBe('no')
  await session.reaches(id, 'done')
  expect(scene.clips.get(id)).toBeDefined()
})

test.each(['waiting', 'handing-over', 'submitting', 'unknown', 'given-up'] as const)(
  'the log knows its remote id: %s runs, and its price is reserved',
  async (state) => {
    const { row, session } = await startOn(left(state), [begun(), accepted])
    expect(row).toMatchObject({ state: 'running', remoteId: 'r9', intent: { id: intent.id } })
    if (!isSent(state)) expect(session.engine.ledger.of(id).state).toBe('reserved')
  },
)

test.each(['waiting', 'handing-over'] as const)(
  'the log knows a submit without an answer: %s is unknown',
  async (state) => {
    const { row, session } = await startOn(left(state), [begun()])
    // Its bytes are not in the log, so it can only be looked for.
    expect(row).toMatchObject({ state: 'unknown', intent: { id: intent.id, body: '' } })
    expect(session.engine.ledger.of(id).state).toBe('maybe')
  },
)

test('the log proves that it was not accepted: it waits', async () => {
  const { row } = await startOn(left('waiting'), [begun(), { kind: 'rejected', at: noon, intent: intent.id }])
  expect(row?.state).toBe('waiting')
})

test('a submit of which the database knows nothing gets its row back, with its money', async () => {
  const { row, session } = await startOn(undefined, [begun({ library: 'elsewhere' }), accepted])
  expect(row).toMatchObject({
    state: 'running',
    library: 'elsewhere',
    remoteId: 'r9',
    recipe: remoteRecipe(),
    quote,
  })
  expect(session.engine.ledger.spend().todayMicros).toBe(1_000_000)
  const other = await startOn(undefined, [begun()])
  expect(other.row?.state).toBe('unknown')
})

test('what ended long ago stays ended; what ended today is looked at again', async () => {
  const day = 24 * 3_600_000
  const closed = { kind: 'closed', at: noon, intent: intent.id, how: 'done' } as const
  expect((await startOn(undefined, [begun({ at: noon - day - 1 }), accepted, closed])).row).toBeUndefined()
  expect((await startOn(undefined, [begun(), accepted, closed])).row?.state).toBe('running')
  expect((await startOn(undefined, [begun({ at: noon - day - 1 }), accepted])).row?.state).toBe('running')
})

test('of several submits of a job the accepted one counts, otherwise the last', async () => {
  const second = `${id}-2`
  const lines: SubmitLine[] = [
    begun(),
    { kind: 'rejected', at: noon, intent: intent.id },
    begun({ intent: second }),
  ]
  expect((await startOn(left('waiting'), lines)).row).toMatchObject({
    state: 'unknown',
    intent: { id: second },
  })
  const answered: SubmitLine[] = [begun(), accepted, begun({ intent: second })]
  expect((await startOn(left('waiting'), answered)).row).toMatchObject({ state: 'running', remoteId: 'r9' })
})

test('an older file in the middle of an earlier submit knows the later one’s intent afterwards', async () => {
  const second = `${id}-2`
  const lines: SubmitLine[] = [
    begun(),
    { kind: 'rejected', at: noon, intent: intent.id },
    begun({ intent: second }),
  ]
  expect((await startOn(left('submitting'), lines)).row).toMatchObject({
    state: 'unknown',
    intent: { id: second, body: '' },
  })
})

test('a submit of an earlier day is found again on the account of that day', async () => {
  const { session } = await startOn(undefined, [begun({ at: noon - 24 * 3_600_000 }), accepted])
  expect(session.engine.ledger.spend()).toMatchObject({ todayMicros: 0, monthMicros: 1_000_000 })
  const waiting = await startOn(left('waiting'), [begun({ at: noon - 24 * 3_600_000 }), accepted])
  expect(waiting.session.engine.ledger.spend()).toMatchObject({ todayMicros: 0, monthMicros: 1_000_000 })
})

test.each(['submitting', 'unknown', 'given-up'] as const)(
  'the log’s line of the submit is damaged, but the row knows it: %s runs',
  async (state) => {
    const { row } = await startOn(left(state), [accepted])
    expect(row).toMatchObject({ state: 'running', remoteId: 'r9', intent })
  },
)

test('an answer to an earlier submit than the one the row knows is not taken for its own', async () => {
  const { row } = await startOn(left('submitting'), [{ ...accepted, intent: `${id}-0` }])
  expect(row).toMatchObject({ state: 'unknown', remoteId: null })
})

test('killed while a row is made again: row and money come back together', async () => {
  const scene = await engineScene()
  const { engine } = scene.start()
  const { book, table, ledger } = engine
  scene.krea.foreign({ remoteId: 'r9' })
  const log = openSubmitLog(scene.logPath())
  for (const line of [begun(), accepted]) log.append(line)
  log.close()
  const deps = { book, table, ...scene.log(), isRestored: true, now: () => noon }
  const killed = () => {
    throw new Error('killed here')
  }
  expect(() => recover({ ...deps, ledger: { ...ledger, reserve: killed } })).toThrow('killed here')
  expect([table.get(id), ledger.lines()]).toEqual([undefined, []])
  recover({ ...deps, ledger })
  expect([table.get(id)?.state, ledger.of(id).state]).toEqual(['running', 'reserved'])
})
