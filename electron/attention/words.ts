import type { Job } from '../../shared/job-schema'
import { formatMoney } from '../../shared/money'
import type { Work } from './work'

/** Most names that a notification about several clips holds; the rest is counted. */
const mostNames = 2

/** Everything the shell says outside the window: notifications, the tray, the question before quitting. */
export const words = {
  news: {
    ready: (name: string) => `${name} is ready`,
    readyMany: (count: number) => `${count} clips are ready`,
    readyBody: (provider: string, price: string) => `${provider} · ${price}`,
    /** A clip without a prompt. */
    unnamed: 'Your clip',
    marks: {
      refused: 'Refused',
      failed: 'Failed',
      unknown: 'Outcome unknown',
      undelivered: 'Not delivered',
      expired: 'Thrown away',
      cancelled: 'Stopped',
    },
    problem: (mark: string, name: string) => `${mark}: ${name}`,
    problemMany: (count: number) => `${count} clips have a problem`,
    problemUnsaid: 'Open Inbetween to see what happened and what it means for your money.',
    names: (names: readonly string[]) => {
      const rest = names.length - mostNames
      return rest > 0 ? `${names.slice(0, mostNames).join(', ')} and ${rest} more` : names.join(', ')
    },
    free: 'free',
    priceUnknown: 'price unknown',
    about: (amount: string) => `≈ ${amount}`,
  },

  tray: {
    tip: ({ atWork, waiting }: Pick<Work, 'atWork' | 'waiting'>, paused: boolean) => {
      const parts = [
        atWork > 0 ? `${atWork} at work` : '',
        waiting > 0 ? `${waiting} waiting` : '',
        paused ? 'queue paused' : '',
      ].filter((part) => part !== '')
      return parts.length === 0 ? 'Inbetween' : `Inbetween · ${parts.join(', ')}`
    },
    show: 'Show Inbetween',
    pause: 'Pause queue',
    resume: 'Resume queue',
    quit: 'Quit',
  },

  closed: {
    title: 'Inbetween keeps working',
    body: (platform: NodeJS.Platform) =>
      platform === 'darwin' ? 'Quit it from the menu bar.' : 'Quit it from the tray.',
  },

  quit: {
    message: (paid: number) =>
      `${paid === 1 ? 'A clip is' : `${paid} clips are`} still being made. Quit anyway?`,
    detail: (paid: number, waiting: number) => {
      const fate =
        paid === 1
          ? 'It goes on at the platform, is paid for there, and is fetched when Inbetween starts again.'
          : 'They go on at the platforms, are paid for there, and are fetched when Inbetween starts again.'
      if (waiting === 0) return `${fate} Nothing is lost.`
      return `${fate} ${waiting} more ${waiting === 1 ? 'waits and is' : 'wait and are'} not sent before that. Nothing is lost.`
    },
    keep: 'Keep working',
    quit: 'Quit',
  },

  csv: {
    type: 'CSV table',
    /** The proposed name of the exported ledger; the local month, as everywhere in the ledger. */
    name: (at: Date) =>
      `inbetween-ledger-${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}.csv`,
  },
} as const

/** What a finished clip cost: what was charged once that is known, else what was quoted. */
export function priceOf({ charged, quote }: Pick<Job, 'charged' | 'quote'>): string {
  if (charged && charged.micros > 0) return formatMoney(charged)
  if (quote.certainty === 'free') return words.news.free
  if (quote.amount === null) return words.news.priceUnknown
  const amount = formatMoney(quote.amount)
  return quote.certainty === 'approximate' ? words.news.about(amount) : amount
}
