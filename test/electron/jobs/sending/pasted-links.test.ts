import { expect, test } from 'vitest'
import { createCommands } from '../../../../electron/jobs/commands'
import { engineScene, remoteRecipe } from '../../../support/engine-scene'
import { failureOf } from '../../../support/failure'

/** Generate with a picture at the address, where addresses without TLS are allowed or not. */
async function scene({ allowHttpLinks }: { readonly allowHttpLinks: boolean }) {
  const { start, krea, home, clock } = await engineScene()
  const { engine, desk } = start()
  const { create, list } = createCommands({
    engine,
    library: home.library.id,
    submitLog: { append: () => undefined },
    quote: desk.quote,
    provider: () => krea.provider,
    allowHttpLinks,
    now: clock.now,
    logError: () => undefined,
  })
  const press = (links: object) =>
    create(remoteRecipe({ slots: { first: 'e'.repeat(64) }, links }), 'krea', ['doubtful'])
  return { press, list, krea }
}

test('a pasted address without TLS is refused at Generate, and nothing is written down', async () => {
  const { press, list, krea } = await scene({ allowHttpLinks: false })
  for (const first of ['http://pictures.example/a.png', 'HTTP://pictures.example/a.png']) {
    expect(await failureOf(() => press({ first }))).toMatchObject({
      code: 'bad-request',
      message: 'A pasted address must begin with https://.',
    })
  }
  expect([list(), krea.requests]).toEqual([[], []])
  expect(await press({ first: 'https://pictures.example/a.png' })).toMatchObject({ kind: 'created' })
})

test('where it is allowed, in practice, it is taken', async () => {
  const { press } = await scene({ allowHttpLinks: true })
  expect(await press({ first: 'http://127.0.0.1:9/a.png' })).toMatchObject({ kind: 'created' })
})
