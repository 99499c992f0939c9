import { describe, expect, test } from 'vitest'
import type { MediaUrls, RemoteProvider } from '../../../../electron/providers/provider'
import { createUniall } from '../../../../electron/providers/uniall/uniall'
import type { Resolution } from '../../../../shared/recipe'
import type { Recipe } from '../../../../shared/recipe-schema'
import { answerOf } from '../../../support/answers'
import { idOf, sampleRecipe } from '../../../support/samples'

const still = 'a'.repeat(64)
const clip = idOf(3)
const page = createUniall()
const docs = createUniall({ settings: () => ({ origin: null, dialect: 'docs' }) })
const noSend = () => Promise.reject(new Error('asked'))

const urls: MediaUrls = {
  first: 'https://b/first.png',
  last: 'https://b/last.png',
  ref1: 'https://b/ref1.png',
  ref2: 'https://b/ref2.png',
  source: 'https://b/clip.mp4',
}
const filled = (...slots: readonly ('first' | 'last' | 'ref1' | 'ref2')[]) => ({
  slots: Object.fromEntries(slots.map((slot) => [slot, still])),
})
const bodyOf = (provider: RemoteProvider, change: Partial<Recipe>) =>
  JSON.parse(provider.body(sampleRecipe({ prompt: 'a fox', durationS: 6, ...change }), urls, 'intent'))

const values = { duration: 6, resolution: '720p', aspect_ratio: '16:9', generate_audio: false }
// reference/providers.md §1.2, by hand.
const pageBodies: readonly (readonly [string, Partial<Recipe>, object])[] = [
  ['text', {}, { generation_mode: 'text_to_video', ...values }],
  [
    'every other value',
    { durationS: 4, resolution: '4k', aspectRatio: '9:16', audio: true },
    {
      generation_mode: 'text_to_video',
      duration: 4,
      resolution: '4k',
      aspect_ratio: '9:16',
      generate_audio: true,
    },
  ],
  [
    'a first frame',
    filled('first'),
    { generation_mode: 'reference_image_to_video', image_url: 'https://b/first.png', ...values },
  ],
  [
    'first and last',
    filled('first', 'last'),
    {
      generation_mode: 'first_last_frame',
      first_image_url: 'https://b/first.png',
      last_image_url: 'https://b/last.png',
      ...values,
    },
  ],
  [
    'a reference in whatever slot',
    filled('ref2'),
    { generation_mode: 'reference_media_to_video', image_url: 'https://b/ref2.png', ...values },
  ],
  [
    'a clip to extend',
    { source: { clip, use: 'extend' } },
    { generation_mode: 'video_to_video', video_url: 'https://b/clip.mp4', ...values, duration: undefined },
  ],
  [
    'a clip to edit',
    { source: { clip, use: 'edit' } },
    { generation_mode: 'video_to_video', video_url: 'https://b/clip.mp4', ...values },
  ],
]

test.each(pageBodies)('the page: %s', (_what, change, body) => {
  expect(bodyOf(page, change)).toEqual({ model: 'veo3.1-fast-video-4k', prompt: 'a fox', ...body })
})

const docsValues = {
  model: 'veo3.1-fast-video-720p',
  size: '720p',
  aspect_ratio: '16:9',
  duration: 6,
  extra_body: { generate_audio: false },
}
const { duration: _, ...docsExtension } = docsValues
// §1.3, by hand.
const docsBodies: readonly (readonly [string, Partial<Recipe>, object])[] = [
  ['text', {}, docsValues],
  [
    'every other value',
    {
      durationS: 8,
      resolution: '4k',
      aspectRatio: '9:16',
      audio: true,
      negativePrompt: 'fog',
      seed: 0,
    },
    {
      model: 'veo3.1-fast-video-4k',
      size: '4k',
      aspect_ratio: '9:16',
      duration: 8,
      extra_body: { generate_audio: true, negative_prompt: 'fog', seed: 0 },
    },
  ],
  [
    'its third model',
    { resolution: '1080p' },
    { ...docsValues, model: 'veo3.1-fast-video-1080p', size: '1080p' },
  ],
  ['a first frame', filled('first'), { ...docsValues, image: 'https://b/first.png' }],
  [
    'first and last',
    filled('first', 'last'),
    { ...docsValues, image: 'https://b/first.png', last_image: 'https://b/last.png' },
  ],
  [
    'a clip to extend, without a duration',
    { source: { clip, use: 'extend' } },
    { ...docsExtension, video: 'https://b/clip.mp4' },
  ],
]

test.each(docsBodies)('the docs: %s', (_what, change, body) => {
  expect(bodyOf(docs, change)).toEqual({ prompt: 'a fox', ...body })
})

test("the page's own example: same address, every field of it", () => {
  const prompt = 'A cinematic product reveal with soft studio lighting and smooth camera movement.'
  const recipe = sampleRecipe({ prompt, durationS: 8, resolution: '4k' })
  const { method, path, json } = page.submitRequest(page.body(recipe, {}, 'i'), 'i')
  expect([method, path]).toEqual(['POST', '/v1/videos/generations'])
  expect(JSON.parse(json ?? '')).toEqual({
    model: 'veo3.1-fast-video-4k',
    generation_mode: 'text_to_video',
    prompt,
    duration: 8,
    resolution: '4k',
    aspect_ratio: '16:9',
    generate_audio: false,
  })
})

