import { expect, test } from 'vitest'
import { createApiframe } from '../../../electron/providers/apiframe/apiframe'
import { createBytespike } from '../../../electron/providers/bytespike/bytespike'
import { createInferencesh } from '../../../electron/providers/inferencesh/inferencesh'
import { createKrea } from '../../../electron/providers/krea/krea'
import type { MediaUrls, RemoteProvider } from '../../../electron/providers/provider'
import { createUniall } from '../../../electron/providers/uniall/uniall'
import type { Recipe } from '../../../shared/recipe-schema'
import { lineTo } from '../../support/lines'
import {
  apiframeBench,
  bytespikeBench,
  inferenceshBench,
  kreaBench,
  uniallBench,
  type PlatformBench,
} from '../../support/platform-bench'
import { sampleRecipe } from '../../support/samples'

/** A request as a page prints it (reference/source), and the recipe that asks for the same. */
interface Example {
  readonly name: string
  readonly provider: RemoteProvider
  readonly bench: () => Promise<PlatformBench>
  readonly url: string
  /** The header with the key, as the page writes it, and the key. */
  readonly auth: readonly [name: string, value: string, key: string]
  readonly body: Readonly<Record<string, unknown>>
  readonly recipe: Partial<Recipe>
  readonly urls?: MediaUrls
  /** What we say beside it. */
  readonly ours: Readonly<Record<string, unknown>>
}

const still = 'a'.repeat(64)
const input = 'https://example.com/input.jpg'
const sunrise = 'a cinematic sunrise over a futuristic cityscape, smooth camera push-in'
const reveal = 'A cinematic product reveal with soft studio lighting and smooth camera movement.'
const medieval = 'Cobblestone streets of a medieval town, with lanterns lighting up historic facades.'
const clouds =
  'A timelapse of clouds rolling over mountain peaks, dramatic lighting shifts from golden to deep purple as the sun sets'
const glassblower = 'Close-up of a glassblower shaping molten glass, warm orange glow, shallow depth of field'

const inferenceshPage = {
  provider: createInferencesh({ settings: () => ({ origin: null, dialect: 'page' }) }),
  bench: () => inferenceshBench({ submitPath: 'page' }),
  url: 'https://api.inference.sh/v1/apps/google/veo-3-1-fast/run',
  auth: ['authorization', 'Bearer inf_x', 'inf_x'],
} as const
const bytespikePage = {
  provider: createBytespike(),
  bench: () => bytespikeBench(),
  url: 'https://llm.bytespike.ai/v1/tasks/submit',
  auth: ['x-api-key', 'sk-byts-x', 'sk-byts-x'],
} as const

