import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny'
import { expect, onTestFinished, test } from 'vitest'
import { createRemoteProviders } from '../../electron/providers/registry'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import type { AspectRatio, Resolution } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { lineTo } from '../support/lines'
import { hostedAt, recipeWith, stillOf } from '../support/platform-bench'
import { sampleRecipe } from '../support/samples'
import { secondsOf } from './asked-clip'
import { send } from './client'
import { createClock } from './clock'
import { createPracticePlatforms } from './practice-platforms'

const shortSides: Readonly<Record<Resolution, number>> = { '720p': 720, '1080p': 1080, '4k': 2160 }
const quotients: Readonly<Record<AspectRatio, number>> = {
  '16:9': 16 / 9,
  '9:16': 9 / 16,
  '1:1': 1,
  '4:3': 4 / 3,
  '3:4': 3 / 4,
}

/** A platform of the practice mode with its own adapter: a recipe in, the bytes of its clip out. */
async function platform(id: RemoteProviderId, bytespikeDialect: 'A' | 'B' = 'A') {
  const clock = createClock()
  const practice = await createPracticePlatforms({ clock, runMs: () => 1000, bytespikeDialect })
  onTestFinished(practice.close)
  const { origin, key } = practice.file.platforms[id]
  const dialect = id === 'bytespike' ? bytespikeDialect : null
  const provider = createRemoteProviders(() => ({ origin, dialect }))[id]
  const line = lineTo(provider, key)
  let jobs = 0
  const deliver = async (recipe: Recipe, urls = {}): Promise<Buffer> => {
    const intent = `intent-${(jobs += 1)}`
    const body = provider.body(recipe, urls, intent)
    const submitted = provider.readSubmit(await line.send(provider.submitRequest(body, intent)))
    if (submitted.kind !== 'accepted') throw new Error(`${body}: ${JSON.stringify(submitted)}`)
    clock.advance(60_000)
    const answer = await line.send(provider.pollRequest(submitted.remoteId))
    const done = provider.readPoll(answer, submitted.remoteId)
    if (done.kind !== 'completed' || done.url === null) throw new Error(answer.text)
    const { status, bytes } = await send(done.url)
    expect(status).toBe(200)
    return bytes
  }
  return { provider, deliver, server: practice.servers[id] }
}

/** What the file says of itself, packet by packet. */
async function factsOf(bytes: Buffer) {
  using input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('no picture')
  const [config, sound] = [await track.getDecoderConfig(), await input.getPrimaryAudioTrack()]
  const packets: { readonly at: number; readonly isKey: boolean }[] = []
  for await (const { timestamp, type, byteLength } of new EncodedPacketSink(track).packets()) {
    if (byteLength > 0) packets.push({ at: timestamp, isKey: type === 'key' })
  }
  return {
    codec: config?.codec.slice(0, 4),
    colours: config?.colorSpace,
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    seconds: await track.computeDuration(),
    soundSeconds: sound ? await sound.computeDuration() : null,
    packets,
  }
}

const bt709 = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false }

test.each(remoteProviderIds)(
  '%s: a clip has the size, the shape, the length and the sound that were asked for',
  async (id) => {
    const { provider, deliver } = await platform(id)
    const { resolutions, aspectRatios, durationsS, audio } = provider.capabilities
    const sounds = audio === 'no' ? [false] : [false, true]
    const sizes = resolutions.flatMap((resolution) =>
      aspectRatios.map((aspectRatio) => ({ resolution, aspectRatio, durationS: durationsS[0] ?? 0 })),
    )
    const lengths = durationsS.flatMap((durationS) => sounds.map((sound) => ({ durationS, audio: sound })))
    for (const change of [...sizes, ...lengths]) {
      const recipe = sampleRecipe({ audio: false, ...change })
      const { width, height, seconds, soundSeconds, packets, ...rest } = await factsOf(await deliver(recipe))
      expect(rest).toMatchObject({ codec: 'avc1', colours: bt709 })
      expect(Math.min(width, height)).toBe(shortSides[recipe.resolution])
      expect(width / height).toBeCloseTo(quotients[recipe.aspectRatio], 5)
      expect(seconds).toBeCloseTo(recipe.durationS, 3)
      expect(packets).toHaveLength(recipe.durationS * 24)
      for (const [place, { at, isKey }] of packets.entries()) {
        expect(at).toBeCloseTo(place / 24, 4)
        if (place % 24 === 0) expect(isKey).toBe(true)
      }
      // A packet of AAC is 21 ms long, and none stands over.
      expect(soundSeconds !== null).toBe(recipe.audio)
      expect(seconds - (soundSeconds ?? seconds)).toBeGreaterThanOrEqual(0)
      expect(seconds - (soundSeconds ?? seconds)).toBeLessThan(0.022)
    }
  },
  60_000,
)

test('ByteSpike in its other dialect gives the same', async () => {
  const { deliver } = await platform('bytespike', 'B')
  const facts = await factsOf(await deliver(sampleRecipe({ aspectRatio: '1:1', durationS: 3 })))
  expect([facts.width, facts.height, facts.packets.length]).toEqual([720, 720, 72])
})

test('inference.sh: a clip of Krea is longer by seven seconds when it is extended', async () => {
  const krea = await platform('krea')
  const source = await krea.deliver(sampleRecipe({ resolution: '720p', durationS: 6 }))
  expect(await secondsOf(source)).toBeCloseTo(6, 3)
  const { deliver, server } = await platform('inferencesh')
  const clip = { name: 'source.mp4', contentType: 'video/mp4', source, linkTtlMs: null, purgeAt: null }
  const url = server.host.link(server.host.add({ ...clip, decoy: false }))
  const extension = { source: { clip: 'c'.repeat(20), use: 'extend' }, audio: true } as const
  const facts = await factsOf(await deliver(sampleRecipe(extension), { source: url }))
  expect(facts).toMatchObject({ width: 1280, height: 720 })
  expect(facts.seconds).toBeCloseTo(13, 3)
  expect(facts.soundSeconds ?? 0).toBeCloseTo(13, 1)
  expect(server.record.violations).toEqual([])
})

test('inference.sh: the first frame’s orientation counts, not the ratio that was asked for', async () => {
  const { deliver, server } = await platform('inferencesh')
  const first = hostedAt(server.host, stillOf('portrait.jpg', 'jpeg'))
  const recipe = recipeWith('turned', ['first'], { aspectRatio: '16:9', durationS: 4 })
  const facts = await factsOf(await deliver(recipe, { first }))
  expect([facts.width, facts.height]).toEqual([720, 1280])
})

test('the same bytes come for the same wish, also piece by piece', async () => {
  const { deliver, server } = await platform('krea')
  const recipe = sampleRecipe({ durationS: 4 })
  const [one, two] = [await deliver(recipe), await deliver(recipe)]
  expect(one.equals(two)).toBe(true)
  const job = server.jobs.all().findLast(({ foreign }) => !foreign)
  const url = server.host.link(job?.fileId ?? '')
  const part = await send(url, { headers: { range: 'bytes=1000-1999' } })
  expect([part.status, part.bytes.equals(one.subarray(1000, 2000))]).toEqual([206, true])
})
