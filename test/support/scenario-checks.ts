import { expect } from 'vitest'
import type { PollReading, Problem } from '../../electron/providers/provider'
import { referenceSlots, type Mode, type SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { validate } from '../../shared/validate/validate'
import { htmlPage, json, type Answer } from '../platforms/answer'
import type { Plan } from '../platforms/plan'
import { codeOf } from './failure'
import { lineTo } from './lines'
import { sourceClip, stillOf, type PlatformBench } from './platform-bench'
import { traitsOf } from './platform-traits'

const minute = 60_000
export const hour = 60 * minute

/** A job of ours with this script, submitted. */
async function scripted({ server, started, recipe }: PlatformBench, plan: Plan): Promise<string> {
  server.jobs.script('i', plan)
  return started(recipe('i'))
}

export async function ended(bench: PlatformBench, plan: Plan): Promise<PollReading> {
  const id = await scripted(bench, plan)
  bench.server.clock.advance(hour)
  return bench.poll(id)
}

export function answerOnce({ server }: PlatformBench, route: string, answer: Answer, times = 1): void {
  server.faults.add({ kind: 'answer', acted: false, answer }, { route, times })
}

export async function rejectedWith(bench: PlatformBench, answer?: Answer, asked?: Recipe): Promise<Problem> {
  if (answer) answerOnce(bench, 'submit', answer)
  const reading = await bench.submit(asked ?? bench.recipe('i'))
  if (reading.kind !== 'rejected') throw new Error(JSON.stringify(reading))
  expect(bench.server.bill.accepted().get('i')).toBeUndefined()
  return reading.problem
}

export async function problemOfPoll(bench: PlatformBench, id: string): Promise<Problem> {
  const reading = await bench.poll(id)
  if (reading.kind !== 'problem') throw new Error(JSON.stringify(reading))
  return reading.problem
}

const media: Readonly<Record<Mode, readonly SlotName[]>> = {
  text: [],
  first: ['first'],
  'first-last': ['first', 'last'],
  'last-only': ['last'],
  references: referenceSlots,
  sequence: ['first', 'ref1'],
  extend: [],
  edit: [],
}

/** A recipe of each mode that the provider has. */
function ofEachMode({ provider, recipe }: PlatformBench): readonly (readonly [string, Recipe])[] {
  const { modes, maxReferences } = provider.capabilities
  return modes.map((mode) => {
    const slots = media[mode].filter((slot) => mode !== 'references' || Number(slot.at(-1)) <= maxReferences)
    const source = mode === 'extend' || mode === 'edit' ? { clip: sourceClip().id, use: mode } : null
    return [mode, recipe(`mode-${mode}`, slots, { source })]
  })
}

export async function happyPath(bench: PlatformBench): Promise<void> {
  const { server, provider, handOver, post, poll } = bench
  const { words: expected, charged } = traitsOf(bench)
  for (const [mode, recipe] of ofEachMode(bench)) {
    const intent = `mode-${mode}`
    const known = { still: () => undefined, clip: () => undefined, hasBucket: true }
    expect(validate(recipe, provider, known).filter(({ weight }) => weight === 'blocks')).toEqual([])
    const urls = await handOver(recipe)
    const reply = await post(provider.body(recipe, urls, intent), intent)
    if (reply.kind !== 'accepted') throw new Error(`${mode}: ${JSON.stringify(reply)}`)
    const words: string[] = []
    let reading = await poll(reply.remoteId)
    while (reading.kind === 'running') {
      if (words.at(-1) !== reading.word) words.push(reading.word)
      server.clock.advance(2000)
      reading = await poll(reply.remoteId)
    }
    const job = server.jobs.find('studio', reply.remoteId)
    if (!job) throw new Error('no such job')
    expect(reading).toMatchObject({
      kind: 'completed',
      url: server.host.link(job.fileId ?? ''),
      expired: false,
      charged: charged(job.charge),
    })
    expect(words).toEqual(expected)
    // The platform fetches them all at once, in any order.
    const fetched = server.record.pictures.filter(({ jobId }) => jobId === job.id)
    const named = Object.entries(urls).map(([place, url]) => url && [url, recipe.slots[place as SlotName]])
    expect(new Set(fetched.map(({ url }) => url))).toEqual(new Set(Object.values(urls)))
    for (const { url, sha256, type } of fetched) {
      if (type !== 'video/mp4') expect(named).toContainEqual([url, sha256])
    }
    expect([server.bill.posts().get(intent), server.bill.accepted().get(intent)]).toEqual([1, 1])
  }
}

export async function wrongKey(bench: PlatformBench): Promise<void> {
  const { server, provider, started, recipe, elsewhere } = bench
  const id = await started(recipe('i'))
  const refused = { kind: 'problem', problem: { kind: 'key-refused' } }
  for (const key of ['afk_wrong', 'inf_wrong', null]) {
    const { send, submit } = lineTo(provider, key)
    const body = provider.body(recipe('other'), {}, 'other')
    const answer = provider.readSubmit(await submit(provider.submitRequest(body, 'other')))
    expect(answer).toMatchObject({ kind: 'rejected', problem: { kind: 'key-refused' } })
    expect(provider.readPoll(await send(provider.pollRequest(id)), id)).toMatchObject(refused)
    const { list, find, handOver } = provider
    if (list) expect(list.read(await send(list.request(null, 5)))).toMatchObject(refused)
    const finding = find?.request(body, 'other')
    if (find && finding) expect(find.read(await send(finding))).toMatchObject(refused)
    expect(await provider.testKey(send)).toMatchObject(refused)
    // Inside a request a picture goes with the submit, which was refused above.
    if (handOver && provider.id !== 'bytespike') {
      const give = () => handOver(stillOf('a.png'), { send, elsewhere }, bench.now)
      expect(await codeOf(give)).toBe('key-refused')
    }
  }
  expect(server.bill.accepted().get('other')).toBeUndefined()
}

export async function contentBlock(bench: PlatformBench): Promise<void> {
  const message = 'This request was blocked: it violates our content policy'
  const blocked = await ended(bench, {
    end: 'failed',
    failure: { code: 'content_policy_violation', message },
  })
  const billed = traitsOf(bench).failureBilled
  expect(blocked).toMatchObject({ kind: 'failed', blocked: true, billed, message })
}

export async function rateLimit(bench: PlatformBench): Promise<void> {
  const { error } = traitsOf(bench)
  expect(await rejectedWith(bench, error(429, 'Too many requests', 12))).toEqual({
    kind: 'rate-limited',
    message: 'Too many requests',
    retryAfterMs: 12_000,
  })
  expect(await rejectedWith(bench, error(429, 'Slow down'))).toEqual({
    kind: 'rate-limited',
    message: 'Slow down',
  })
  const until = new Date(bench.now() + 90_000).toUTCString()
  const dated = json(429, { error: 'Slow down' }, { 'retry-after': until })
  expect(await rejectedWith(bench, dated)).toMatchObject({ retryAfterMs: 90_000 })
  const id = await bench.started(bench.recipe('i'))
  answerOnce(bench, 'job', error(429, 'Slow down', 3))
  answerOnce(bench, 'job', error(429, 'Slow down'))
  expect(await problemOfPoll(bench, id)).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3000 })
  expect(await problemOfPoll(bench, id)).not.toHaveProperty('retryAfterMs')
  expect(await bench.poll(id)).toMatchObject({ kind: 'running' })
}

