import { expect } from 'vitest'
import { empty, failure, htmlPage, json, malformedJson } from '../platforms/answer'
import { codeOf, failureOf } from './failure'
import { recipeWith, stillOf, type PlatformBench } from './platform-bench'
import { answerOnce, hour, problemOfPoll } from './scenario-checks'

export async function uploads(bench: PlatformBench, maxBytes: number): Promise<void> {
  const { provider, line, now, server } = bench
  const give =
    (name: string, type: 'png' | 'avif' = 'png', bytes?: number) =>
    () =>
      provider.handOver({ ...stillOf(name, type), ...(bytes === undefined ? {} : { bytes }) }, line.send, now)
  const limit = `${maxBytes / 1e6} MB`
  const large = await failureOf(give('a.png', 'png', maxBytes + 1))
  expect([large.code, large.message]).toEqual(['too-large', expect.stringContaining(`up to ${limit}`)])
  expect(large.message).toMatch(/Nothing was sent or charged; save it smaller/)
  const avif = await failureOf(give('avif.avif', 'avif'))
  expect([avif.code, avif.message]).toEqual([
    'unknown-type',
    expect.stringMatching(/AVIF.*PNG, JPEG or WebP/),
  ])
  const missing = { ...stillOf('a.png'), path: '/nowhere/a.png' }
  expect(await codeOf(() => provider.handOver(missing, line.send, now))).toBe('not-found')
  expect(server.record.requests).toEqual([])
  // A clip that calls itself a PNG. Only bytes count at Apiframe, for which a clip is a good upload.
  if (provider.id === 'krea') {
    const mismatch = await failureOf(give('clip.mp4'))
    expect([mismatch.code, mismatch.message]).toEqual([
      'invalid-recipe',
      expect.stringMatching(/Krea did not take a picture: “File is not image\/png”\. Nothing was charged/),
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
    expect(await codeOf(give('a.png'))).toBe(code)
  }
  expect(server.faults.left()).toBe(0)
}

export async function expiredUpload(bench: PlatformBench): Promise<void> {
  const recipe = recipeWith('i', ['first'])
  const body = bench.provider.body(recipe, await bench.handOver(recipe))
  bench.server.clock.advance(hour)
  const reading = await bench.post(body, 'i')
  if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
  expect(await bench.poll(reading.remoteId)).toMatchObject({
    kind: 'failed',
    blocked: false,
    billed: 'no',
    message: expect.stringContaining('Could not use the image'),
  })
}

export async function noJson(bench: PlatformBench): Promise<void> {
  const answers = [
    htmlPage(200),
    malformedJson(200),
    empty(200),
    json(200, null),
    json(200, [1]),
    json(200, { status: 3 }),
  ]
  for (const [index, answer] of answers.entries()) {
    const intent = `n${index}`
    bench.server.faults.add({ kind: 'answer', acted: true, answer }, { route: 'submit' })
    expect(await bench.submit(recipeWith(intent), intent)).toEqual({
      kind: 'unclear',
      why: 'answer 200 has no readable job id',
    })
    expect(bench.server.bill.accepted().get(intent)).toBe(1)
  }
  const id = await bench.started(recipeWith('i'))
  for (const answer of answers) {
    for (const route of ['job', 'list', bench.provider.id === 'krea' ? 'list' : 'account'])
      answerOnce(bench, route, answer)
    expect(await problemOfPoll(bench, id)).toMatchObject({ kind: 'unreadable' })
    expect(bench.provider.readList(await bench.line.send(bench.provider.listRequest(null, 5)))).toMatchObject(
      {
        problem: { kind: 'unreadable' },
      },
    )
    expect(await bench.provider.testKey(bench.line.send)).toMatchObject({ problem: { kind: 'unreadable' } })
  }
  answerOnce(bench, 'job', htmlPage(502))
  expect(await problemOfPoll(bench, id)).toEqual({
    kind: 'upstream',
    message: 'error 502 without a readable reason',
  })
  answerOnce(bench, 'submit', htmlPage(502))
  expect(await bench.submit(recipeWith('x'), 'x')).toMatchObject({ kind: 'unclear' })
  // A redirect is nobody's word that nothing was taken.
  answerOnce(bench, 'submit', json(302, {}, { location: 'https://elsewhere.example/' }))
  expect(await bench.submit(recipeWith('y'), 'y')).toMatchObject({ kind: 'unclear' })
  expect(bench.server.bill.posts().get('y')).toBe(1)
}
