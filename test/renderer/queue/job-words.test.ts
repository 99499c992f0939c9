import { describe, expect, test } from 'vitest'
import type { Check, JobFacts } from '../../../renderer/queue/job-facts'
import { busyBeside, hasClock } from '../../../renderer/queue/job-facts'
import { jobFraction, jobInShort, jobSentence } from '../../../renderer/queue/job-words'
import { moneySentence, priceWord } from '../../../renderer/queue/money-words'
import { billings, jobStates, waitKinds, type WaitKind } from '../../../shared/job'
import type { Job } from '../../../shared/job-schema'
import { credits, free, usd, type Money } from '../../../shared/money'
import { idOf, noon } from '../../support/samples'
import { jobOf, paidJobOf, statusOf } from '../support/pieces'

const status = statusOf({ usualWaitMs: 50_000 })
const facts: JobFacts = { now: noon, busy: 2, status, spend: null }
const unknownFacts: JobFacts = { ...facts, status: undefined }

const waitingFor = (kind: WaitKind, change: Partial<NonNullable<Job['wait']>> = {}) =>
  paidJobOf({ wait: { kind, until: null, overMicros: null, cap: null, ...change } })

describe('waiting', () => {
  test('every reason has its own sentence', () => {
    const said = waitKinds.map((kind) => jobSentence(waitingFor(kind), facts))
    expect(new Set(said).size).toBe(waitKinds.length)
    expect(said).not.toContain('')
  })

  test('a price in credits is said to be one, and what would count it', () => {
    const job = waitingFor('price')
    expect(jobSentence(job, facts)).toContain('does not say what this costs')
    const quote = { certainty: 'approximate', amount: credits(8) } as const
    const said = jobSentence({ ...job, provider: 'apiframe', quote }, facts)
    expect(said).toBe('Allow it, or set “A credit is worth” under Settings → Apiframe. It bills in credits.')
  })

  describe('a price above the one that was agreed to', () => {
    const said = (amount: Money | null, creditMicros: number | null) => {
      const quote = amount
        ? ({ certainty: 'approximate', amount } as const)
        : ({ certainty: 'unknown', amount } as const)
      const limits = { concurrency: 2, jobMicros: null, dayMicros: null, creditMicros }
      const job = { ...waitingFor('dearer'), provider: 'apiframe', quote } as const
      return jobSentence(job, { ...facts, status: statusOf({ limits }) })
    }

    test('is the platform’s own where only it can have changed', () => {
      expect(said(usd(1.2), 100_000)).toContain('Apiframe asks $1.20 now, more than you agreed to.')
      expect(said(credits(8), null)).toContain('Apiframe asks 8 credits now, more than you agreed to.')
    })

    test('is said in dollars, and of nobody, where another worth of a credit may be why', () => {
      expect(said(credits(8), 100_000)).toBe(
        'Allow it to send it: 8 credits come to $0.80 now, more than you agreed to.',
      )
      expect(said(credits(3), 33_400)).toContain('3 credits come to $0.11 now')
    })

    test('may be none at all', () => {
      expect(said(null, null)).toContain('Apiframe no longer says what this costs.')
    })
  })

  test('what was given up is only said to be looked for where it can be', () => {
    const job = paidJobOf({ provider: 'uniall', state: 'given-up' })
    expect(jobSentence(job, facts)).toContain('It is still looked for at UniAll.')
    expect(jobSentence({ ...job, canLookUp: false }, facts)).toContain('It cannot be looked for at UniAll.')
  })

  test('a limit is counted, as far as it is known', () => {
    expect(jobSentence(waitingFor('provider-limit'), facts)).toBe('Waiting · 2 of 2 running on Krea')
    expect(jobSentence(waitingFor('provider-limit'), unknownFacts)).toBe(
      'Waiting · as many as allowed are running on Krea',
    )
  })

  test('a count that does not reach the limit is not shown', () => {
    expect(jobSentence(waitingFor('provider-limit'), { ...facts, busy: 1 })).toBe(
      'Waiting · as many as allowed are running on Krea',
    )
  })

  test('among many things it only says that it waits', () => {
    expect(jobInShort(waitingFor('rate-limited'), facts)).toBe('Waiting')
    expect(jobInShort(waitingFor('paused'), facts)).toBe('Paused')
    expect(jobInShort(jobOf({ state: 'downloading' }), facts)).toBe('Saving')
    expect(jobInShort(jobOf({ state: 'running', progress: 0.4 }), facts)).toBe('40 %')
  })

  test('the next try is counted down, and never below zero', () => {
    const job = waitingFor('rate-limited', { until: noon + 24_000 })
    expect(jobSentence(job, facts)).toContain('next try in 0:24')
    expect(jobSentence(job, { ...facts, now: noon + 60_000 })).toContain('next try in 0:00')
    expect(jobSentence(waitingFor('provider-down', { until: noon + 6 * 60_000 }), facts)).toContain(
      'trying again at 12:06',
    )
  })

  test.each([
    ['job', 'your $3 a clip'],
    ['day', 'today’s $10'],
    ['month', 'this month’s $100'],
    ['provider', 'your $5 a day on Krea'],
  ] as const)('the cap of a %s is named', (cap, named) => {
    const caps = { jobMicros: 3_000_000, dayMicros: 10_000_000, monthMicros: 100_000_000 }
    const spend = {
      caps,
      todayMicros: 0,
      monthMicros: 0,
      maybeMicros: 0,
      monthCreditMicros: 0,
      monthUntold: 0,
    }
    const limits = { concurrency: 2, jobMicros: null, dayMicros: 5_000_000, creditMicros: null }
    const limited = facts.status && { ...facts.status, limits }
    const job = waitingFor('budget', { overMicros: 405_000, cap })
    expect(jobSentence(job, { ...facts, spend, status: limited })).toBe(`This would pass ${named} by $0.41`)
    expect(jobSentence(job, { ...facts, spend: null, status: undefined })).toBe(
      'This would pass your limit by $0.41',
    )
  })

  test('one that the user paused is told from a paused queue', () => {
    expect(jobSentence({ ...waitingFor('paused'), paused: true }, facts)).toMatch(/^Paused/)
    expect(jobSentence(waitingFor('paused'), facts)).toMatch(/the queue is paused/)
  })
})