const examples: readonly Example[] = [
  {
    name: 'UniAll',
    provider: createUniall(),
    bench: () => uniallBench(),
    url: 'https://api.uniall.ai/v1/videos/generations',
    auth: ['authorization', 'Bearer sk-x', 'sk-x'],
    body: {
      model: 'veo3.1-fast-video-4k',
      generation_mode: 'text_to_video',
      prompt: reveal,
      duration: 8,
      resolution: '4k',
      aspect_ratio: '16:9',
      generate_audio: false,
    },
    recipe: { prompt: reveal, durationS: 8, resolution: '4k' },
    ours: {},
  },
  {
    name: 'Apiframe',
    provider: createApiframe(),
    bench: () => apiframeBench(),
    url: 'https://api.apiframe.ai/v2/videos/generate',
    auth: ['x-api-key', 'afk_your_api_key_here', 'afk_your_api_key_here'],
    body: {
      prompt: sunrise,
      model: 'veo-3.1-fast',
      veoParams: { image: input, resolution: '720p', generate_audio: true, last_frame: input },
    },
    recipe: { prompt: sunrise, durationS: 8, audio: true, slots: { first: still, last: still } },
    urls: { first: input, last: input },
    ours: { veoParams: { duration: 8, aspect_ratio: '16:9' } },
  },
  {
    name: 'Krea',
    provider: createKrea(),
    bench: () => kreaBench(),
    url: 'https://api.krea.ai/generate/video/google/veo-3.1-fast',
    auth: ['authorization', 'Bearer <token>', '<token>'],
    body: { prompt: medieval },
    recipe: { prompt: medieval, durationS: 8 },
    ours: { aspect_ratio: '16:9', duration: 8, generate_audio: false, resolution: '720p' },
  },
  {
    name: 'ByteSpike, under Submit',
    ...bytespikePage,
    body: {
      model: 'veo-3.1-fast',
      prompt: 'Slow zoom into a bowl of ramen, steam rising.',
      duration_seconds: 4,
      resolution: '720p',
    },
    recipe: { prompt: 'Slow zoom into a bowl of ramen, steam rising.' },
    ours: { aspect_ratio: '16:9' },
  },
  {
    name: 'ByteSpike, under Code examples',
    ...bytespikePage,
    body: { model: 'veo-3.1-fast', prompt: 'Slow zoom into ramen', duration_seconds: 4, resolution: '720p' },
    recipe: { prompt: 'Slow zoom into ramen' },
    ours: { aspect_ratio: '16:9' },
  },
  {
    name: 'inference.sh, by its page',
    ...inferenceshPage,
    body: { prompt: clouds, resolution: '1080p', generate_audio: true },
    recipe: { prompt: clouds, durationS: 8, resolution: '1080p', audio: true },
    ours: { aspect_ratio: '16:9', duration: 8, num_videos: 1, person_generation: 'allow_adult' },
  },
  {
    name: 'inference.sh, its image for the command line',
    ...inferenceshPage,
    body: { prompt: 'The camera slowly zooms out as wind blows through the scene', image: input },
    recipe: {
      prompt: 'The camera slowly zooms out as wind blows through the scene',
      durationS: 8,
      slots: { first: still },
    },
    urls: { first: input },
    ours: {
      aspect_ratio: '16:9',
      duration: 8,
      generate_audio: false,
      num_videos: 1,
      person_generation: 'allow_adult',
      resolution: '720p',
    },
  },
  {
    name: 'inference.sh, its 4K for the command line, which its schema spells 4k',
    ...inferenceshPage,
    body: { prompt: glassblower, resolution: '4k', generate_audio: true },
    recipe: { prompt: glassblower, durationS: 8, resolution: '4k', audio: true },
    ours: { aspect_ratio: '16:9', duration: 8, num_videos: 1, person_generation: 'allow_adult' },
  },
]

test.each(examples)(
  '$name: same address, method and header, every field of it, and what we say besides',
  (example) => {
    const { provider, url, auth, body, recipe, urls = {}, ours } = example
    const {
      method,
      path,
      json,
      headers = {},
    } = provider.submitRequest(provider.body(sampleRecipe(recipe), urls, 'intent'), 'intent')
    expect([method, `${provider.origin}${path}`]).toEqual(['POST', url])
    expect([provider.auth.header, `${provider.auth.prefix}${auth[2]}`]).toEqual([auth[0], auth[1]])
    const sent: Readonly<Record<string, unknown>> = JSON.parse(json ?? '')
    expect(sent).toMatchObject(body)
    expect(sent).toEqual(merged(body, ours))
    expect(Object.keys(headers)).toEqual(provider.id === 'apiframe' ? ['idempotency-key'] : [])
  },
)

test.each(examples.filter(({ urls }) => !urls))(
  '$name: so it leaves, with its key in that header, and is taken',
  async (example) => {
    const { provider, server } = await example.bench()
    const key = [...server.keys.keys()][0] ?? ''
    const line = lineTo(provider, key)
    const body = provider.body(sampleRecipe(example.recipe), {}, 'intent')
    expect(provider.readSubmit(await line.submit(provider.submitRequest(body, 'intent')))).toMatchObject({
      kind: 'accepted',
    })
    const [request] = server.record.requests
    expect([request?.method, request?.url]).toEqual(['POST', new URL(example.url).pathname])
    expect(request?.headers[example.auth[0]]).toBe(`${provider.auth.prefix}${key}`)
    expect(request?.headers['content-type']).toBe('application/json')
  },
)

test('inference.sh by its SDK: the same input, inside', () => {
  const [page] = examples.filter(({ name }) => name === 'inference.sh, by its page')
  const provider = createInferencesh()
  const body = provider.body(sampleRecipe(page?.recipe), {}, 'intent')
  expect(provider.submitRequest(body, 'intent').path).toBe('/apps/run')
  expect(JSON.parse(body)).toEqual({
    app: 'google/veo-3-1-fast',
    input: { ...page?.body, ...page?.ours },
  })
})

/** Both, objects inside as one. */
function merged(
  body: Readonly<Record<string, unknown>>,
  ours: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const inner = Object.entries(ours).map(([name, value]) => {
    const theirs = body[name]
    const isObject = typeof theirs === 'object' && typeof value === 'object'
    return [name, isObject ? { ...theirs, ...value } : value]
  })
  return { ...body, ...Object.fromEntries(inner) }
}
