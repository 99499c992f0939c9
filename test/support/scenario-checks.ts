import { expect } from 'vitest'
import { Unreachable, type PollReading, type Problem } from '../../electron/providers/provider'
import { credits } from '../../shared/money'
import type { SlotName } from '../../shared/recipe'
import { validate } from '../../shared/validate'
import { failure, htmlPage, json, type Answer } from '../platforms/answer'
import { apiframeStatuses } from '../platforms/apiframe-schema'
import { kreaStatuses } from '../platforms/krea-schema'
import type { Plan } from '../platforms/plan'
import { codeOf } from './failure'
import { lineTo } from './lines'
import { recipeWith, stillOf, type KreaBench, type PlatformBench } from './platform-bench'

const minute = 60_000
export const hour = 60 * minute

/** A job of ours with this script, submitted. */
async function scripted({ server, started }: PlatformBench, plan: Plan): Promise<string> {
  server.jobs.script('i', plan)
  return started(recipeWith('i'))
}

export async function ended(bench: PlatformBench, plan: Plan): Promise<PollReading> {
  const id = await scripted(bench, plan)
  bench.server.clock.advance(hour)
  return bench.poll(id)
}

export function answerOnce({ server }: PlatformBench, route: string, answer: Answer, times = 1): void {
  server.faults.add({ kind: 'answer', acted: false, answer }, { route, times })
}

export async function rejectedWith(bench: PlatformBench, answer?: Answer): Promise<Problem> {
  if (answer) answerOnce(bench, 'submit', answer)
  const reading = await bench.submit(recipeWith('i'))
  if (reading.kind !== 'rejected') throw new Error(JSON.stringify(reading))
  expect(bench.server.bill.accepted().get('i')).toBeUndefined()
  return reading.problem
}

export async function problemOfPoll(bench: PlatformBench, id: string): Promise<Problem> {
  const reading = await bench.poll(id)
  if (reading.kind !== 'problem') throw new Error(JSON.stringify(reading))
  return reading.problem
}

const modes: readonly (readonly SlotName[])[] = [
  [],
  ['first'],
  ['first', 'last'],
  ['ref1'],
  ['ref1', 'ref2', 'ref3'],
]

export async function happyPath(bench: PlatformBench): Promise<void> {
  const { server, provider, handOver, post, poll } = bench
  for (const [index, slots] of modes.entries()) {
    const intent = `mode${index}`
    const recipe = recipeWith(intent, slots)
    expect(validate(recipe, provider)).toEqual([])
    const urls = await handOver(recipe)
    const reply = await post(provider.body(recipe, urls), intent)
    const id = reply.kind === 'accepted' ? reply.remoteId : ''
    const words: string[] = []
    let reading = await poll(id)
    while (reading.kind === 'running') {
      if (words.at(-1) !== reading.word) words.push(reading.word)
      server.clock.advance(2000)
      reading = await poll(id)
    }
    const job = server.jobs.find('studio', id)
    if (!job) throw new Error('no such job')
    expect(reading).toMatchObject({
      kind: 'completed',
      url: server.host.link(job.fileId ?? ''),
      expired: false,
      charged: provider.id === 'apiframe' ? credits(job.charge) : null,
    })
    expect(words).toEqual(provider.id === 'krea' ? kreaStatuses.slice(0, 6) : apiframeStatuses.slice(0, 2))
    // The platform fetches them all at once, in any order.
    const fetched = server.record.pictures.filter(({ jobId }) => jobId === id)
    expect(new Map(fetched.map(({ url, sha256 }) => [url, sha256]))).toEqual(
      new Map(slots.map((slot) => [urls[slot], recipe.slots[slot]])),
    )
    expect([server.bill.posts().get(intent), server.bill.accepted().get(intent)]).toEqual([1, 1])
  }
}

