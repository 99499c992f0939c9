import { expect, test } from 'vitest'
import { networkHandlers } from '../../../electron/ipc/network-handlers'
import { contract } from '../../../shared/contract'
import type { NetworkStatus } from '../../../shared/provider-status-schema'

const status: NetworkStatus = { proxy: 'auto', caFile: null, needsRestart: false, now: 'Direct connection' }

function scene(picked?: string) {
  const wanted: unknown[] = []
  const handlers = networkHandlers({
    status: async () => status,
    set: async (asked) => {
      wanted.push(asked)
      return { ...status, ...asked }
    },
    pickCaFile: async () => picked,
  })
  return { handlers, wanted }
}

test('every answer is one that the window takes', async () => {
  const { handlers, wanted } = scene('/ca.pem')
  const { calls } = contract
  calls['network.get'].output.parse(await handlers['network.get']())
  const input = calls['network.set'].input.parse({ proxy: 'none', caFile: '/ca.pem' })
  expect(calls['network.set'].output.parse(await handlers['network.set'](input)).proxy).toBe('none')
  expect(wanted).toEqual([{ proxy: 'none', caFile: '/ca.pem' }])
  expect(await handlers['network.pickCaFile']()).toEqual({ file: '/ca.pem' })
})

test('a dialog that was dismissed picks nothing', async () => {
  expect(await scene().handlers['network.pickCaFile']()).toEqual({ file: null })
})

test.each([{ proxy: 'socks', caFile: null }, { proxy: 'none' }, { proxy: 'none', caFile: 7 }])(
  'the page cannot set %j',
  (input) => {
    expect(contract.calls['network.set'].input.safeParse(input).success).toBe(false)
  },
)
