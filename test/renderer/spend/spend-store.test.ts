import { expect, test, vi } from 'vitest'
import { createSpendStore } from '../../../renderer/spend/spend-store'
import type { Caps, Spend } from '../../../shared/money-schema'
import { diskFull } from '../support/pieces'

const caps: Caps = { jobMicros: null, dayMicros: 10_000_000, monthMicros: null }
const spend: Spend = {
  caps,
  todayMicros: 2_400_000,
  monthMicros: 12_400_000,
  maybeMicros: 0,
  monthCreditMicros: 0,
  monthUntold: 0,
}

function spendOf() {
  const deps = {
    client: {
      'money.spend': vi.fn(() => Promise.resolve(spend)),
      'money.setCaps': vi.fn((next: Caps) => Promise.resolve({ ...spend, caps: next })),
      'money.export': vi.fn(() => Promise.resolve<{ file: string | null }>({ file: '/out/spending.csv' })),
    },
    fail: vi.fn(),
  }
  return { store: createSpendStore(deps), deps }
}

test('what was spent is there at start, and follows the news', async () => {
  const { store } = spendOf()
  await store.getState().load()
  expect(store.getState().spend).toEqual(spend)
  store.getState().changed({ ...spend, todayMicros: 3_000_000 })
  expect(store.getState().spend?.todayMicros).toBe(3_000_000)
})

test('spending that cannot be read is told', async () => {
  const { store, deps } = spendOf()
  deps.client['money.spend'].mockRejectedValueOnce(diskFull)
  await store.getState().load()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})

test('caps are shown as the main process keeps them; a failure leaves the old ones', async () => {
  const { store, deps } = spendOf()
  await store.getState().load()
  expect(await store.getState().setCaps({ ...caps, jobMicros: 3_000_000 })).toBeNull()
  expect(store.getState().spend?.caps.jobMicros).toBe(3_000_000)
  deps.client['money.setCaps'].mockRejectedValueOnce(diskFull)
  expect(await store.getState().setCaps(caps)).toMatchObject({ code: 'disk-full' })
  expect(store.getState().spend?.caps.jobMicros).toBe(3_000_000)
})

test('an export says where it went, that it was dismissed, or why it failed', async () => {
  const { store, deps } = spendOf()
  expect(await store.getState().exportCsv()).toEqual({ kind: 'written', file: '/out/spending.csv' })
  deps.client['money.export'].mockResolvedValueOnce({ file: null })
  expect(await store.getState().exportCsv()).toEqual({ kind: 'dismissed' })
  deps.client['money.export'].mockRejectedValueOnce(diskFull)
  expect(await store.getState().exportCsv()).toMatchObject({ kind: 'failed', error: { code: 'disk-full' } })
})