export async function serverErrors(bench: PlatformBench): Promise<void> {
  const { error } = traitsOf(bench)
  const id = await bench.started(bench.recipe('i'))
  for (const status of [500, 502, 503]) {
    answerOnce(bench, 'job', error(status, 'Internal error'), 3)
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
    const answer = error(status, 'Internal error')
    bench.server.faults.add({ kind: 'answer', acted, answer }, { route: 'submit' })
    const reading = await bench.submit(bench.recipe(`s${status}`), `s${status}`)
    expect(reading).toEqual({ kind: 'unclear', why: `answer ${status}: Internal error` })
    expect(bench.server.bill.posts().get(`s${status}`)).toBe(1)
  }
}

export async function unknownWord(bench: PlatformBench): Promise<void> {
  const id = await scripted(bench, { stages: [{ status: 'Reticulating-Splines', lastsMs: Infinity }] })
  bench.server.clock.advance(24 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'running', word: 'Reticulating-Splines' })
  if (!bench.provider.list) return
  expect((await bench.listed(id))?.reading).toMatchObject({ kind: 'running', word: 'Reticulating-Splines' })
}

export async function slowQueue(bench: PlatformBench): Promise<void> {
  const [status = ''] = traitsOf(bench).words
  const id = await scripted(bench, { stages: [{ status, lastsMs: 30 * hour }] })
  bench.server.clock.advance(29 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'running', word: status })
  bench.server.clock.advance(2 * hour)
  expect(await bench.poll(id)).toMatchObject({ kind: 'completed' })
}

export async function withoutAddress(bench: PlatformBench): Promise<void> {
  const reading = await ended(bench, { withoutUrl: true })
  expect(reading).toMatchObject({ kind: 'completed', url: null, expired: false })
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
    expect((await fetch(reading.url)).status).toBe(traitsOf(bench).deadLink)
  }
  expect(new Set(urls).size).toBe(2)
}

export async function gone(bench: PlatformBench): Promise<void> {
  const lost = await scripted(bench, { lost: true })
  expect(await bench.poll(lost)).toEqual({ kind: 'missing' })
  if (bench.provider.list) expect(await bench.listed(lost)).toBeUndefined()
  bench.server.jobs.script('late', { hiddenForMs: minute })
  const late = await bench.started(bench.recipe('late'), 'late')
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
    const id = await bench.started(bench.recipe(`shape-${name}`), name)
    bench.server.clock.advance(hour)
    const reading = await bench.poll(id)
    const link = bench.server.host.link(bench.server.jobs.find('studio', id)?.fileId ?? '')
    expect([name, reading]).toEqual([name, expect.objectContaining({ kind: 'completed', url: link })])
  }
}
