import { expect, test } from 'vitest'
import { providerHandlers } from '../../../electron/ipc/provider-handlers'
import { contract } from '../../../shared/contract'
import { engineScene, remoteRecipe } from '../../support/engine-scene'

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  return { ...parts, ...session, handlers: providerHandlers(session.desk) }
}

test('a key goes in and never comes out', async () => {
  const { handlers } = await scene()
  const key = 'kr-secret-of-the-user-4321'
  const saved = handlers['providers.saveKey']({ provider: 'krea', key, forSession: true })
  expect(saved.key).toMatchObject({ kind: 'stored', last4: '4321' })
  const all = [saved, handlers['providers.list'](), await handlers['providers.testKey']({ provider: 'krea' })]
  expect(JSON.stringify(all)).not.toContain('secret')
  expect(handlers['providers.removeKey']({ provider: 'krea' }).key).toEqual({ kind: 'none' })
})

test('every answer is one that the window takes', async () => {
  const { handlers } = await scene()
  const { calls } = contract
  calls['providers.list'].output.parse(handlers['providers.list']())
  calls['providers.testKey'].output.parse(await handlers['providers.testKey']({ provider: 'apiframe' }))
  const limits = { concurrency: 7, jobMicros: 5, dayMicros: null, creditMicros: 9 }
  expect(handlers['providers.setLimits']({ provider: 'krea', limits }).limits).toEqual(limits)
  const quotes = await handlers['quotes.get']({ recipe: remoteRecipe() })
  calls['quotes.get'].output.parse(quotes)
  expect(quotes.map(({ provider }) => provider)).toEqual(['krea', 'apiframe'])
})
