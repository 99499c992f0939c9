import { expect, test } from 'vitest'
import { createNews } from '../../../electron/attention/news'
import type { Note } from '../../../electron/attention/notes'
import { createTimers, kreaJob } from './attending'

const refusal = {
  code: 'refused',
  message: "Krea's content filter said no. Nothing was charged; your prompt and pictures are kept.",
} as const

function scene() {
  const timers = createTimers()
  const told: Note[] = []
  const badges: number[] = []
  let isInFront = false
  const news = createNews({
    isInFront: () => isInFront,
    after: timers.after,
    tell: (note) => told.push(note),
    onProblems: (count) => badges.push(count),
  })
  return {
    news,
    badges,
    told,
    titles: () => told.map(({ title }) => title),
    pass: timers.pass,
    timers,
    look: (value: boolean) => {
      isInFront = value
      if (value) news.seen()
    },
  }
}

test('a clip that is finished while the user looks elsewhere is told with its platform and price', () => {
  const { news, told, pass } = scene()
  news.changed(kreaJob(1))
  const done = kreaJob(1, { state: 'done' })
  news.changed(done)
  expect(told).toEqual([])
  pass(2000)
  expect(told).toEqual([{ title: 'Red fox crosses the snow is ready', body: 'Krea · $0.84', job: done }])
})

test('what ends within two seconds is told together, clips and problems apart', () => {
  const { news, told, titles, pass } = scene()
  for (const number of [1, 2, 3, 4]) news.changed(kreaJob(number))
  news.changed(kreaJob(1, { state: 'done' }))
  pass(1000)
  news.changed(kreaJob(2, { state: 'done' }))
  news.changed(kreaJob(4, { state: 'refused', error: refusal }))
  pass(999)
  const last = kreaJob(3, { state: 'done' })
  news.changed(last)
  pass(1)
  expect(titles()).toEqual(['3 clips are ready', 'Refused: Red fox crosses the snow'])
  expect(told[0]?.job).toBe(last)
  pass(60_000)
  expect(told.length).toBe(2)
})

test('what comes later than two seconds is told by itself', () => {
  const { news, titles, pass } = scene()
  news.changed(kreaJob(1))
  news.changed(kreaJob(2))
  news.changed(kreaJob(1, { state: 'done' }))
  pass(2001)
  news.changed(kreaJob(2, { state: 'done' }))
  pass(2000)
  expect(titles()).toEqual(['Red fox crosses the snow is ready', 'Red fox crosses the snow is ready'])
})

test('nothing is told of a job first heard of in its state, nor while the window is in front', () => {
  const { news, told, look, pass, badges } = scene()
  news.changed(kreaJob(1, { state: 'done' }))
  news.changed(kreaJob(2, { state: 'unknown', error: refusal }))
  news.changed(kreaJob(2, { state: 'unknown', error: refusal, lookUps: 1 }))
  look(true)
  news.changed(kreaJob(3))
  news.changed(kreaJob(3, { state: 'done' }))
  look(false)
  pass(10_000)
  expect(told).toEqual([])
  expect(badges).toEqual([])
})

test('a recovered job that changes afterwards is told', () => {
  const { news, titles, pass } = scene()
  news.changed(kreaJob(1, { state: 'unknown' }))
  news.changed(kreaJob(1, { state: 'running' }))
  news.changed(kreaJob(1, { state: 'done' }))
  pass(2000)
  expect(titles()).toEqual(['Red fox crosses the snow is ready'])
})

test('looking at the window within the two seconds makes the notification needless', () => {
  const { news, told, look, pass } = scene()
  news.changed(kreaJob(1))
  news.changed(kreaJob(1, { state: 'done' }))
  pass(1000)
  look(true)
  pass(10_000)
  expect(told).toEqual([])
})

test('each state of a job is told once, however often it comes back', () => {
  const { news, titles, pass } = scene()
  news.changed(kreaJob(1))
  for (let round = 0; round < 3; round += 1) {
    news.changed(kreaJob(1, { state: 'undelivered' }))
    pass(2000)
    news.changed(kreaJob(1, { state: 'downloading' }))
    pass(2000)
  }
  expect(titles()).toEqual(['Not delivered: Red fox crosses the snow'])
})

test('a problem that has passed before it could be told is not told', () => {
  const { news, titles, pass } = scene()
  news.changed(kreaJob(1))
  news.changed(kreaJob(1, { state: 'undelivered' }))
  pass(1000)
  news.changed(kreaJob(1, { state: 'downloading' }))
  news.changed(kreaJob(1, { state: 'done' }))
  pass(2000)
  expect(titles()).toEqual(['Red fox crosses the snow is ready'])
})

test('problems are counted until they pass or the user looks', () => {
  const { news, badges, look } = scene()
  for (const number of [1, 2]) news.changed(kreaJob(number))
  news.changed(kreaJob(1, { state: 'unknown' }))
  news.changed(kreaJob(2, { state: 'refused', error: refusal }))
  news.changed(kreaJob(1))
  expect(badges).toEqual([1, 2, 1])
  look(true)
  expect(badges).toEqual([1, 2, 1, 0])
})

test('stopping leaves no timer', () => {
  const { news, timers } = scene()
  news.changed(kreaJob(1))
  news.changed(kreaJob(1, { state: 'done' }))
  expect(timers.count()).toBe(1)
  news.stop()
  expect(timers.count()).toBe(0)
})
