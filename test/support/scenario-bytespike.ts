import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { usd } from '../../shared/money'
import { codeOf } from './failure'
import { temporaryFolder } from './folder'
import { bytespikeBench, stillOf, type BytespikeBench } from './platform-bench'
import { contentBlock, ended, hour, rejectedWith } from './scenario-checks'
import { lostSubmit, neverFound } from './scenario-lost'

const isB = ({ provider }: BytespikeBench) => provider.dialect === 'B'

export async function noMoney(bench: BytespikeBench): Promise<void> {
  const dialect = isB(bench) ? 'B' : 'A'
  for (const options of [{ balance: 1 }, { spendCap: 1 }]) {
    const poor = await bytespikeBench({ dialect, ...options })
    expect(await rejectedWith(poor)).toMatchObject({ kind: 'out-of-credit' })
    expect(poor.server.bill.owed()).toBe(0)
  }
  const barred = await bytespikeBench({ dialect, modelInGroup: false })
  expect(await rejectedWith(barred)).toMatchObject({ kind: 'forbidden' })
}

/** 451 before anything is made, or a failed job; neither is billed. */
export async function unsafePrompt(bench: BytespikeBench): Promise<void> {
  const asked = bench.recipe('i', [], { prompt: 'intent:i #unsafe' })
  expect(await rejectedWith(bench, undefined, asked)).toMatchObject({ kind: 'blocked' })
  await contentBlock(bench)
  expect(bench.server.bill.owed()).toBe(0)
}

/** In dialect A nothing can be looked up; in B our own id finds the job, and repeating the submit is harmless. */
export async function foundByOwnId(bench: BytespikeBench): Promise<void> {
  if (!isB(bench)) return neverFound(bench)
  const { provider, line, server } = bench
  const { find } = provider
  const body = await lostSubmit(bench)
  const request = find?.request(body, 'i')
  if (!find || !request) throw new Error('cannot find')
  const found = find.read(await line.send(request))
  expect(found).toMatchObject({ kind: 'found', word: 'pending', reading: { kind: 'running' } })
  const again = await bench.post(body, 'i')
  expect(again).toMatchObject({ remoteId: found.kind === 'found' ? found.remoteId : '' })
  expect([server.bill.posts().get('i'), server.bill.accepted().get('i')]).toEqual([2, 1])
  const other = find.request(provider.body(bench.recipe('i'), {}, 'another'), 'another')
  expect(other && find.read(await line.send(other))).toEqual({ kind: 'missing' })
}

export async function failurePlaces(bench: BytespikeBench): Promise<void> {
  const failed = { kind: 'failed', word: 'failed', message: 'Generation failed', blocked: false }
  for (const failurePlace of ['error_message', 'error-object', 'error-text'] as const) {
    bench.server.jobs.script(failurePlace, { end: 'failed', failurePlace })
    const id = await bench.started(bench.recipe(failurePlace), failurePlace)
    bench.server.clock.advance(hour)
    expect(await bench.poll(id)).toEqual({ ...failed, billed: 'no' })
  }
  // "Failures never bill", with a price all the same.
  expect(await ended(bench, { end: 'failed', billedAnyway: true })).toEqual({ ...failed, billed: 'unknown' })
}

export async function calledOff(bench: BytespikeBench): Promise<void> {
  const { server, provider, started, poll, line, recipe } = bench
  const { cancelRequest } = provider
  if (!cancelRequest) throw new Error('no cancel')
  const id = await started(recipe('i'), 'i')
  expect((await line.send(cancelRequest(id))).status).toBe(200)
  expect(await poll(id)).toMatchObject({ kind: 'cancelled', word: 'cancelled' })
  server.jobs.script('late', { ignoresCancel: true })
  const late = await started(recipe('late'), 'late')
  expect((await line.send(cancelRequest(late))).status).toBe(200)
  server.clock.advance(hour)
  const done = await poll(late)
  expect(done).toMatchObject({ kind: 'completed' })
  // A cancel is "idempotent 200 with current state" (reference/providers.md §4.6).
  expect((await line.send(cancelRequest(late))).status).toBe(200)
  expect(await poll(late)).toEqual(done)
}

