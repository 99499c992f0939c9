import { expect, test } from 'vitest'
import { entryInWords, timelineAsRecorded } from '../../../renderer/queue/timeline-words'
import { strings } from '../../../renderer/strings'
import type { TimelineEntry } from '../../../shared/job-schema'
import { noon } from '../../support/samples'

const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
  at: noon,
  event: 'created',
  from: 'waiting',
  to: 'waiting',
  note: '',
  ...change,
})
const said = (event: string, change: Partial<TimelineEntry> = {}) => {
  const { text, note } = entryInWords(entry({ event, ...change }), 'krea')
  return [text, note].filter((part) => part !== '').join(' · ')
}
const id = '368a0478-7bfb-46e7-bef3-bb89d5f2a69f'

test('every event has words of its own, in sentence case, and none is the engine’s', () => {
  const events = Object.keys(strings.queue.details.events)
  const texts = events.map((event) => said(event))
  expect(new Set(texts).size).toBe(texts.length)
  for (const text of texts) expect(text).toMatch(/^[A-Z]/)
  for (const event of events.filter((name) => name.includes('-'))) expect(texts).not.toContain(event)
})

test.each([
  ['submitting', { note: 'c9ac84307064373fce5c' }, 'Sent to Krea'],
  ['submitting', { note: 'the same request again' }, 'Sent to Krea · the same request again'],
  ['accepted', { note: `${id} · backlogged` }, 'Accepted as 368a0478… · backlogged'],
  ['accepted', { note: 'r1 · queued' }, 'Accepted as r1 · queued'],
  ['accepted', { note: 'from submits.log' }, 'Accepted by Krea · by the record of what was sent'],
  ['polled', { note: 'sampling' }, 'Krea says: sampling'],
  ['ended', { to: 'refused', note: 'blocked' }, 'Krea refused it · blocked'],
  ['ended', { to: 'failed' }, 'Krea reports that it failed'],
  ['ended', { to: 'cancelled' }, 'Krea stopped it'],
  ['rejected', { to: 'refused' }, 'Krea refused it'],
  ['rejected', { to: 'failed', note: 'a field is missing' }, 'Not accepted · a field is missing'],
  ['agreed', { note: '$0.80' }, 'You agreed to the new price · $0.80'],
  ['looked', { note: '3 listed' }, 'Looked for it at Krea · not among the 3 jobs of its list yet'],
  ['looked', { note: '0 listed' }, 'Looked for it at Krea · its list is empty'],
  ['looked', { note: 'not known there' }, 'Looked for it at Krea · not there yet'],
  ['result', { note: 'all 12.0 MB are here' }, 'Downloading · all 12.0 MB are here'],
  ['gave-up', { to: 'given-up', note: 'the user gave up' }, 'You gave it up'],
  ['gave-up', { to: 'given-up', note: 'the user: it did not arrive' }, 'You said that it did not arrive'],
  ['cancelled', { to: 'cancelled' }, 'Cancelled'],
  ['cancelled', { to: 'running' }, 'You asked to cancel it'],
  ['held off', { note: 'the user: send it' }, 'No longer held'],
] as const)('%s with %o reads “%s”', (event, change, words) => {
  expect(said(event, change)).toBe(words)
})

test('an event of another version says how the job stood then', () => {
  expect(said('teleported', { to: 'running', note: 'n' })).toBe('running · n')
  expect(said('constructor', { to: 'running' })).toBe('running')
})

test('what is copied for a report has every line as it was recorded', () => {
  const lines = [
    entry({ from: null }),
    entry({ event: 'accepted', from: 'submitting', to: 'running', note: `${id} · queued` }),
  ]
  const at = new Date(noon).toISOString()
  expect(timelineAsRecorded(lines)).toBe(
    `${at}  created  – → waiting\n${at}  accepted  submitting → running  ${id} · queued`,
  )
})
