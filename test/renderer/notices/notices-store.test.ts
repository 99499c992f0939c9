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

test('good news replaces good news; what went wrong stays beside it', () => {
  const { state } = noticesOf()
  state().fail(diskFull)
  state().tell({ tone: 'warn', message: 'A slot is empty now.' })
  state().tell({ tone: 'info', message: 'The recipe of this clip is in the composer.' })
  state().tell({ tone: 'info', message: 'What was in the composer before is back.' })
  expect(state().notices.map(({ message }) => message)).toEqual([
    diskFull.message,
    'A slot is empty now.',
    'What was in the composer before is back.',
  ])
})

test('of one kind only the newest is told, whatever it says', () => {
  const { state } = noticesOf()
  state().tell({ tone: 'warn', message: 'Another kind.' })
  state().tell({ tone: 'warn', kind: 'intake', message: 'That is no picture.' })
  state().tell({ tone: 'warn', kind: 'intake', message: 'Only https.' })
  expect(state().notices.map(({ message }) => message)).toEqual(['Another kind.', 'Only https.'])
})