export async function wrongKey(bench: PlatformBench): Promise<void> {
  const { server, provider, started } = bench
  const id = await started(recipeWith('i'))
  for (const key of ['afk_wrong', null]) {
    const { send, submit } = lineTo(provider, key)
    const body = provider.body(recipeWith('other'), {})
    const answer = provider.readSubmit(await submit(provider.submitRequest(body, 'other')))
    expect(answer).toMatchObject({ kind: 'rejected', problem: { kind: 'key-refused' } })
    expect(provider.readPoll(await send(provider.pollRequest(id)))).toMatchObject({
      kind: 'problem',
      problem: { kind: 'key-refused' },
    })
    expect(provider.readList(await send(provider.listRequest(null, 5)))).toMatchObject({
      problem: { kind: 'key-refused' },
    })
    expect(await provider.testKey(send)).toMatchObject({ kind: 'problem', problem: { kind: 'key-refused' } })
    expect(await codeOf(() => provider.handOver(stillOf('a.png'), send, bench.now))).toBe('key-refused')
  }
  expect(server.bill.accepted().get('other')).toBeUndefined()
}

export async function contentBlock(bench: PlatformBench): Promise<void> {
  const message = 'This request was blocked: it violates our content policy'
  const blocked = await ended(bench, {
    end: 'failed',
    failure: { code: 'content_policy_violation', message },
  })
  expect(blocked).toMatchObject({ kind: 'failed', blocked: true, billed: 'no', message })
}

export async function rateLimit(bench: PlatformBench): Promise<void> {
  expect(await rejectedWith(bench, failure(429, 'Too many requests', 12))).toEqual({
    kind: 'rate-limited',
    message: 'Too many requests',
    retryAfterMs: 12_000,
  })
  expect(await rejectedWith(bench, failure(429, 'Slow down'))).toEqual({
    kind: 'rate-limited',
    message: 'Slow down',
  })
  const until = new Date(bench.now() + 90_000).toUTCString()
  const dated = json(429, { error: 'Slow down' }, { 'retry-after': until })
  expect(await rejectedWith(bench, dated)).toMatchObject({ retryAfterMs: 90_000 })
  const id = await bench.started(recipeWith('i'))
  answerOnce(bench, 'job', failure(429, 'Slow down', 3))
  answerOnce(bench, 'job', failure(429, 'Slow down'))
  expect(await problemOfPoll(bench, id)).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3000 })
  expect(await problemOfPoll(bench, id)).not.toHaveProperty('retryAfterMs')
  expect(await bench.poll(id)).toMatchObject({ kind: 'running' })
}

export async function serverErrors(bench: PlatformBench): Promise<void> {
  const id = await bench.started(recipeWith('i'))
  for (const status of [500, 502, 503]) {
    answerOnce(bench, 'job', failure(status, 'Internal error'), 3)
    for (let count = 0; count < 3; count += 1) {
      expect(await problemOfPoll(bench, id)).toEqual({ kind: 'upstream', message: 'Internal error' })
    }
    expect(await bench.poll(id)).toMatchObject({ kind: 'running' })
  }
  for (const [status, acted] of [
    [500, true],
    [502, false],
    [503, true],
    [504, false],
  ] as const) {
    const answer = failure(status, 'Internal error')
    bench.server.faults.add({ kind: 'answer', acted, answer }, { route: 'submit' })
    const reading = await bench.submit(recipeWith(`s${status}`), `s${status}`)
    expect(reading).toEqual({ kind: 'unclear', why: `answer ${status}: Internal error` })
    expect(bench.server.bill.posts().get(`s${status}`)).toBe(1)
  }
}

/** The adapter's half: the cut is told as possibly sent, and the list shows what is needed to find the job. */
export async function cutAfterAccept(
  bench: PlatformBench,
  certainty: 'certain' | 'possible',
): Promise<string> {
  const { server, provider, line, list, now } = bench
  const body = provider.body(recipeWith('i'), {})
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const cut = await line.submit(provider.submitRequest(body, 'i')).catch((error: unknown) => error)
  expect(cut).toBeInstanceOf(Unreachable)
  expect(cut).toMatchObject({ isUnsent: false })
  expect([server.bill.posts().get('i'), server.bill.accepted().get('i')]).toEqual([1, 1])
  const [ours, ...others] = (await list()).jobs
  expect(others.length).toBeGreaterThan(0)
  expect(ours).toMatchObject({ createdAt: now(), reading: { kind: 'running' } })
  expect(ours && provider.matches(body, ours)).toBe(certainty)
  for (const other of others)
    expect(provider.matches(body, other)).toBe(certainty === 'certain' ? 'no' : 'possible')
  return ours?.remoteId ?? ''
}

