import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { moneyHandlers } from '../../../electron/ipc/money-handlers'
import { engineScene } from '../../support/engine-scene'
import { temporaryFolder } from '../../support/folder'

async function scene(file?: string) {
  const parts = await engineScene()
  const session = parts.start()
  const told: number[] = []
  return {
    ...parts,
    ...session,
    told,
    handlers: moneyHandlers({
      engine: session.engine,
      pickCsv: async () => file,
      onSpend: ({ caps }) => told.push(caps.jobMicros ?? -1),
    }),
  }
}

test('a raised cap lets what waited for it go', async () => {
  const { handlers, create, engine, row, clock, told } = await scene()
  const caps = { jobMicros: 1, dayMicros: null, monthMicros: null }
  expect(handlers['money.setCaps'](caps)).toMatchObject({ caps })
  expect(told).toEqual([1])
  engine.setPaused(true)
  const id = await create()
  engine.book.apply(id, { kind: 'flag', flag: 'allowed', on: false })
  handlers['queue.resume']()
  await clock.advance(100)
  expect(row(id).state).toBe('waiting')
  handlers['money.setCaps']({ ...caps, jobMicros: null })
  await clock.advance(100)
  expect(row(id).state).toBe('running')
  expect(handlers['money.spend']()).toMatchObject({ todayMicros: 1_000_000 })
})

test('the queue is paused, and goes on', async () => {
  const { handlers, create, row, clock } = await scene()
  expect(handlers['queue.pause']().paused).toBe('user')
  const id = await create()
  await clock.advance(60_000)
  expect([row(id).state, handlers['queue.state']().paused]).toEqual(['waiting', 'user'])
  expect(handlers['queue.resume']().paused).toBe('no')
  await clock.advance(100)
  expect(row(id).state).toBe('running')
  expect(handlers['queue.awayRead']().away).toBeNull()
})

test('the ledger is written where the user wants it, and nowhere when that was dismissed', async () => {
  const file = join(temporaryFolder(), 'ledger.csv')
  const { handlers, create } = await scene(file)
  const id = await create()
  expect(await handlers['money.export']()).toEqual({ file })
  expect(readFileSync(file, 'utf8')).toContain(`,krea,${id},reserved,usd,1.000000,,1.000000`)
  expect(await (await scene()).handlers['money.export']()).toEqual({ file: null })
})
