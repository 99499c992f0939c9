import { expect } from 'vitest'
import { failure } from '../platforms/answer'
import { recipeWith, type KreaBench } from './platform-bench'
import { hour, rejectedWith } from './scenario-checks'

export async function noCreditOrPlan(bench: KreaBench): Promise<void> {
  expect(await rejectedWith(bench, failure(402, 'You have run out of credits'))).toEqual({
    kind: 'out-of-credit',
    message: 'You have run out of credits',
  })
  expect(await rejectedWith(bench, failure(402, 'A paid plan is required'))).toMatchObject({
    kind: 'forbidden',
  })
}

export async function errorPlaces(bench: KreaBench): Promise<void> {
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
}

export async function cancelRace({ server, provider, started, poll, line }: KreaBench): Promise<void> {
  const { cancelRequest } = provider
  if (!cancelRequest) throw new Error('no cancel')
  const id = await started(recipeWith('i'))
  expect((await line.send(cancelRequest(id))).status).toBe(200)
  expect(await poll(id)).toEqual({ kind: 'cancelled', word: 'cancelled', billed: 'no' })
  server.jobs.script('late', { ignoresCancel: true })
  const late = await started(recipeWith('late'))
  expect((await line.send(cancelRequest(late))).status).toBe(200)
  server.clock.advance(hour)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
  expect((await line.send(cancelRequest(late))).status).toBe(404)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
}
