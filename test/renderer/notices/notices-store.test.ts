import { expect, test } from 'vitest'
import { createNoticesStore } from '../../../renderer/notices/notices-store'
import { AppError } from '../../../shared/error'
import { diskFull } from '../support/pieces'

function noticesOf() {
  const timers: (() => void)[] = []
  const store = createNoticesStore({ later: (run) => void timers.push(run) })
  return { timers, state: () => store.getState() }
}

test('a failure stays until it is dismissed; a good message goes by itself', () => {
  const { timers, state } = noticesOf()
  state().fail(new AppError('disk-full', 'The disk is full.', 'ENOSPC'))
  state().tell({ tone: 'info', message: 'Grabbed.' })
  expect(timers).toHaveLength(1)
  timers[0]?.()
  expect(state().notices).toMatchObject([{ tone: 'bad', message: 'The disk is full.', details: 'ENOSPC' }])
  state().dismiss(state().notices[0]?.id ?? -1)
  expect(state().notices).toEqual([])
})

test('the same failure again is not told twice', () => {
  const { state } = noticesOf()
  for (let time = 0; time < 10; time += 1) state().fail(diskFull)
  expect(state().notices).toHaveLength(1)
})

test('what the user asked to stop is no news', () => {
  const { state } = noticesOf()
  state().fail(new AppError('cancelled', 'Stopped.'))
  expect(state().notices).toEqual([])
})
