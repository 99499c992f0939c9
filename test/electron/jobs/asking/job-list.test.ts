import { expect, test } from 'vitest'
import { createHealthBoard } from '../../../../electron/jobs/platforms/health'
import { readJobList } from '../../../../electron/jobs/asking/job-list'
import type { ListReading, ListedJob, Send } from '../../../../electron/providers/provider'
import { answerOf } from '../../../support/answers'

const since = 1000

function jobAt(createdAt: number | null): ListedJob {
  const reading = { kind: 'running', word: 'queued', progress: null } as const
  return { remoteId: `r${createdAt}`, createdAt, reading, input: undefined, prompt: '' }
}

/** A page with jobs of these times; it goes on unless told otherwise. */
function page(times: readonly (number | null)[], change: { next?: null; isEnd?: boolean } = {}): ListReading {
  return { kind: 'page', jobs: times.map(jobAt), next: 'more', isEnd: false, ...change }
}

const end = { next: null, isEnd: true } as const

/** The list as it is read of a platform that has these pages. */
async function read(pages: readonly ListReading[]) {
  const left = [...pages]
  const send: Send = async () => answerOf(200, left.shift())
  const health = createHealthBoard({
    now: () => 0,
    uptime: () => 0,
    random: () => 0.5,
    onChange: () => undefined,
  })
  const listing = await readJobList(
    { health, onKeyRefused: () => undefined, mayAsk: () => left.length > 0 },
    'krea',
    {
      request: () => ({ method: 'GET', path: '/list' }),
      read: ({ text }) => JSON.parse(text),
      page: 10,
    },
    { print: 'k1', send, submit: send, clean: (text) => text },
    { since: () => since, count: 1, isEnough: () => false },
  )
  return { isComplete: listing.isComplete, pages: listing.pages, jobs: listing.jobs.length }
}

test('newest first, it is complete with the page that goes back far enough', async () => {
  expect(await read([page([1200, 1100]), page([1100, 900]), page([800])])).toEqual({
    isComplete: true,
    pages: 2,
    jobs: 4,
  })
})

test('in another order an old last job says nothing of the pages that follow', async () => {
  for (const times of [
    [300, 900],
    [900, 1200, 900],
    [800, null, 900],
  ]) {
    expect(await read([page(times), page([1200])])).toMatchObject({ isComplete: false, pages: 2 })
    expect(await read([page(times), page([1200], end)])).toMatchObject({ isComplete: true, pages: 2 })
  }
})

test('it ends where the platform says so, not where no way leads on', async () => {
  expect(await read([page([1200], end)])).toMatchObject({ isComplete: true })
  expect(await read([page([1200], { next: null })])).toMatchObject({ isComplete: false, pages: 1 })
  // What is wanted was seen all the same.
  expect(await read([page([1200, 900], { next: null })])).toMatchObject({ isComplete: true })
})
