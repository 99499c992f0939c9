import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { cleanError, cleanProblem, rejection } from '../../../../electron/jobs/platforms/problem-words'
import { AppError } from '../../../../shared/error'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'
import { png } from '../../../support/pictures'
import { sha256Of } from '../../../support/samples'

const clean = (text: string) => text.replaceAll('kr-secret', '…')
const fields = { slots: 'kr-secret is bad', seed: 'odd' }

test('SECURITY: the key is taken out of message, details and fields alike', () => {
  const error = { code: 'invalid-recipe', message: 'No, kr-secret.', details: 'kr-secret', fields } as const
  expect(cleanError(error, clean)).toEqual({
    code: 'invalid-recipe',
    message: 'No, ….',
    details: '…',
    fields: { slots: '… is bad', seed: 'odd' },
  })
  expect(cleanProblem({ kind: 'invalid', message: 'kr-secret', fields }, clean)).toEqual({
    kind: 'invalid',
    message: '…',
    fields: { slots: '… is bad', seed: 'odd' },
  })
})

test('what is not there is not made up', () => {
  const error = { code: 'internal', message: 'No.' } as const
  expect(cleanError(error, clean)).toStrictEqual(error)
  expect(cleanProblem({ kind: 'upstream', message: 'No.' }, clean)).toStrictEqual({
    kind: 'upstream',
    message: 'No.',
  })
})

test('SECURITY: a key that is quoted in the refusal of an upload is kept nowhere', async () => {
  const clock = createTestClock()
  const krea = createPlatform(clock)
  const handOver = async () => {
    throw new AppError('invalid-recipe', 'Krea did not take a picture: kr-secret.', 'kr-secret', fields)
  }
  const scene = await engineScene({ clock, krea: { ...krea, provider: { ...krea.provider, handOver } } })
  scene.world.clean = clean
  const picture = png(5, 5)
  const still = sha256Of(picture)
  mkdirSync(dirname(scene.paths.still(still, 'png')), { recursive: true })
  writeFileSync(scene.paths.still(still, 'png'), picture)
  scene.stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const { create, row, commands } = scene.start()
  const id = await create({ slots: { first: still } })
  expect(row(id)).toMatchObject({ state: 'failed', error: { fields: { slots: '… is bad' } } })
  const kept = JSON.stringify([row(id), commands.list(), commands.timeline(id), scene.told, scene.logged])
  expect(kept).not.toContain('kr-secret')
})

test('the content filter’s no is worded with the apostrophe of all other texts', () => {
  const { message } = rejection('Krea', { kind: 'blocked', message: 'no' })
  expect(message).toContain('Krea’s content filter said no.')
  expect(message).not.toContain("'")
})

test('so it is when a job that was taken is blocked later', async () => {
  const scene = await engineScene()
  const { create, passes, row } = scene.start()
  const id = await create()
  await passes(id, 'running')
  scene.krea.say('r1', { kind: 'failed', word: 'failed', message: 'no', blocked: true, billed: 'no' })
  await passes(id, 'refused')
  expect(row(id).error?.message).toContain('Krea’s content filter said no.')
})
