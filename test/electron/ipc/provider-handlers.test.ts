import { expect, test } from 'vitest'
import type { BucketDesk } from '../../../electron/bucket/bucket-desk'
import { providerHandlers } from '../../../electron/ipc/provider-handlers'
import { contract } from '../../../shared/contract'
import { bucketDeskScene, bucketStore } from '../../support/bucket-world'
import { engineScene, remoteRecipe } from '../../support/engine-scene'
import { codeOf } from '../../support/failure'

const status = { settings: null, key: { kind: 'none' } } as const
const noBucket: BucketDesk = {
  current: () => undefined,
  at: () => undefined,
  status: () => status,
  connect: async () => status,
  remove: () => status,
}

async function scene() {
  const parts = await engineScene()
  const session = parts.start()
  return { ...parts, ...session, handlers: providerHandlers(session.desk, noBucket) }
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
  expect(quotes.map(({ provider }) => provider)).toEqual([
    'uniall',
    'apiframe',
    'krea',
    'bytespike',
    'inferencesh',
  ])
})

test('the keys of a bucket go in and never come out', async () => {
  const { desk, clock } = await scene()
  const store = await bucketStore(clock.now)
  const bucket = bucketDeskScene(clock.now)
  const handlers = providerHandlers(desk, bucket.desk)
  const { calls } = contract
  const input = calls['bucket.connect'].input.parse({
    settings: store.settings,
    keys: store.keys,
    forSession: false,
  })
  const all = [
    handlers['bucket.get'](),
    await handlers['bucket.connect'](input),
    handlers['bucket.get'](),
    handlers['bucket.remove'](),
    ...bucket.told,
  ]
  for (const told of all) calls['bucket.get'].output.parse(told)
  expect(all.map(({ key }) => key.kind)).toEqual(['none', 'stored', 'stored', 'none', 'stored', 'none'])
  expect(JSON.stringify(all)).not.toContain(store.keys.secret)
})

test('address and dialect are set through the desk; what is wrong is thrown', async () => {
  const { handlers } = await scene()
  const { calls } = contract
  const moved = await handlers['providers.setAddress']({ provider: 'krea', origin: null })
  calls['providers.setAddress'].output.parse(moved)
  const spoken = handlers['providers.setDialect']({ provider: 'bytespike', dialect: 'B' })
  calls['providers.setDialect'].output.parse(spoken)
  const wrong = { provider: 'krea', origin: 'http://krea.example' } as const
  expect(await codeOf(() => handlers['providers.setAddress'](wrong))).toBe('bad-request')
  expect(await codeOf(() => handlers['providers.setDialect']({ provider: 'krea', dialect: 'B' }))).toBe(
    'bad-request',
  )
})

test.each([
  ['providers.setAddress', { provider: 'animatic', origin: null }],
  ['providers.setAddress', { provider: 'krea', origin: 'x'.repeat(501) }],
  ['providers.setDialect', { provider: 'nobody', dialect: 'A' }],
  [
    'bucket.connect',
    {
      settings: { endpoint: 'ftp://x', region: 'auto', bucket: 'abc', pathStyle: true },
      keys: null,
      forSession: false,
    },
  ],
  [
    'bucket.connect',
    {
      settings: { endpoint: 'https://x', region: 'auto', bucket: '../x', pathStyle: true },
      keys: null,
      forSession: false,
    },
  ],
] as const)('the page cannot call %s with %j', (name, input) => {
  expect(contract.calls[name].input.safeParse(input).success).toBe(false)
})