describe('running', () => {
  const running = paidJobOf({ state: 'running', word: 'sampling', submittedAt: noon - 31_000 })

  test('the platform’s own word, and elapsed of usual', () => {
    expect(jobSentence(running, facts)).toBe('Krea · sampling · 0:31 of about 0:50')
    expect(jobSentence(running, unknownFacts)).toBe('Krea · sampling · 0:31')
  })

  test('beyond twice the usual it says that it is still watched', () => {
    const at = (ms: number) => jobSentence({ ...running, submittedAt: noon - ms }, facts)
    expect(at(100_000)).toContain('1:40 of about 0:50')
    expect(at(101_000)).toBe('Krea · 1:41 · taking longer than usual · still watching')
  })

  test('while its platform is out of reach, it is not said to take long', () => {
    const down = { ...facts, status: statusOf({ health: { kind: 'down', since: noon, until: noon } }) }
    expect(jobSentence({ ...running, submittedAt: noon - 500_000 }, down)).toBe(
      'Krea does not answer · nothing is lost',
    )
    expect(jobSentence(jobOf({ state: 'running', progress: 0.4 }), down)).toContain('40 %')
  })

  test('a wish to cancel is the platform’s to grant; where there is no cancel it only quiets', () => {
    expect(jobSentence({ ...running, cancelRequested: true }, facts)).toMatch(/^Cancel asked · Krea decides/)
    expect(jobSentence({ ...running, provider: 'apiframe', cancelRequested: true }, facts)).toBe(
      'Not watched · Apiframe goes on, the clip is still fetched',
    )
  })

  test('what this computer makes is shown in per cent', () => {
    expect(jobSentence(jobOf({ state: 'running', progress: 0.628 }), unknownFacts)).toBe('Animatic · 62 %')
  })

  test('only what changes by itself ticks', () => {
    expect(hasClock(running)).toBe(true)
    expect(hasClock(waitingFor('rate-limited', { until: noon }))).toBe(true)
    expect(hasClock(waitingFor('turn'))).toBe(false)
    expect(hasClock(jobOf({ state: 'running' }))).toBe(false)
  })
})

test('a download says how much of it is here', () => {
  const downloading = (done: number, total: number) =>
    jobSentence(paidJobOf({ state: 'downloading', download: { done, total } }), facts)
  expect(downloading(18e6, 24e6)).toBe('Downloading 18 of 24 MB')
  expect(downloading(1.84e6, 0)).toBe('Downloading · 1.8 MB')
  expect(jobSentence(jobOf({ state: 'downloading' }), facts)).toBe('Saving')
})

