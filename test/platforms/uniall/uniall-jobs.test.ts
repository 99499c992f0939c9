import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { send } from '../client'
import { auth, errorShape, text, uniall } from './uniall-client'
import { uniallModelGone } from './uniall-error'
import type { UniallPlan } from './uniall-view'

const animated = { ...text, generation_mode: 'reference_image_to_video' }
const edited = { ...text, generation_mode: 'video_to_video' }

describe('media', () => {
  test('a link that works while the job is made is enough', async () => {
    const { server, poll, started, hosted } = await uniall()
    const image = await started({ ...animated, image_url: hosted('a.png', 'image/png', 60_000) })
    const source = await started({ ...edited, video_url: hosted('clip.mp4', 'video/mp4', 60_000) })
    server.clock.advance(60_000)
    expect((await poll(image)).status).toBe('completed')
    expect((await poll(source)).status).toBe('completed')
    expect(server.record.pictures.map(({ type }) => type)).toEqual(['image/png', 'video/mp4'])
  })

  test('a link that expired, or that needs a key, fails the job free of charge', async () => {
    const { server, poll, started, hosted } = await uniall()
    const image_url = hosted('a.png', 'image/png', 60_000)
    const video_url = hosted('clip.mp4', 'video/mp4', 60_000)
    server.clock.advance(60_000)
    const picture = await poll(await started({ ...animated, image_url }))
    expect(picture).toMatchObject({ status: 'failed', error: { code: 'invalid_image' } })
    const clip = await poll(await started({ ...edited, video_url }))
    expect(clip).toMatchObject({ status: 'failed', error: { code: 'invalid_video' } })
    const own = await poll(await started({ ...animated, image_url: `${server.origin}/v1/models` }))
    expect(own.status).toBe('failed')
    expect(server.record.violations.map(({ rule }) => rule)).toEqual([
      'picture-unreachable',
      'picture-unreachable',
      'picture-needs-key',
    ])
    expect(server.bill.owed()).toBe(0)
  })

  test('a picture is no video, a video no picture, and text is neither', async () => {
    const { server, poll, started, hosted } = await uniall()
    const bodies = [
      { ...edited, video_url: hosted('a.png', 'image/png') },
      { ...edited, video_url: hosted('not-a-video.mp4', 'video/mp4') },
      { ...animated, image_url: hosted('clip.mp4', 'video/mp4') },
    ]
    for (const body of bodies) expect((await poll(await started(body))).status).toBe('failed')
    expect(server.record.violations.map(({ rule }) => rule)).toEqual(Array(3).fill('picture-wrong-type'))
  })
})

