import { expect, test } from 'vitest'
import { Unreachable } from '../../../electron/providers/provider'
import { engineScene } from '../../support/engine-scene'

test('a paid job goes all the way to a clip, with one submit, one charge and every step in the timeline', async () => {
  const scene = await engineScene()
  const { commands, create, reaches, engine } = scene.start()
  const id = await create()
  await reaches(id, 'running')
  scene.krea.finish('r1')
  await scene.clock.advance(11_000)
  await reaches(id, 'done')
  expect(scene.krea.accepted).toHaveLength(1)
  expect(scene.clips.get(id)).toMatchObject({ id, origin: { kind: 'generated', provider: 'krea' } })
  expect(engine.ledger.of(id)).toEqual({ state: 'charged', charged: { unit: 'usd', micros: 1_000_000 } })
  expect(commands.timeline(id).entries.map(({ event }) => event)).toEqual([
    'created',
    'handing-over',
    'submitting',
    'accepted',
    'completed',
    'result',
    'result',
    'made',
    'saved',
  ])
  expect(scene.log().intents).toMatchObject([{ job: id, remoteId: 'r1', closed: 'done' }])
  expect(scene.logged).toEqual([])
})

test('down, and nothing in flight that could ask: a waiting job is tried again when the pause is over', async () => {
  const scene = await engineScene()
  scene.krea.fates.push(...Array.from({ length: 4 }, () => ({ takes: false, answer: 'unsent' }) as const))
  const { create, engine } = scene.start()
  const id = await create()
  await scene.clock.advance(1000)
  expect(engine.health.of('krea')).toMatchObject({ kind: 'down' })
  await scene.clock.advance(60_000)
  expect(engine.table.get(id)?.state).toBe('running')
  expect(scene.krea.accepted).toHaveLength(1)
})

test('down: something free is asked first, and nothing paid goes out before it is answered', async () => {
  const scene = await engineScene()
  scene.krea.fates.push(...Array.from({ length: 4 }, () => ({ takes: false, answer: 'unsent' }) as const))
  const { testKey } = scene.krea.provider
  Object.assign(scene.krea.provider, { testKey: () => Promise.reject(new Unreachable('silent', false)) })
  const { create, engine } = scene.start()
  const id = await create()
  await scene.clock.advance(1000)
  const sends = engine.table.get(id)?.intent
  await scene.clock.advance(600_000)
  expect(engine.table.get(id)).toMatchObject({ state: 'waiting', intent: sends })
  expect(engine.health.of('krea')).toMatchObject({ kind: 'down' })
  Object.assign(scene.krea.provider, { testKey })
  await scene.clock.advance(400_000)
  expect(engine.table.get(id)?.state).toBe('running')
})
