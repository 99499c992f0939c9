import { expect, test } from 'vitest'
import { createOnlineWatch } from '../../../electron/attention/online-watch'
import { createTimers } from './attending'

function scene() {
  const timers = createTimers()
  let isOnline = true
  let sleptMs = 0
  const told: boolean[] = []
  const watch = createOnlineWatch({
    isOnline: () => isOnline,
    onChange: () => told.push(watch.isOffline()),
    after: timers.after,
    now: () => timers.now() + sleptMs,
  })
  return {
    watch,
    told,
    timers,
    setOnline: (value: boolean) => (isOnline = value),
    sleep: (ms: number) => (sleptMs += ms),
  }
}

test('tells a change within five seconds, and only a change', () => {
  const { watch, told, timers, setOnline } = scene()
  timers.pass(60_000)
  expect(told).toEqual([])
  setOnline(false)
  timers.pass(5000)
  expect(told).toEqual([true])
  expect(watch.isOffline()).toBe(true)
  timers.pass(60_000)
  setOnline(true)
  timers.pass(5000)
  expect(told).toEqual([true, false])
})

test('waking is told although the connection is the same', () => {
  const { watch, told } = scene()
  watch.woke()
  expect(told).toEqual([false])
})

test('waking looks at once', () => {
  const { watch, told, setOnline } = scene()
  setOnline(false)
  watch.woke()
  expect(told).toEqual([true])
})

test('a sleep that the system does not tell is seen by the clock; a told one is not told twice', () => {
  const { watch, told, timers, sleep } = scene()
  sleep(60_000)
  timers.pass(5000)
  expect(told).toEqual([false])
  sleep(60_000)
  watch.woke()
  timers.pass(5000)
  expect(told).toEqual([false, false])
})

test('stopping leaves no timer, also after many looks', () => {
  const { watch, timers } = scene()
  timers.pass(17_000)
  watch.stop()
  expect(timers.count()).toBe(0)
})

test('a failing listener does not end the watch', () => {
  const timers = createTimers()
  let isOnline = true
  let calls = 0
  createOnlineWatch({
    isOnline: () => isOnline,
    onChange: () => {
      calls += 1
      throw new Error('broken')
    },
    after: timers.after,
    now: timers.now,
  })
  isOnline = false
  expect(() => timers.pass(5000)).toThrow('broken')
  isOnline = true
  expect(() => timers.pass(5000)).toThrow('broken')
  expect(calls).toBe(2)
})