describe('scripts', () => {
  const scripted = async (plan: UniallPlan) => {
    const all = await uniall({ runMs: () => 1000 })
    all.server.jobs.script('', plan)
    const answer = await all.submit(text)
    const [job] = all.server.jobs.all().filter(({ foreign }) => !foreign)
    return { ...all, id: job?.id ?? '', told: JSON.parse(answer.text) }
  }

  test('a failed job is free, unless the script says billed; a refusal of content is a failed job', async () => {
    const blocked = { code: 'content_blocked', message: 'The prompt was blocked' }
    const free = await scripted({ end: 'failed', failure: blocked })
    free.server.clock.advance(1000)
    expect(await free.poll(free.id)).toMatchObject({ status: 'failed', error: blocked, result: null })
    expect(free.server.bill.owed()).toBe(0)
    const billed = await scripted({ end: 'failed', billedAnyway: true, errorForm: 'string' })
    billed.server.clock.advance(1000)
    expect((await billed.poll(billed.id)).error).toBe('Generation failed')
    expect(billed.server.bill.owed()).toBe(1_632_000)
  })

  test('unknown word, never ending, hidden, lost, completed without an address', async () => {
    const odd = await scripted({ stages: [{ status: 'reticulating', lastsMs: Infinity }] })
    odd.server.clock.advance(1e10)
    expect((await odd.poll(odd.id)).status).toBe('reticulating')
    const hidden = await scripted({ hiddenForMs: 500 })
    expect((await hidden.at(`/v1/videos/${hidden.id}`)).status).toBe(404)
    hidden.server.clock.advance(500)
    expect((await hidden.at(`/v1/videos/${hidden.id}`)).status).toBe(200)
    const lost = await scripted({ lost: true })
    expect((await lost.at(`/v1/videos/${lost.id}`)).text).toContain(lost.id)
    expect(lost.server.bill.owed()).toBe(1_632_000)
    const bare = await scripted({ withoutUrl: true })
    bare.server.clock.advance(1000)
    const result = { outputs: [], video_url: null }
    expect(await bare.poll(bare.id)).toMatchObject({ status: 'completed', video_url: null, result })
  })

  test.each([
    ['video_url', { video_url: expect.any(String), result: null }],
    ['result.video_url', { video_url: null, result: { video_url: expect.any(String) } }],
    ['result.outputs', { video_url: null, result: { outputs: [expect.any(String)] } }],
  ] as const)('result shape %s', async (resultShape, expected) => {
    const { server, poll, id } = await scripted({ resultShape })
    server.clock.advance(1000)
    const { video_url, result } = await poll(id)
    expect({ video_url, result }).toEqual(expected)
  })

  test.each([
    ['id', (told: unknown, id: string) => expect(told).toMatchObject({ id, status: 'queued' })],
    ['task_id', (told: unknown, id: string) => expect(told).toMatchObject({ task_id: id })],
    ['data.id', (told: unknown, id: string) => expect(told).toMatchObject({ data: { id } })],
    ['data.task_id', (told: unknown, id: string) => expect(told).toMatchObject({ data: { task_id: id } })],
  ] as const)('submit shape %s names the id once', async (submitShape, check) => {
    const { told, id } = await scripted({ submitShape })
    check(told, id)
    expect(JSON.stringify(told).split(id)).toHaveLength(2)
  })

  test('progress: as scripted, the last for ever', async () => {
    const { poll, id } = await scripted({ progress: [null, 40, 10, 'missing'] })
    const seen: unknown[] = []
    for (let i = 0; i < 5; i += 1) seen.push((await poll(id)).progress)
    expect(seen).toEqual([null, 40, 10, undefined, undefined])
  })

  test.each(['status_url', 'poll_url', 'urls.get'] as const)('%s leads to the task', async (field) => {
    const plan = { statusLink: { field, origin: 'own' }, pollPath: 'tasks' } as const
    const { server, at, told, id } = await scripted(plan)
    const link = z.url().parse(field === 'urls.get' ? told.urls.get : told[field])
    expect(link).toBe(`${server.origin}/v1/tasks/${id}`)
    expect(JSON.parse((await send(link, { headers: auth })).text)).toMatchObject({ id, status: 'queued' })
    expect((await at(`/v1/videos/${id}`)).status).toBe(404)
  })

  test('a status link that leads elsewhere is a trap for keys', async () => {
    const { server, told, poll, id } = await scripted({
      statusLink: { field: 'status_url', origin: 'foreign' },
    })
    expect((await send(told.status_url, { headers: auth })).status).toBe(404)
    expect(server.record.violations).toMatchObject([{ rule: 'key-on-result-host' }])
    expect((await poll(id)).status).toBe('queued')
  })

  test('polled under tasks alone: the other path says nothing about a task', async () => {
    const { at, started } = await uniall({ defaultPlan: { pollPath: 'tasks' } })
    const id = await started(text)
    const missing = await at(`/v1/videos/${id}`)
    expect(missing.status).toBe(404)
    expect(errorShape.parse(JSON.parse(missing.text)).error.message).toBe('Not Found')
    expect((await at(`/v1/tasks/${id}`)).status).toBe(200)
    const unknown = await at('/v1/tasks/nothing')
    expect(unknown.status).toBe(404)
    expect(errorShape.parse(JSON.parse(unknown.text)).error.message).toBe('Task nothing not found')
  })

  test('a model that is gone is a fault of the submit', async () => {
    const { server, submit } = await uniall()
    server.faults.add({ kind: 'answer', acted: false, answer: uniallModelGone() }, { route: 'submit' })
    const answer = await submit(text)
    expect(answer.status).toBe(404)
    expect(errorShape.parse(JSON.parse(answer.text)).error.message).toContain('is no longer available')
    expect(server.bill.owed()).toBe(0)
  })

  test('a result link that expired is replaced at the next poll', async () => {
    const { server, poll, started } = await uniall({ linkTtlMs: 60_000, resultTtlMs: 3_600_000 })
    const id = await started(text)
    server.clock.advance(60_000)
    const first = (await poll(id)).video_url ?? ''
    expect((await send(first)).status).toBe(200)
    server.clock.advance(60_000)
    expect((await send(first)).status).toBe(404)
    expect((await send((await poll(id)).video_url ?? '')).status).toBe(200)
    server.clock.advance(3_600_000)
    expect((await send((await poll(id)).video_url ?? '')).status).toBe(404)
  })
})