test.each<readonly [string, RemoteProvider, Partial<Recipe>]>([
  ['several references', page, filled('ref1', 'ref2')],
  ['a last frame alone', page, filled('last')],
  ['references with frames', page, filled('first', 'ref1')],
  ['a reference in the docs', docs, filled('ref1')],
  ['an edit in the docs', docs, { source: { clip, use: 'edit' } }],
  ['a last frame alone in the docs', docs, filled('last')],
])('%s: no body, and it says so', (_what, provider, change) => {
  expect(() => bodyOf(provider, change)).toThrow(/UniAll does not take .*Nothing was sent/)
})

test('what was not handed over is never left out in silence', () => {
  const first = sampleRecipe(filled('first'))
  const source = sampleRecipe({ source: { clip, use: 'extend' } })
  for (const provider of [page, docs]) {
    expect(() => provider.body(first, {}, 'i')).toThrow('the picture in first was not handed over')
    expect(() => provider.body(source, {}, 'i')).toThrow('the source clip was not handed over')
  }
})

describe('requests', () => {
  test('a body goes where its dialect lives, whatever the settings say', () => {
    const [pageBody, docsBody] = [page, docs].map((provider) => provider.body(sampleRecipe(), {}, 'i'))
    for (const provider of [page, docs]) {
      expect(provider.submitRequest(pageBody ?? '', 'i')).toEqual({
        method: 'POST',
        path: '/v1/videos/generations',
        json: pageBody,
      })
      expect(provider.submitRequest(docsBody ?? '', 'i').path).toBe('/v1/video/generations')
    }
  })

  test('polls by id, and has nothing but that', () => {
    expect(page.pollRequest('task_1')).toEqual({ method: 'GET', path: '/v1/videos/task_1' })
    expect(page.auth).toEqual({ header: 'authorization', prefix: 'Bearer ' })
    expect([page.handOver, page.list, page.find, page.cancelRequest]).toEqual([null, null, null, null])
    expect(page.idempotentMs('{}')).toBeNull()
  })

  test('follows its settings while it lives', () => {
    let dialect: string | null = null
    const provider = createUniall({ settings: () => ({ origin: 'https://gate.example', dialect }) })
    expect([provider.origin, provider.dialect]).toEqual(['https://gate.example', 'generation_mode'])
    expect(provider.capabilities.modes).toContain('edit')
    dialect = 'docs'
    expect(bodyOf(provider, {})).toMatchObject({ size: '720p' })
    expect(provider.capabilities).toMatchObject({ seed: 'yes', maxReferences: 0 })
  })

  test('asks after 5 s, then half as long again each time, up to 15 s', () => {
    const waits: number[] = []
    for (let age = 0; waits.length < 6; age += waits.at(-1) ?? 0) {
      waits.push(page.cadence.intervalMs(age, sampleRecipe()))
    }
    expect(waits).toEqual([5000, 7500, 11_250, 15_000, 15_000, 15_000])
  })
})

// §1.6, by hand: audio, seconds, dollars.
test.each([
  [false, 4, 0.816],
  [false, 6, 1.224],
  [false, 8, 1.632],
  [true, 4, 0.952],
  [true, 6, 1.428],
  [true, 8, 1.904],
])('4K, audio %s, %i s costs $%f', async (audio, durationS, dollars) => {
  const listed = { certainty: 'listed', amount: { unit: 'usd', micros: Math.round(dollars * 1e6) } }
  const recipe = sampleRecipe({ resolution: '4k', audio, durationS })
  expect(await page.quote(recipe, noSend)).toEqual(listed)
})

test.each<readonly [Resolution, Partial<Recipe>]>([
  ['720p', {}],
  ['1080p', { audio: true }],
  ['4k', { source: { clip, use: 'extend' } }],
  ['4k', { source: { clip, use: 'edit' } }],
])('%s with %j has no known price', async (resolution, change) => {
  expect(await page.quote(sampleRecipe({ resolution, durationS: 8, ...change }), noSend)).toEqual({
    certainty: 'unknown',
    amount: null,
  })
})

test.each([
  [200, { object: 'list', data: [] }, { kind: 'ok', balance: null }],
  [200, { object: 'list' }, { kind: 'problem', problem: { kind: 'unreadable' } }],
  [401, { error: { message: 'No', code: 'invalid_api_key' } }, { problem: { kind: 'key-refused' } }],
  [429, { error: { message: 'Quota', code: 'insufficient_quota' } }, { problem: { kind: 'out-of-credit' } }],
])('a key test answered %i %j', async (status, json, expected) => {
  const asked: string[] = []
  const result = await page.testKey(async ({ method, path }) => {
    asked.push(`${method} ${path}`)
    return answerOf(status, json)
  })
  expect(result).toMatchObject(expected)
  expect(asked).toEqual(['GET /v1/models'])
})
