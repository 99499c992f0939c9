import { expect, test } from 'vitest'
import { createBytespike } from '../../../../electron/providers/bytespike/bytespike'
import type { ApiAnswer, ApiRequest, Send } from '../../../../electron/providers/provider'
import { createUniall } from '../../../../electron/providers/uniall/uniall'
import { usd } from '../../../../shared/money'
import { answerOf } from '../../../support/answers'
import { createTestClock } from '../../../support/engine-clock'
import { engineScene } from '../../../support/engine-scene'

const hour = 3_600_000

/** The engine with the real adapter of a platform whose answers the test gives. */
async function scene(
  id: 'bytespike' | 'uniall',
  answers: (request: ApiRequest, clock: ReturnType<typeof createTestClock>) => ApiAnswer,
) {
  const clock = createTestClock()
  const requests: string[] = []
  const send: Send = async (request) => {
    requests.push(`${request.method} ${request.path}`)
    return { ...answers(request, clock), date: clock.now() }
  }
  const provider = id === 'uniall' ? createUniall() : createBytespike()
  const parts = await engineScene({ clock, real: { [id]: { provider, send, submit: send } } })
  parts.setKey(id, 'p1')
  const session = parts.start()
  return { ...parts, ...session, requests }
}

test('ByteSpike billed a little of a job that was called off: that is what the ledger says', async () => {
  let isCancelled = false
  const { commands, passes, engine, id } = await started((path) => {
    if (path.startsWith('/v1/tasks/cancel')) isCancelled = true
    return isCancelled ? { status: 'cancelled', credits_used: 0.05 } : { status: 'running' }
  })
  expect(engine.ledger.of(id)).toMatchObject({ state: 'reserved' })
  commands.cancel(id)
  await passes(id, 'cancelled')
  expect(engine.ledger.of(id)).toEqual({ state: 'charged', charged: usd(0.05) })
  expect(engine.ledger.spend().todayMicros).toBe(50_000)
  expect(commands.list()).toMatchObject([{ id, billing: 'charged', charged: usd(0.05) }])
})

test.each([
  ['The model veo-3.1-fast is no longer available', 'model-unavailable'],
  ['Unknown model', 'model-unavailable'],
  ['The input picture is no longer available', 'provider-failed'],
  ['Sorry', 'provider-failed'],
])('failed while it ran, with “%s”: %s', async (error_message, code) => {
  const { passes, row, id } = await started(() => ({ status: 'failed', error_message }))
  await passes(id, 'failed')
  expect(row(id).error).toMatchObject({ code, message: expect.stringContaining(`“${error_message}”`) })
})

test.each([404, 405])(
  'UniAll named an address that answers %i: the job is asked for at the documented one, and is never lost',
  async (status) => {
    const { create, passes, requests, told, clock, row } = await scene('uniall', ({ path }) => {
      if (path === '/v1/mine/b') return answerOf(status, { error: { message: 'Task b not found' } })
      if (path === '/v1/videos/b')
        return answerOf(200, { id: 'b', status: 'completed', video_url: 'https://host.example/b.mp4' })
      return answerOf(200, { id: 'b', status: 'queued', status_url: '/v1/mine/b' })
    })
    const id = await create({}, 'uniall')
    expect(row(id).remoteId).toBe('b@/v1/mine/b')
    await passes(id, 'done')
    await clock.advance(hour)
    expect(requests.filter((request) => request.includes('/mine/'))).toHaveLength(1)
    expect(told.map(({ state }) => state)).not.toContain('undelivered')
  },
)

/** A job that ByteSpike has taken, and what it says of it. */
async function started(says: (path: string) => object) {
  const parts = await scene('bytespike', ({ path }) =>
    answerOf(200, path === '/v1/tasks/submit' ? { task_id: 't' } : { task_id: 't', ...says(path) }),
  )
  const id = await parts.create({}, 'bytespike')
  expect(parts.row(id)).toMatchObject({ state: 'running', remoteId: 't' })
  return { ...parts, id }
}
