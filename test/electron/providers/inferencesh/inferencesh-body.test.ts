import { describe, expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import type { MediaUrls } from '../../../../electron/providers/provider'
import type { SlotName } from '../../../../shared/recipe'
import type { Recipe } from '../../../../shared/recipe-schema'
import { idOf, sampleRecipe } from '../../../support/samples'

const inDialect = (dialect: string | null) =>
  createInferencesh({ settings: () => ({ origin: null, dialect }) })
const appsRun = inDialect(null)
const page = inDialect('page')

const still = 'a'.repeat(64)
const filled = (...slots: readonly SlotName[]) =>
  Object.fromEntries(slots.map((slot) => [slot, still])) as Recipe['slots']
const urls: MediaUrls = {
  first: 'https://cloud.inference.sh/t/1.png',
  last: 'https://cloud.inference.sh/t/2.png',
  ref1: 'https://cloud.inference.sh/t/3.png',
  ref3: 'https://cloud.inference.sh/t/4.jpeg',
  source: 'https://cloud.inference.sh/t/5.mp4',
}

const extend = { clip: idOf(1), use: 'extend' } as const
// By hand from reference/providers.md §5.3.
const modes: readonly (readonly [string, Partial<Recipe>, object])[] = [
  [
    'text',
    { durationS: 4 },
    {
      prompt: 'a fox',
      aspect_ratio: '16:9',
      duration: 4,
      resolution: '720p',
      generate_audio: false,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  ],
  [
    'a first frame',
    { slots: filled('first'), durationS: 6, resolution: '4k', audio: true },
    {
      prompt: 'a fox',
      image: 'https://cloud.inference.sh/t/1.png',
      aspect_ratio: '16:9',
      duration: 6,
      resolution: '4k',
      generate_audio: true,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  ],
  [
    'a first and a last frame',
    { slots: filled('first', 'last'), durationS: 8, resolution: '1080p', aspectRatio: '9:16' },
    {
      prompt: 'a fox',
      image: 'https://cloud.inference.sh/t/1.png',
      last_frame: 'https://cloud.inference.sh/t/2.png',
      aspect_ratio: '9:16',
      duration: 8,
      resolution: '1080p',
      generate_audio: false,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  ],
  [
    'references',
    { slots: filled('ref1', 'ref3'), durationS: 8 },
    {
      prompt: 'a fox',
      reference_images: ['https://cloud.inference.sh/t/3.png', 'https://cloud.inference.sh/t/4.jpeg'],
      aspect_ratio: '16:9',
      duration: 8,
      resolution: '720p',
      generate_audio: false,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  ],
  [
    'an extension, whose length is not ours',
    { source: extend, durationS: 8, audio: true },
    {
      prompt: 'a fox',
      video: 'https://cloud.inference.sh/t/5.mp4',
      aspect_ratio: '16:9',
      resolution: '720p',
      generate_audio: true,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  ],
]

describe.each(modes)('%s', (_name, change, input) => {
  const recipe = sampleRecipe({ prompt: 'a fox', ...change })

  test('as the SDK sends it', () => {
    const body = appsRun.body(recipe, urls, 'i')
    expect(JSON.parse(body)).toEqual({ app: 'google/veo-3-1-fast', input })
    expect(appsRun.submitRequest(body, 'i')).toEqual({ method: 'POST', path: '/apps/run', json: body })
  })

  test('as on the page', () => {
    const body = page.body(recipe, urls, 'i')
    expect(JSON.parse(body)).toEqual(input)
    const path = '/v1/apps/google/veo-3-1-fast/run'
    expect(page.submitRequest(body, 'i')).toEqual({ method: 'POST', path, json: body })
  })

  test('a body goes where its dialect lives, whatever the setting is by now', () => {
    expect(page.submitRequest(appsRun.body(recipe, urls, 'i'), 'i').path).toBe('/apps/run')
    expect(appsRun.submitRequest(page.body(recipe, urls, 'i'), 'i').path).toMatch(/^\/v1\/apps\//)
  })
})

test('seed and negative prompt, which the app has not, are not sent', () => {
  const recipe = sampleRecipe({ seed: 7, negativePrompt: 'rain' })
  expect(appsRun.body(recipe, {}, 'i')).toBe(appsRun.body(sampleRecipe(), {}, 'i'))
})

test('the request of the page’s own example', () => {
  // source/004-inference-sh.txt, "API".
  const example = {
    prompt:
      'A timelapse of clouds rolling over mountain peaks, dramatic lighting shifts from golden to deep purple as the sun sets',
    resolution: '1080p',
    generate_audio: true,
  }
  const recipe = sampleRecipe({ prompt: example.prompt, resolution: '1080p', audio: true })
  const { method, path, json } = page.submitRequest(page.body(recipe, {}, 'i'), 'i')
  expect(`${method} ${page.origin}${path}`).toBe(
    'POST https://api.inference.sh/v1/apps/google/veo-3-1-fast/run',
  )
  expect(page.auth).toEqual({ header: 'authorization', prefix: 'Bearer ' })
  expect(JSON.parse(json ?? '')).toMatchObject(example)
})

test('an older address of an upload may be listed as one on the web', () => {
  const body = appsRun.body(sampleRecipe({ slots: filled('first') }), { first: 'inf://files/1' }, 'i')
  const { input } = JSON.parse(body)
  const job = {
    remoteId: 't',
    createdAt: null,
    reading: { kind: 'missing' } as const,
    input: { input: { ...input, image: urls.first } },
    prompt: '',
  }
  expect(appsRun.matches(body, job)).toBe('possible')
})

test('a file that was not handed over is never left out in silence', () => {
  expect(() => appsRun.body(sampleRecipe({ slots: filled('first') }), {}, 'i')).toThrow('first was not')
  expect(() => appsRun.body(sampleRecipe({ source: extend }), {}, 'i')).toThrow('clip was not handed over')
  const edit = sampleRecipe({ source: { ...extend, use: 'edit' } })
  expect(() => appsRun.body(edit, urls, 'i')).toThrow('cannot edit')
})

describe.each([
  ['SDK', appsRun],
  ['page', page],
] as const)('a listed task, against a body of the dialect %s', (_name, provider) => {
  const recipe = sampleRecipe({ prompt: 'a fox', slots: filled('first'), durationS: 8 })
  const body = provider.body(recipe, urls, 'i')
  const input = JSON.parse(appsRun.body(recipe, urls, 'i')).input
  const ours = { namespace: 'google', name: 'veo-3-1-fast' }

  test.each([
    ['the very input', { input }, 'certain'],
    ['it with the app', { app: ours, input }, 'certain'],
    [
      'what the app fills in',
      { input: { ...input, last_frame: null, video: null, person_generation: 'allow_adult' } },
      'certain',
    ],
    ['another app’s', { app: { ...ours, name: 'veo-3-1' }, input }, 'possible'],
    ['a setting that is not ours', { input: { ...input, seed: 7 } }, 'possible'],
    ['no people', { input: { ...input, person_generation: 'disallow' } }, 'no'],
    ['a value left out', { input: { ...input, num_videos: undefined } }, 'possible'],
    ['its own copy of the picture', { input: { ...input, image: 'inf://files/9' } }, 'possible'],
    ['the picture as an object', { input: { ...input, image: { uri: urls.first } } }, 'possible'],
    ['no input', {}, 'possible'],
    ['no input but another app', { app: { namespace: 'google', name: 'veo-3' } }, 'possible'],
    ['another prompt', { input: { ...input, prompt: 'a colleague' } }, 'no'],
    ['another length', { input: { ...input, duration: 4 } }, 'no'],
    ['another resolution', { input: { ...input, resolution: '4k' } }, 'no'],
    ['sound', { input: { ...input, generate_audio: true } }, 'no'],
    ['two videos', { input: { ...input, num_videos: 2 } }, 'no'],
  ] as const)('that shows %s', (_what, shown, verdict) => {
    const task = JSON.parse(JSON.stringify({ id: 't', status: 2, ...shown }))
    const answer = { status: 200, headers: {}, date: null, text: JSON.stringify({ data: { items: [task] } }) }
    const page1 = provider.list?.read(answer)
    const job = page1?.kind === 'page' ? page1.jobs[0] : undefined
    if (!job) throw new Error('not listed')
    expect(provider.matches(body, job)).toBe(verdict)
  })

  test('an extension with the length that the app fills in', () => {
    const longer = sampleRecipe({ source: extend })
    const shown = JSON.parse(appsRun.body(longer, urls, 'i')).input
    const job = (duration: number) => ({
      remoteId: 't',
      createdAt: null,
      reading: { kind: 'missing' } as const,
      input: { input: { ...shown, duration } },
      prompt: '',
    })
    const its = provider.body(longer, urls, 'i')
    expect(provider.matches(its, job(8))).toBe('certain')
    expect(provider.matches(its, job(4))).toBe('possible')
  })
})
