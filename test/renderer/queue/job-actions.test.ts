import { expect, test } from 'vitest'
import { cardActions, isInLine } from '../../../renderer/queue/job-actions'
import { jobMark } from '../../../renderer/queue/job-marks'
import { jobStates, waitKinds, type WaitKind } from '../../../shared/job'
import { credits } from '../../../shared/money'
import { jobOf, paidJobOf } from '../support/pieces'

const waitingFor = (kind: WaitKind) => paidJobOf({ wait: { kind, until: null, overMicros: null, cap: null } })

test('what can be done about a job in each state', () => {
  const done = jobStates.map((state) => {
    const { buttons, close } = cardActions(paidJobOf({ state }))
    return [state, ...buttons, close]
  })
  expect(done).toEqual([
    ['waiting', 'cancel'],
    ['handing-over', 'cancel'],
    ['submitting', 'cancel'],
    ['unknown', 'check', 'resolve', null],
    ['running', 'cancel'],
    ['downloading', null],
    ['undelivered', 'fetch', null],
    ['done', 'show', null],
    ['failed', 'edit-again', 'run-again', 'dismiss'],
    ['refused', 'edit-again', 'other-provider', 'dismiss'],
    ['cancelled', 'run-again', 'dismiss'],
    ['expired', 'run-again', 'dismiss'],
    ['given-up', 'dismiss'],
  ])
})

test('what may have cost money and is not over cannot be put away', () => {
  for (const state of ['unknown', 'undelivered', 'running', 'downloading'] as const) {
    const { buttons, menu, close } = cardActions(paidJobOf({ state }))
    expect([...buttons, ...menu, close]).not.toContain('dismiss')
  }
})

test('a platform without cancel can only be left alone, once', () => {
  const running = paidJobOf({ state: 'running', provider: 'apiframe' })
  expect(cardActions(running).close).toBe('stop-watching')
  expect(cardActions({ ...running, cancelRequested: true }).close).toBeNull()
})

test('a waiting job that needs the user says so, has its action and stands outside the line', () => {
  const needy = waitKinds.filter((kind) => cardActions(waitingFor(kind)).buttons.length > 0)
  expect(needy).toEqual(['budget', 'no-key', 'key-refused', 'out-of-credit', 'price', 'dearer', 'held'])
  for (const kind of waitKinds) {
    expect(jobMark(waitingFor(kind)) !== null).toBe(needy.includes(kind))
    expect(isInLine(waitingFor(kind))).toBe(!needy.includes(kind))
  }
})

test('a job in line can be edited, paused and moved by menu', () => {
  expect(cardActions(waitingFor('turn')).menu).toEqual(['edit', 'pause', 'earlier', 'later'])
  expect(cardActions({ ...waitingFor('paused'), paused: true }).menu).toContain('unpause')
})

test('a price in credits is not called unknown', () => {
  const waiting = waitingFor('price')
  expect(jobMark(waiting)?.text).toBe('Price unknown')
  const quote = { certainty: 'approximate', amount: credits(8) } as const
  expect(jobMark({ ...waiting, quote })?.text).toBe('Price in credits')
})

test('what was given up and has appeared can be fetched', () => {
  const appeared = jobOf({ state: 'given-up', remoteId: 'a' })
  expect(cardActions(appeared).buttons).toEqual(['fetch'])
  expect(jobMark(appeared)?.text).toBe('It did arrive')
  expect(jobMark({ ...appeared, remoteId: null })).toBeNull()
})

test('a lost submit is not looked for where there is no list', () => {
  expect(cardActions(paidJobOf({ state: 'unknown', canLookUp: false })).buttons).toEqual(['resolve'])
})

test('a job that was sent in the wrong dialect leads to where the dialect is set', () => {
  const error = {
    code: 'wrong-dialect',
    message: 'ByteSpike wants its requests in another dialect.',
  } as const
  const { buttons, menu } = cardActions(paidJobOf({ state: 'failed', provider: 'bytespike', error }))
  expect(buttons).toEqual(['connection', 'run-again'])
  expect(menu).toContain('edit-again')
})