describe('money', () => {
  test('that nothing was charged is said only when the ledger says so', () => {
    const saying = billings.filter((billing) =>
      /nothing was charged/i.test(moneySentence(paidJobOf({ billing }))),
    )
    expect(saying).toEqual(['none', 'released'])
    const states = jobStates.flatMap((state) =>
      billings.map((billing) => ({
        state,
        billing,
        said: jobSentence(paidJobOf({ state, billing }), facts),
      })),
    )
    for (const { billing, said } of states) {
      if (billing !== 'none' && billing !== 'released') expect(said).not.toMatch(/nothing was charged/i)
    }
  })

  test('what a look-up found a moment ago stands before the money, and takes nothing of it away', () => {
    const after = (check: Check) => jobSentence(paidJobOf({ state: 'unknown' }), { ...facts, check })
    expect(after('asking')).toBe('Looking for it at Krea. It may have been charged.')
    expect(after('not-there')).toBe('Looked just now: not there yet. It may have been charged.')
    expect(after('uncertain')).toContain('nothing certain yet')
  })

  test('an unknown outcome may always have been charged', () => {
    for (const billing of billings) {
      expect(jobSentence(paidJobOf({ state: 'unknown', billing }), facts)).toBe(
        'Krea did not answer after the request was sent. It may have been charged. Nothing was resent.',
      )
    }
  })

  test('a refusal carries the platform’s words, what it cost and that nothing typed is lost', () => {
    const error = { code: 'refused', message: 'Krea: “prompt blocked”.' } as const
    const refused = (change: Partial<Job>) =>
      jobSentence(paidJobOf({ state: 'refused', error, ...change }), facts)
    const kept = 'Your prompt and frames are kept.'
    expect(refused({ billing: 'released' })).toBe(`Nothing was charged. Krea: “prompt blocked”. ${kept}`)
    expect(refused({ billing: 'maybe' })).toBe(`It may have been charged. Krea: “prompt blocked”. ${kept}`)
    expect(refused({ billing: 'charged', charged: usd(0.42) })).toBe(
      `$0.42 was charged. Krea: “prompt blocked”. ${kept}`,
    )
  })

  test('a price is the quote until it is charged', () => {
    expect(priceWord(paidJobOf())).toBe('$0.84')
    expect(priceWord(paidJobOf({ quote: { certainty: 'approximate', amount: credits(8) } }))).toBe(
      '≈8 credits',
    )
    expect(priceWord(paidJobOf({ quote: { certainty: 'unknown', amount: null } }))).toBe('price unknown')
    expect(priceWord(paidJobOf({ charged: usd(1.008), billing: 'charged' }))).toBe('$1.01')
    expect(priceWord(paidJobOf({ billing: 'maybe' }))).toBe('maybe charged')
    expect(priceWord(paidJobOf({ state: 'refused', billing: 'released' }))).toBe('not charged')
    expect(priceWord(paidJobOf({ state: 'waiting', billing: 'released' }))).toBe('$0.84')
    expect(priceWord(jobOf())).toBe('free')
  })

  test('what is free has no word about money', () => {
    expect(moneySentence(jobOf({ quote: free }))).toBe('')
    expect(jobSentence(jobOf({ state: 'cancelled' }), facts)).toBe('Stopped. The recipe is kept.')
  })
})

describe('the bar', () => {
  test('a known progress leads; time fills it where there is none, never to the end', () => {
    const job = paidJobOf({ state: 'running', submittedAt: noon - 25_000 })
    expect(jobFraction({ ...job, progress: 0.4 }, facts)).toBe(0.4)
    expect(jobFraction(job, facts)).toBe(0.5)
    expect(jobFraction({ ...job, submittedAt: noon - 1e6 }, facts)).toBe(0.96)
    expect(jobFraction(job, unknownFacts)).toBe(0)
  })

  test('a download is its bytes; a clip that is being saved is made', () => {
    const job = paidJobOf({ state: 'downloading', download: { done: 6, total: 24 } })
    expect(jobFraction(job, facts)).toBe(0.25)
    expect(jobFraction(jobOf({ state: 'downloading' }), facts)).toBe(1)
  })
})

test('what is busy at a provider is what it works on now', () => {
  const jobs = jobStates.map((state, number) => paidJobOf({ id: idOf(number), state }))
  expect(busyBeside(paidJobOf(), [...jobs, jobOf({ state: 'running' })])).toBe(2)
})

test('a platform that shouts its states is quoted calmly', () => {
  const running = paidJobOf({ state: 'running', submittedAt: null, word: 'QUEUED' })
  expect(jobSentence(running, facts)).toBe('Krea · queued')
  expect(jobSentence({ ...running, word: 'Step 2' }, facts)).toBe('Krea · Step 2')
})

test('what the end means for money comes before a platform’s own words, which get a full stop', () => {
  const error = { code: 'refused', message: 'Krea said no: “blocked”' } as const
  const refused = paidJobOf({ state: 'refused', billing: 'refunded', error })
  expect(jobSentence(refused, facts)).toBe(
    'The charge was given back. Krea said no: “blocked”. Your prompt and frames are kept.',
  )
})