export async function cancelRace({ server, provider, started, poll, line }: KreaBench): Promise<void> {
  const { cancelRequest } = provider
  if (!cancelRequest) throw new Error('no cancel')
  const id = await started(recipeWith('i'))
  expect((await line.send(cancelRequest(id))).status).toBe(200)
  expect(await poll(id)).toEqual({ kind: 'cancelled', word: 'cancelled', billed: 'no' })
  server.jobs.script('late', { ignoresCancel: true })
  const late = await started(recipeWith('late'))
  expect((await line.send(cancelRequest(late))).status).toBe(200)
  server.clock.advance(hour)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
  expect((await line.send(cancelRequest(late))).status).toBe(404)
  expect(await poll(late)).toMatchObject({ kind: 'completed' })
}

export async function unknownWord(bench: PlatformBench): Promise<void> {
  const id = await scripted(bench, { stages: [{ status: 'Reticulating-Splines', lastsMs: Infinity }] })
  bench.server.clock.advance(24 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'running', word: 'Reticulating-Splines' })
  expect((await bench.listed(id))?.reading).toMatchObject({ kind: 'running', word: 'Reticulating-Splines' })
}

export async function slowQueue(bench: PlatformBench): Promise<void> {
  const status = bench.provider.id === 'krea' ? 'backlogged' : 'QUEUED'
  const id = await scripted(bench, { stages: [{ status, lastsMs: 30 * hour }] })
  bench.server.clock.advance(29 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'running', word: status })
  bench.server.clock.advance(2 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'completed' })
}

export async function freshLink(bench: PlatformBench): Promise<void> {
  const { server, poll } = bench
  const id = await scripted(bench, {})
  server.clock.advance(hour)
  const urls: string[] = []
  for (let count = 0; count < 2; count += 1) {
    const reading = await poll(id)
    if (reading.kind !== 'completed' || reading.url === null) throw new Error(JSON.stringify(reading))
    expect((await fetch(reading.url)).status).toBe(200)
    urls.push(reading.url)
    server.host.expireLinks(server.jobs.find('studio', id)?.fileId ?? '')
    expect((await fetch(reading.url)).status).toBe(404)
  }
  expect(new Set(urls).size).toBe(2)
}

export async function gone(bench: PlatformBench): Promise<void> {
  const lost = await scripted(bench, { lost: true })
  expect(await bench.poll(lost)).toEqual({ kind: 'missing' })
  expect(await bench.listed(lost)).toBeUndefined()
  bench.server.jobs.script('late', { hiddenForMs: minute })
  const late = await bench.started(recipeWith('late'), 'late')
  expect(await bench.poll(late)).toEqual({ kind: 'missing' })
  bench.server.clock.advance(minute)
  expect((await bench.poll(late)).kind).not.toBe('missing')
  // A gateway's own 404 page says nothing about the job.
  answerOnce(bench, 'job', htmlPage(404))
  expect(await problemOfPoll(bench, late)).toMatchObject({ kind: 'unreadable' })
}

export async function shapes<S extends string>(
  bench: PlatformBench,
  names: readonly S[],
  script: (name: S) => void,
): Promise<void> {
  for (const name of names) {
    script(name)
    const id = await bench.started(recipeWith(`shape-${name}`), name)
    bench.server.clock.advance(hour)
    const reading = await bench.poll(id)
    const link = bench.server.host.link(bench.server.jobs.find('studio', id)?.fileId ?? '')
    expect([name, reading]).toEqual([name, expect.objectContaining({ kind: 'completed', url: link })])
  }
}
