import { expect } from 'vitest'
import { empty, failure, htmlPage, json, malformedJson } from '../platforms/answer'
import { modelGoneAnswers } from './model-gone'
import { codeOf, failureOf } from './failure'
import { stillOf, type PlatformBench } from './platform-bench'
import { traitsOf } from './platform-traits'
import { answerOnce, hour, problemOfPoll, rejectedWith } from './scenario-checks'

/** What Krea and Apiframe answer to an upload; size and type are judged before (shared/validate). */
export async function uploads(bench: PlatformBench): Promise<void> {
  const { provider, line, elsewhere, now, server } = bench
  const { handOver } = provider
  if (!handOver) throw new Error(`${provider.id} has no upload`)
  const give = (file = stillOf('a.png')) => handOver(file, { send: line.send, elsewhere }, now)
  expect(await codeOf(() => give({ ...stillOf('a.png'), path: '/nowhere/a.png' }))).toBe('not-found')
  expect(server.record.requests).toEqual([])
  // A clip that calls itself a PNG. Only bytes count at Apiframe, for which a clip is a good upload.
  if (provider.id === 'krea') {
    const mismatch = await failureOf(() => give(stillOf('clip.mp4')))
    expect([mismatch.code, mismatch.message]).toEqual([
      'invalid-recipe',
      expect.stringMatching(/Krea did not take a picture: “File is not image\/png”\. To go on, use another/),
    ])
    expect(mismatch.fields).toEqual({ slots: 'File is not image/png' })
  }
  for (const [answer, code] of [
    [failure(413, 'Too large'), 'too-large'],
    [failure(429, 'Slow down', 3), 'rate-limited'],
    [failure(502, 'CDN failed'), 'provider-down'],
    [htmlPage(200), 'provider-down'],
    [json(200, { id: 'x', url: 'ftp://x/y', image_url: 'data:image/png;base64,AA' }), 'provider-down'],
  ] as const) {
    answerOnce(bench, 'upload', answer)
    expect(await codeOf(() => give())).toBe(code)
  }
  expect(server.faults.left()).toBe(0)
  // Nothing was paid for any of this.
  expect(server.bill.owed()).toBe(0)
}

/** An upload that lasts an hour, and a submit that comes after it. */
export async function expiredUpload(bench: PlatformBench, words: string): Promise<void> {
  const recipe = bench.recipe('i', ['first'])
  const body = bench.provider.body(recipe, await bench.handOver(recipe), 'i')
  bench.server.clock.advance(hour)
  const reading = await bench.post(body, 'i')
  if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
  bench.server.clock.advance(hour)
  expect(await bench.poll(reading.remoteId)).toMatchObject({
    kind: 'failed',
    blocked: false,
    billed: traitsOf(bench).failureBilled,
    message: expect.stringContaining(words),
  })
  expect(bench.server.bill.owed()).toBe(0)
}

export async function noJson(bench: PlatformBench): Promise<void> {
  const { provider, line } = bench
  const answers = [
    htmlPage(200),
    malformedJson(200),
    empty(200),
    json(200, null),
    json(200, [1]),
    json(200, { state: 3 }),
  ]
  for (const [index, answer] of answers.entries()) {
    const intent = `n${index}`
    bench.server.faults.add({ kind: 'answer', acted: true, answer }, { route: 'submit' })
    expect(await bench.submit(bench.recipe(intent), intent)).toEqual({
      kind: 'unclear',
      why: 'answer 200 has no readable job id',
    })
    expect(bench.server.bill.accepted().get(intent)).toBe(1)
  }
  const id = await bench.started(bench.recipe('i'))
  const { keyRoute } = traitsOf(bench)
  const unreadable = { problem: { kind: 'unreadable' } }
  for (const [index, answer] of answers.entries()) {
    answerOnce(bench, 'job', answer)
    expect(await problemOfPoll(bench, id)).toMatchObject({ kind: 'unreadable' })
    const { list } = provider
    if (list) {
      answerOnce(bench, 'list', answer)
      expect(list.read(await line.send(list.request(null, 5)))).toMatchObject(unreadable)
    }
    // What inference.sh tells of its limits has no documented form: any JSON proves the key.
    if (provider.id === 'inferencesh' && index > 3) continue
    answerOnce(bench, keyRoute, answer)
    expect(await provider.testKey(line.send)).toMatchObject(unreadable)
  }
  expect(bench.server.faults.left()).toBe(0)
  answerOnce(bench, 'job', htmlPage(502))
  expect(await problemOfPoll(bench, id)).toEqual({
    kind: 'upstream',
    message: 'error 502 without a readable reason',
  })
  answerOnce(bench, 'submit', htmlPage(502))
  expect(await bench.submit(bench.recipe('x'), 'x')).toMatchObject({ kind: 'unclear' })
  // A redirect is nobody's word that nothing was taken.
  answerOnce(bench, 'submit', json(302, {}, { location: 'https://elsewhere.example/' }))
  expect(await bench.submit(bench.recipe('y'), 'y')).toMatchObject({ kind: 'unclear' })
  expect(bench.server.bill.posts().get('y')).toBe(1)
}

export async function modelGone(bench: PlatformBench): Promise<void> {
  const { error, submitGone } = traitsOf(bench)
  for (const answer of modelGoneAnswers(bench)) {
    const problem = await rejectedWith(bench, answer)
    expect(problem).toMatchObject({ kind: 'model-unavailable' })
    expect(problem.message).not.toBe('')
    expect(problem).not.toHaveProperty('fields')
  }
  expect(await rejectedWith(bench, error(404, 'No route POST /x'))).toMatchObject({ kind: submitGone })
  expect(await rejectedWith(bench, error(400, 'The image is no longer available'))).toMatchObject({
    kind: 'invalid',
  })
}

/** A key that works, but must not see the account. */
export async function accountForbidden(bench: PlatformBench): Promise<void> {
  const { provider, line } = bench
  const { error, keyRoute } = traitsOf(bench)
  answerOnce(bench, keyRoute, error(403, 'No permission'))
  expect(await provider.testKey(line.send)).toMatchObject({ problem: { kind: 'forbidden' } })
  answerOnce(bench, keyRoute, error(403, 'API key is inactive'))
  expect(await provider.testKey(line.send)).toMatchObject({ problem: { kind: 'key-refused' } })
}
