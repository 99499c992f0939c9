import type { Job } from '../../shared/job-schema'
import { isRemote } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { clockOf } from './clock-words'
import { usualWait, type Check, type JobFacts } from './job-facts'
import { moneySentence, priceWord } from './money-words'
import { waitSentence } from './wait-words'

const words = strings.queue

/** How far a job is, 0 to 1, as far as it is known. */
export function jobFraction(job: Job, facts: Pick<JobFacts, 'now' | 'status'>): number {
  const { state, progress, download } = job
  if (state === 'downloading') {
    if (!download) return 1
    return download.total > 0 ? Math.min(1, download.done / download.total) : progress
  }
  if (state !== 'running' || progress > 0) return progress
  return expectedFraction(job, facts)
}

/** The sentence of a job's card: how it stands, and what that means for money where it has come to an end. */
export function jobSentence(job: Job, facts: JobFacts): string {
  const { name } = providers[job.provider]
  const money = moneySentence(job)
  const message = job.error?.message
  switch (job.state) {
    case 'waiting':
      return waitSentence(job, facts)
    case 'handing-over':
      return job.word === null ? words.sendingPictures : words.sendingPicturesWord(job.word)
    case 'submitting':
      return words.submitting(name)
    case 'unknown':
      // The same whatever the ledger holds: an unknown outcome may always have been charged.
      return facts.check === undefined
        ? sentences(words.unknown(name), words.money.maybe, words.notResent)
        : sentences(checkSentence(name, facts.check), words.money.maybe)
    case 'running':
      return runningSentence(job, facts)
    case 'downloading':
      return downloadSentence(job)
    case 'undelivered':
      return sentences(words.undelivered(name), money, message)
    case 'done':
      return doneSentence(job)
    // The mark says what happened; a platform's own words may be long, and the money must not be what is cut off.
    case 'failed':
      return sentences(money, message ?? words.failedUnnamed)
    case 'refused':
      return sentences(money, message ?? words.refusedBy(name), words.kept)
    case 'cancelled':
      return job.submittedAt === null && isRemote(job.provider)
        ? sentences(words.cancelledUnsent, money)
        : sentences(words.cancelledText, money)
    case 'expired':
      return sentences(words.expired(name), money, message)
    case 'given-up':
      return sentences(givenUpSentence(job), money)
  }
}

function checkSentence(name: string, check: Check): string {
  return check === 'asking' ? words.checks.asking(name) : words.checks[check]
}

function givenUpSentence({ provider, remoteId, canLookUp }: Job): string {
  const { name } = providers[provider]
  if (remoteId !== null) return words.appeared(name)
  return canLookUp ? words.givenUp(name) : words.givenUpUnseen(name)
}

/** A few words for where a job is one among many and its provider named beside it: its card tells the rest. */
export function jobInShort(job: Job, facts: JobFacts): string {
  if (job.state !== 'waiting') {
    const sentence = jobSentence(job, facts)
    const lead = `${providers[job.provider].name} · `
    return sentence.startsWith(lead) ? sentence.slice(lead.length) : sentence
  }
  return job.wait?.kind === 'paused' ? words.pausedShort : words.waitingShort
}

/** Longer than this many times the usual wait is worth a word. */
const longAfter = 2

/** Where a bar stops that only time drives: the end is the platform's to tell. */
const mostExpected = 0.96

function runningSentence(job: Job, facts: JobFacts): string {
  const { name, canCancel } = providers[job.provider]
  if (job.cancelRequested) return canCancel ? words.cancelAsked(name) : words.quiet(name)
  if (!isRemote(job.provider)) return words.runningPercent(name, Math.floor(job.progress * 100))
  if (facts.status?.health.kind === 'down') return words.runningDown(name)
  const word = calm(job.word ?? words.running)
  if (job.submittedAt === null) return words.runningWord(name, word)
  const passed = facts.now - job.submittedAt
  const usual = usualWait(job, facts)
  if (usual === null) return words.runningFor(name, word, clockOf(passed))
  if (passed > longAfter * usual) return words.runningLong(name, clockOf(passed))
  return words.runningOf(name, word, clockOf(passed), clockOf(usual))
}

/** Some platforms shout their states: `QUEUED`. */
function calm(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word
}

function expectedFraction(job: Job, facts: Pick<JobFacts, 'now' | 'status'>): number {
  const usual = usualWait(job, facts)
  if (usual === null || job.submittedAt === null) return 0
  return Math.min(mostExpected, Math.max(0, (facts.now - job.submittedAt) / usual))
}

function downloadSentence({ download }: Job): string {
  if (!download) return words.saving
  if (download.total <= 0) return words.downloading(megabytes(download.done))
  return words.downloadingOf(megabytes(download.done), megabytes(download.total))
}

function doneSentence(job: Job): string {
  const took = job.submittedAt === null ? '' : clockOf(job.updatedAt - job.submittedAt)
  const price = job.charged ? words.money.shortCharged(priceWord(job)) : priceWord(job)
  return [took, price].filter((part) => part !== '').join(' · ')
}

/** Bytes as megabytes, to the digit that says something. */
function megabytes(bytes: number): string {
  const megabyte = 1e6
  return (bytes / megabyte).toFixed(bytes < 10 * megabyte ? 1 : 0)
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined || part === '' ? [] : [ended(part)])).join(' ')
}

/** A platform's words are quoted as they came, often without a full stop. */
function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}
