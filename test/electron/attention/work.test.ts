import { expect, test } from 'vitest'
import { countWork } from '../../../electron/attention/work'
import { jobStates, waitKinds } from '../../../shared/job'
import { kreaJob } from './attending'

test('counts what is at work, and of it what is paid', () => {
  const krea = jobStates.map((state, number) => kreaJob(number, { state }))
  expect(countWork(krea)).toEqual({ atWork: 4, paid: 3, waiting: 1 })
  expect(countWork([kreaJob(1, { provider: 'animatic' })])).toEqual({ atWork: 1, paid: 0, waiting: 0 })
})

test('counts as waiting only what goes on without the user', () => {
  const going = waitKinds.filter((kind) => {
    const wait = { kind, until: null, overMicros: null, cap: null }
    return countWork([kreaJob(1, { state: 'waiting', wait })]).waiting === 1
  })
  expect(going).toEqual(['turn', 'provider-limit', 'rate-limited', 'offline', 'provider-down', 'bucket'])
})
