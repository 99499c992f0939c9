import { describe, expect, test } from 'vitest'
import { createUniall } from '../../../electron/providers/uniall/uniall'
import { answerOf } from '../../support/answers'

const notFound = answerOf(404, { error: { message: 'Not Found', code: 'not_found' } })
const noTask = answerOf(404, { error: { message: 'Task t not found', code: 'task_not_found' } })
const running = (id: string) => answerOf(200, { id, status: 'queued' })
const problem = { kind: 'problem', problem: { kind: 'upstream', message: 'Not Found' } }

/** A UniAll whose polls are told by their last folder but one. */
function bench() {
  let origin = 'https://one.example'
  const uniall = createUniall({ settings: () => ({ origin, dialect: null }) })
  return {
    ...uniall,
    ask: (id: string) => uniall.pollRequest(id).path.split('/')[2],
    moveTo: (other: string) => {
      origin = other
    },
  }
}

describe('where jobs are polled', () => {
  test('the other address is asked from then on when the first is not there', () => {
    const { ask, readPoll } = bench()
    expect(ask('a')).toBe('videos')
    expect(readPoll(notFound)).toEqual(problem)
    expect([ask('a'), ask('b')]).toEqual(['tasks', 'tasks'])
    expect(readPoll(running('a'))).toMatchObject({ kind: 'running' })
    // It is there, so that a plain 404 is about a job.
    expect(readPoll(notFound)).toEqual({ kind: 'missing' })
    expect(ask('b')).toBe('tasks')
  })

  test('a 404 about a task changes nothing', () => {
    const { ask, readPoll } = bench()
    ask('a')
    expect(readPoll(noTask)).toEqual({ kind: 'missing' })
    expect(ask('a')).toBe('videos')
  })

  test('neither there: both are asked in turn, and no job is called missing', () => {
    const { ask, readPoll } = bench()
    const asked = Array.from({ length: 4 }, () => {
      const route = ask('a')
      expect(readPoll(notFound)).toEqual(problem)
      return route
    })
    expect(asked).toEqual(['videos', 'tasks', 'videos', 'tasks'])
  })

  test('many at a time: one change, and a late answer does not lead back', () => {
    const { ask, readPoll } = bench()
    expect([ask('a'), ask('b'), ask('c')]).toEqual(['videos', 'videos', 'videos'])
    readPoll(notFound)
    readPoll(notFound)
    expect(ask('a')).toBe('tasks')
    // Of job c, asked at the first address.
    readPoll(notFound)
    readPoll(running('a'))
    expect([ask('a'), ask('b'), ask('c')]).toEqual(['tasks', 'tasks', 'tasks'])
  })

  test('405 is about the address, even after it was there', () => {
    const { ask, readPoll } = bench()
    ask('a')
    readPoll(running('a'))
    ask('a')
    const gone = answerOf(405, { error: { message: 'Task method not allowed' } })
    expect(readPoll(gone)).toMatchObject({ kind: 'problem', problem: { kind: 'upstream' } })
    expect(ask('a')).toBe('tasks')
  })

  test('an address in the words names no task, a page in HTML no job', () => {
    const { ask, readPoll } = bench()
    ask('a')
    expect(readPoll(answerOf(404, { error: 'Invalid URL (GET /v1/videos/task_1)' }))).toMatchObject({
      kind: 'problem',
    })
    expect(ask('a')).toBe('tasks')
    readPoll(running('a'))
    const page = { ...notFound, text: '<html>Task not found</html>' }
    expect(readPoll(page)).toMatchObject({ kind: 'problem', problem: { kind: 'unreadable' } })
  })

  test.each(['Video endpoint not found', 'Generation route does not exist', 'No such video path'])(
    'a 404 that says “%s” is about the address',
    (message) => {
      const { ask, readPoll } = bench()
      ask('a')
      expect(readPoll(answerOf(404, { error: { message } }))).toMatchObject({
        kind: 'problem',
        problem: { kind: 'upstream' },
      })
      expect(ask('a')).toBe('tasks')
    },
  )

  test('a 400 leads to the other address while none has told of a job, and no longer', () => {
    const { ask, readPoll } = bench()
    const bad = answerOf(400, { error: { message: 'task_id is required in the body' } })
    const invalid = { kind: 'problem', problem: { kind: 'invalid' } }
    ask('a')
    expect(readPoll(bad)).toMatchObject(invalid)
    expect(ask('a')).toBe('tasks')
    readPoll(running('a'))
    ask('a')
    expect(readPoll(bad)).toMatchObject(invalid)
    expect([ask('a'), ask('b')]).toEqual(['tasks', 'tasks'])
  })

  test('another base URL is learned anew', () => {
    const { ask, readPoll, moveTo } = bench()
    ask('a')
    readPoll(notFound)
    moveTo('https://two.example')
    expect(ask('a')).toBe('videos')
    moveTo('https://one.example')
    expect(ask('a')).toBe('tasks')
  })
})
