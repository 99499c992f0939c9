import type { TimelineEvent } from '../../shared/job-event'
import type { TimelineEntry } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'

const words = strings.queue.details

/** A line of a job's timeline: what happened, and what was noted with it (may be empty). */
export interface TimelineLine {
  readonly text: string
  readonly note: string
}

/** A line of the timeline in plain words; an event of another version says where the job was then. */
export function entryInWords(entry: TimelineEntry, provider: ProviderId): TimelineLine {
  const { event, to, note } = entry
  const { name } = providers[provider]
  if (!isKnown(event)) return { text: words.states[to], note }
  const plain = { text: words.events[event](name), note: noteInWords(note) }
  return { ...plain, ...closer[event]?.(entry, name) }
}

/** The whole timeline as the engine wrote it, a line each: for a report. */
export function timelineAsRecorded(entries: readonly TimelineEntry[]): string {
  return entries
    .map(({ at, event, from, to, note }) =>
      [new Date(at).toISOString(), event, `${from ?? '–'} → ${to}`, note]
        .filter((part) => part !== '')
        .join('  '),
    )
    .join('\n')
}

/** The engine's note on a job that was sent again, as the user said that it did not arrive. */
const notArrived = 'the user: it did not arrive' satisfies keyof typeof words.notes

/** What can be said of some events beyond their plain words, by what was noted and where they led. */
const closer: Partial<
  Readonly<Record<TimelineEvent, (entry: TimelineEntry, provider: string) => Partial<TimelineLine>>>
> = {
  accepted: ({ note }) => acceptedLine(note),
  // Otherwise the note is our own number of the request.
  submitting: ({ note }) => (note.includes(' ') ? {} : { note: '' }),
  polled: ({ note }, provider) => (note === '' ? {} : { text: words.polledAs(provider, note), note: '' }),
  ended: ({ to }, provider) =>
    to === 'failed' || to === 'refused' || to === 'cancelled' ? { text: words.endedAs[to](provider) } : {},
  rejected: ({ to }, provider) => (to === 'refused' ? { text: words.endedAs.refused(provider) } : {}),
  looked: ({ note }) => ({ note: lookedNote(note) }),
  'gave-up': ({ note }) => (note === notArrived ? { text: words.notArrived } : {}),
  cancelled: ({ to }) => (to === 'cancelled' ? {} : { text: words.cancelAsked }),
}

function isKnown(event: string): event is TimelineEvent {
  return Object.hasOwn(words.events, event)
}

function noteInWords(note: string): string {
  const known: Readonly<Record<string, string>> = words.notes
  return (Object.hasOwn(known, note) ? known[note] : undefined) ?? note
}

/** The note is the platform's id with its word, unless the acceptance is read from our own record. */
function acceptedLine(note: string): Partial<TimelineLine> {
  if (note === '' || Object.hasOwn(words.notes, note)) return {}
  const [id = '', ...word] = note.split(' · ')
  return { text: words.acceptedAs(shortId(id)), note: word.join(' · ') }
}

function lookedNote(note: string): string {
  const number = /^(\d+) listed$/.exec(note)?.[1]
  if (number !== undefined) return words.notAmong(Number(number))
  return note === 'not known there' ? words.notThere : note
}

/** Enough of an id to know it again; the whole of it is above the timeline. */
function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 8)}…` : id
}