/** Inside the request: no upload, so that the file itself decides. */
export async function inlinePictures({ provider, line, elsewhere, now, server }: BytespikeBench) {
  const { handOver } = provider
  if (!handOver) throw new Error('no way')
  const give = (file: Parameters<typeof handOver>[0]) => handOver(file, { send: line.send, elsewhere }, now)
  const limit = provider.pictures.find(({ way }) => way === 'inline')?.maxBytes ?? 0
  const path = join(temporaryFolder(), 'large.jpg')
  writeFileSync(path, Buffer.alloc(limit + 1))
  expect(await codeOf(() => give({ ...stillOf('a.png', 'jpeg'), path }))).toBe('too-large')
  expect(await codeOf(() => give(stillOf('avif.avif', 'avif')))).toBe('unknown-type')
  expect(await codeOf(() => give({ ...stillOf('a.png'), path: '/nowhere/a.png' }))).toBe('not-found')
  expect(server.record.requests).toEqual([])
}

/** Dialect B: the same id and values are the same task; other values under it prove that there is one. */
export async function sameOwnId(bench: BytespikeBench): Promise<void> {
  expect(bench.provider.idempotentMs(bench.provider.body(bench.recipe('i'), {}, 'i'))).toBe(12 * hour)
  const first = await bench.submit(bench.recipe('i'), 'own')
  bench.server.clock.advance(11 * hour)
  const second = await bench.submit(bench.recipe('i'), 'own')
  expect(second).toEqual({ ...first, word: 'completed' })
  for (const duplicateStatus of [409, 400] as const) {
    const strict = await bytespikeBench({ dialect: 'B', duplicateStatus })
    await strict.started(strict.recipe('i'), 'own')
    const other = await strict.submit(strict.recipe('i', [], { durationS: 4 }), 'own')
    expect(other).toMatchObject({ kind: 'unclear', why: expect.stringContaining(`${duplicateStatus}`) })
    expect([...strict.server.bill.accepted().values()]).toEqual([1])
  }
}

export async function estimatedThenCharged(bench: BytespikeBench): Promise<void> {
  const reading = await bench.submit(bench.recipe('i', [], { durationS: 4 }))
  expect(reading).toMatchObject({ kind: 'accepted', estimate: usd(0.18) })
  bench.server.clock.advance(hour)
  const id = reading.kind === 'accepted' ? reading.remoteId : ''
  expect(await bench.poll(id)).toMatchObject({ kind: 'completed', charged: usd(0.18) })
}

/** A gateway of another dialect: A and B are told apart, of C only that there is no such address. */
export async function otherDialects(): Promise<void> {
  for (const [has, speaks] of [
    ['B', 'A'],
    ['A', 'B'],
  ] as const) {
    const bench = await bytespikeBench({ dialect: has }, speaks)
    const { kind, message } = await rejectedWith(bench)
    expect([kind, message]).toEqual(['wrong-dialect', expect.stringContaining('nothing was sent again')])
    expect(bench.server.record.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  }
  for (const speaks of ['A', 'B']) {
    const { kind } = await rejectedWith(await bytespikeBench({ dialect: 'C' }, speaks))
    expect(kind).toBe('not-found')
  }
}

/** A job of one dialect is still found after the setting was changed: the route is tried the other way. */
export async function pollsEitherWay(): Promise<void> {
  for (const missingRoute of ['route_not_found', 'not_found', 'text', 405] as const) {
    for (const [dialect, speaks] of [
      ['A', 'B'],
      ['B', 'A'],
    ] as const) {
      const bench = await bytespikeBench({ dialect, missingRoute })
      const id = await bench.started(bench.recipe('i'))
      const other = await bytespikeBench({ dialect, state: bench.server.state, missingRoute }, speaks)
      expect(await other.poll(id)).toMatchObject({ kind: 'problem', problem: { kind: 'upstream' } })
      expect(await other.poll(id)).toMatchObject({ kind: 'running' })
    }
  }
}
