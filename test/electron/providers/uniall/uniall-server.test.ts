import { expect, onTestFinished, test } from 'vitest'
import { createUniall } from '../../../../electron/providers/uniall/uniall'
import type { PollReading } from '../../../../electron/providers/provider'
import { slotNames, type SlotName } from '../../../../shared/recipe'
import type { Recipe } from '../../../../shared/recipe-schema'
import { createUniallServer, uniallPracticeKey, type UniallOptions } from '../../../platforms/uniall/uniall'
import { fixture } from '../../../platforms/uniall/uniall-client'
import type { UniallPlan } from '../../../platforms/uniall/uniall-view'
import { lineTo } from '../../../support/lines'
import { idOf, sampleRecipe } from '../../../support/samples'

const still = 'a'.repeat(64)
const filled = (...slots: readonly SlotName[]): Partial<Recipe> => ({
  slots: Object.fromEntries(slots.map((slot) => [slot, still])),
})

/** The contract server and the adapter, over real HTTP; `speaks` is the adapter's dialect where it is not the server's. */
async function bench(options: UniallOptions = {}, speaks = options.dialect) {
  const server = await createUniallServer(options)
  onTestFinished(() => server.close())
  const uniall = createUniall({ settings: () => ({ origin: server.origin, dialect: speaks ?? null }) })
  const line = lineTo(uniall, uniallPracticeKey)
  const hosted = (name: string, contentType: string) =>
    server.host.link(
      server.host.add({
        name,
        contentType,
        source: fixture(name),
        linkTtlMs: null,
        purgeAt: null,
        decoy: false,
      }),
    )
  const urls = {
    ...Object.fromEntries(slotNames.map((slot) => [slot, hosted('a.png', 'image/png')])),
    source: hosted('clip.mp4', 'video/mp4'),
  }
  const submit = async (change: Partial<Recipe> = {}) => {
    const recipe = sampleRecipe({ prompt: 'red fox intent:i', durationS: 8, resolution: '4k', ...change })
    return uniall.readSubmit(await line.submit(uniall.submitRequest(uniall.body(recipe, urls, 'i'), 'i')))
  }
  const started = async (change: Partial<Recipe> = {}) => {
    const reading = await submit(change)
    if (reading.kind !== 'accepted') throw new Error(JSON.stringify(reading))
    return reading.remoteId
  }
  const poll = async (id: string): Promise<PollReading> =>
    uniall.readPoll(await line.send(uniall.pollRequest(id)))
  return { server, uniall, line, submit, started, poll }
}

const source = (use: 'extend' | 'edit'): Partial<Recipe> => ({ source: { clip: idOf(1), use } })

test.each<readonly [string, 'generation_mode' | 'docs', Partial<Recipe>]>([
  ['text', 'generation_mode', { audio: true, aspectRatio: '9:16' }],
  ['first', 'generation_mode', filled('first')],
  ['first and last', 'generation_mode', filled('first', 'last')],
  ['a reference', 'generation_mode', filled('ref1')],
  ['extend', 'generation_mode', source('extend')],
  ['edit', 'generation_mode', source('edit')],
  ['text', 'docs', { negativePrompt: 'fog', seed: 7, resolution: '720p' }],
  ['first', 'docs', filled('first')],
  ['first and last', 'docs', filled('first', 'last')],
  ['extend', 'docs', source('extend')],
])('%s in the dialect %s: submitted, polled, finished', async (_what, dialect, change) => {
  const { server, started, poll } = await bench({ dialect, durationWithVideo: 'refused' })
  const id = await started(change)
  expect(await poll(id)).toMatchObject({ kind: 'running', word: 'queued' })
  server.clock.advance(3_600_000)
  const reading = await poll(id)
  if (reading.kind !== 'completed' || reading.url === null) throw new Error(JSON.stringify(reading))
  expect((await fetch(reading.url)).headers.get('content-type')).toBe('video/mp4')
  expect(server.bill.accepted().get('i')).toBe(1)
  expect(server.record.violations).toEqual([])
})

test('what it lists is what it charges', async () => {
  const { server, uniall, line, started } = await bench()
  await started({ audio: true })
  const recipe = sampleRecipe({ durationS: 8, resolution: '4k', audio: true })
  expect(await uniall.quote(recipe, line.send)).toMatchObject({ amount: { micros: server.bill.owed() } })
  expect(server.bill.owed()).toBe(1_904_000)
})

test.each<UniallPlan>([
  { submitShape: 'id' },
  { submitShape: 'task_id' },
  { submitShape: 'data.id' },
  { submitShape: 'data.task_id' },
  { statusLink: { field: 'status_url', origin: 'own' }, pollPath: 'tasks' },
  { statusLink: { field: 'poll_url', origin: 'own' } },
  { statusLink: { field: 'urls.get', origin: 'own' } },
  { statusLink: { field: 'status_url', origin: 'foreign' } },
  { resultShape: 'video_url' },
  { resultShape: 'result.video_url' },
  { resultShape: 'result.outputs' },
])('a job of the form %j', async (plan) => {
  const { server, started, poll } = await bench({ defaultPlan: plan })
  const id = await started()
  expect(id.includes('@')).toBe(plan.statusLink?.origin === 'own')
  server.clock.advance(3_600_000)
  expect(await poll(id)).toMatchObject({ kind: 'completed', url: expect.stringMatching(/^http/) })
  expect(server.record.violations).toEqual([])
})

test.each(['plain', 'echo'] as const)(
  'polled elsewhere, the missing address told %s',
  async (missingRoute) => {
    const { started, poll } = await bench({ defaultPlan: { pollPath: 'tasks' }, missingRoute })
    const id = await started()
    expect(await poll(id)).toMatchObject({ kind: 'problem', problem: { kind: 'upstream' } })
    expect(await poll(id)).toMatchObject({ kind: 'running' })
    expect(await poll('task_unknown')).toEqual({ kind: 'missing' })
  },
)

test.each([
  ['docs', 'generation_mode'],
  ['generation_mode', 'docs'],
] as const)('a server of %s, spoken to in %s, is sent nothing again', async (dialect, speaks) => {
  for (const missingRoute of ['plain', 'echo'] as const) {
    const { server, submit } = await bench({ dialect, missingRoute }, speaks)
    expect(await submit()).toMatchObject({ kind: 'rejected', problem: { kind: 'wrong-dialect' } })
    expect(server.record.requests.map(({ method }) => method)).toEqual(['POST'])
    expect(server.bill.owed()).toBe(0)
  }
})

test('a key is tested', async () => {
  const { uniall, line } = await bench()
  expect(await uniall.testKey(line.send)).toEqual({ kind: 'ok', balance: null })
  const wrong = lineTo(uniall, 'sk-wrong')
  expect(await uniall.testKey(wrong.send)).toMatchObject({ problem: { kind: 'key-refused' } })
})
