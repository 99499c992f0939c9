import { expect, test } from 'vitest'
import { createQuitRules, type QuitQuestion } from '../../../electron/attention/quit-rules'
import { until } from '../../support/until'

function scene() {
  const state = { isBusy: true, hasTray: true, atWork: 2, paid: 2, waiting: 1 }
  const questions: { readonly words: QuitQuestion; readonly answer: PromiseWithResolvers<boolean> }[] = []
  let quits = 0
  let ends = 0
  const rules = createQuitRules({
    isBusy: () => state.isBusy,
    summary: () => state,
    hasTray: () => state.hasTray,
    ask: (words) => {
      const answer = Promise.withResolvers<boolean>()
      questions.push({ words, answer })
      return answer.promise
    },
    quit: () => {
      quits += 1
      // As app.quit does: the guard is asked again.
      expect(rules.mayQuit()).toBe(true)
    },
    onQuit: () => (ends += 1),
  })
  return { state, rules, questions, quits: () => quits, ends: () => ends }
}

test('closing hides the window while there is work, paid or not, sent or not', () => {
  const { state, rules } = scene()
  expect(rules.closing()).toBe('hide')
  Object.assign(state, { isBusy: false, atWork: 1, waiting: 0 })
  expect(rules.closing()).toBe('hide')
  Object.assign(state, { atWork: 0, waiting: 1 })
  expect(rules.closing()).toBe('hide')
  Object.assign(state, { waiting: 0 })
  expect(rules.closing()).toBe('close')
})

test('without a tray closing quits, which asks only while something paid is in flight', () => {
  const { state, rules } = scene()
  state.hasTray = false
  expect(rules.closing()).toBe('quit')
  state.isBusy = false
  expect(rules.closing()).toBe('close')
})

test('quitting with nothing in flight asks nothing', () => {
  const { state, rules, questions, ends } = scene()
  state.isBusy = false
  expect(rules.mayQuit()).toBe(true)
  expect(rules.mayQuit()).toBe(true)
  expect(questions).toEqual([])
  expect(ends()).toBe(1)
  // Whatever begins now: the windows must close.
  state.isBusy = true
  expect(rules.closing()).toBe('close')
  expect(rules.mayQuit()).toBe(true)
})

test('quitting with paid work in flight asks once, and keeps working on a no', async () => {
  const { rules, questions, quits, ends } = scene()
  expect(rules.mayQuit()).toBe(false)
  expect(rules.mayQuit()).toBe(false)
  expect(questions.length).toBe(1)
  expect(questions[0]?.words).toMatchObject({
    message: '2 clips are still being made. Quit anyway?',
    keep: 'Keep working',
    quit: 'Quit',
  })
  questions[0]?.answer.resolve(false)
  await until(() => {
    expect(rules.mayQuit()).toBe(false)
    expect(questions.length).toBe(2)
  })
  expect(quits()).toBe(0)
  expect(ends()).toBe(0)
})

test('a yes quits, and the end is told before', async () => {
  const { rules, questions, quits, ends } = scene()
  rules.mayQuit()
  questions[0]?.answer.resolve(true)
  await until(() => expect(quits()).toBe(1))
  expect(ends()).toBe(1)
  expect(rules.closing()).toBe('close')
})

test('a question that cannot be put does not lock the user in', async () => {
  const { rules, questions, quits } = scene()
  rules.mayQuit()
  questions[0]?.answer.reject(new Error('no display'))
  await until(() => expect(quits()).toBe(1))
})

test('the end of the system is never held up, also while the question stands', async () => {
  const { rules, questions, quits, ends } = scene()
  rules.mayQuit()
  rules.end()
  expect(rules.mayQuit()).toBe(true)
  expect(rules.closing()).toBe('close')
  questions[0]?.answer.resolve(true)
  await questions[0]?.answer.promise
  await Promise.resolve()
  expect(quits()).toBe(0)
  expect(ends()).toBe(1)
})
