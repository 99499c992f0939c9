import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RemoteProvider } from '../../electron/providers/provider'
import { createSettingsTable } from '../../electron/jobs/platforms/platform-settings'
import { openEngineFiles } from '../../electron/jobs/store/open-files'
import { openLibrary } from '../../electron/library/open'
import { createStudio } from '../../electron/studio'
import type { z } from 'zod'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { contract, type draftSchema, type Draft } from '../../shared/contract'
import { recipeSchema } from '../../shared/recipe-schema'
import type { MediaResultOf } from '../../shared/media-schema'
import { createTestClock } from '../support/engine-clock'
import { createPlatform, type Platform } from '../support/engine-platform'
import { createFakeMedia } from '../support/fake-media'
import { filesBelow, temporaryFolder } from '../support/folder'
import { keyComputer } from '../support/key-system'
import { resultOf, settled } from '../support/media-window'
import { jpegHeader, mp4, png } from '../support/pictures'
import { sampleRecipe, sha256Of } from '../support/samples'
import { until } from '../support/until'

/** A computer with our samples, on which the program can be started again and again. */
function computer() {
  const top = temporaryFolder()
  writeFileSync(join(top, 'first.jpg'), jpegHeader(16, 9))
  writeFileSync(join(top, 'last.jpg'), jpegHeader(32, 18))
  const folder = join(top, 'Library')
  const clock = createTestClock()
  const platform = createPlatform(clock)

  async function start(media = createFakeMedia()) {
    const library = await openLibrary(folder)
    const events: string[] = []
    const logged: string[] = []
    const closed: string[] = []
    const connection = {
      print: 'k1',
      send: platform.send,
      submit: platform.send,
      clean: (text: string) => text,
    }
    const files = await openEngineFiles(top, clock.now)
    const studio = createStudio({
      library,
      files,
      settings: createSettingsTable(files.db),
      network: { status: unused, set: unused, pickCaFile: unused },
      ownHosts: new Set(),
      allowLoopback: true,
      fetchFile: unused,
      elsewhere: platform.send as never,
      vault: keyComputer().vault('memory'),
      connections: {
        current: () => connection,
        byPrint: () => connection,
        anonymous: () => platform.send,
        isRefused: () => false,
        refused: () => undefined,
        accepted: () => undefined,
      },
      remote: platformsOf(platform),
      downloader: {
        download: async ({ part }) => {
          writeFileSync(part, mp4())
          return { bytes: mp4().length, sha256: sha256Of(mp4()), extension: '.mp4' }
        },
      },
      freeBytes: async () => 50e9,
      isOffline: () => false,
      uptime: clock.uptime,
      after: clock.after,
      random: () => 0.5,
      pickCsv: async () => undefined,
      onJob: () => undefined,
      samplesFolder: top,
      media: { ...media, handlers: unused, close: () => closed.push('media') },
      pages: async () => new Response('page'),
      // Every event is one the window would take.
      emit: (event, data) => events.push(`${event} ${JSON.stringify(contract.events[event].parse(data))}`),
      pickFiles: async () => [],
      revealFile: () => undefined,
      now: clock.now,
      log: { info: (what) => logged.push(what), error: (what) => logged.push(what) },
      info: unused,
      openExternal: unused,
      revealFolder: unused,
    })
    let isOpen = true
    const close = () => {
      if (isOpen) studio.close()
      isOpen = false
    }
    onTestFinished(close)
    await studio.start()
    return { ...studio, library, media, events, logged, closed, close }
  }
  return { top, folder, start, clock, platform }
}

/** Stands for what these tests never reach. */
const unused = new Proxy(() => expect.fail('not part of this test'), {}) as never

const nothing = undefined
type Started = Awaited<ReturnType<ReturnType<typeof computer>['start']>>

async function create(
  { handlers }: Pick<Started, 'handlers'>,
  { recipe, provider }: Omit<z.input<typeof draftSchema>, 'isSample'>,
): Promise<string> {
  const made = await handlers['jobs.create']({ recipe: recipeSchema.parse(recipe), provider, yes: [] })
  if (made.kind !== 'created') throw new Error('it asks')
  return made.job.id
}

async function generate({ handlers }: Started, provider: Draft['provider'] = 'animatic'): Promise<string> {
  const id = await create({ handlers }, { recipe: sampleRecipe(), provider })
  if (provider !== 'animatic') return id
  await until(async () => expect(await stateOf({ handlers }, id)).toBe('done'))
  return id
}

async function stateOf({ handlers }: Pick<Started, 'handlers'>, id: string) {
  return (await handlers['jobs.list'](nothing)).find((job) => job.id === id)?.state
}

test('first start, one press: a clip that is listed, told, served and has its previews', async () => {
  const studio = await computer().start()
  const draft = await studio.handlers['draft.get'](nothing)
  expect(draft.isSample).toBe(true)
  const id = await create(studio, draft)
  await until(async () => expect((await studio.handlers['clips.get']({ id })).previews).toBe('ready'))
  const response = await studio.route(new Request(`app://inbetween/media/${id}`))
  expect(Buffer.from(await response.arrayBuffer()).equals(mp4())).toBe(true)
  expect((await studio.route(new Request(`app://inbetween/poster/${id}`))).status).toBe(200)
  expect(await (await studio.route(new Request('app://inbetween/index.html'))).text()).toBe('page')
  const told = studio.events.map((event) => event.split(' ')[0])
  expect(told.filter((event) => event === 'clip.changed')).toHaveLength(2)
  expect(told).toContain('import.progress')
  expect(studio.logged).toEqual([])
})

test('closed in order and started again: everything is still there, and nothing is done twice', async () => {
  const { start } = computer()
  const first = await start()
  const id = await generate(first)
  const recipe = sampleRecipe({ prompt: 'half a thought' })
  await first.handlers['draft.set']({ recipe, provider: 'animatic', isSample: false })
  await until(async () => expect((await first.handlers['clips.get']({ id })).previews).toBe('ready'))
  first.close()
  expect(first.closed).toEqual(['media'])
  const second = await start()
  expect((await second.handlers['clips.get']({ id })).id).toBe(id)
  expect(await stateOf(second, id)).toBe('done')
  expect((await second.handlers['draft.get'](nothing)).recipe.prompt).toBe('half a thought')
  expect(second.media.tasks).toEqual([])
  expect(second.events.filter((event) => !event.startsWith('queue.'))).toEqual([])
})

test('closed in the middle of a job, the next start goes on with it and leaves no part', async () => {
  const { start, folder } = computer()
  const late = Promise.withResolvers<MediaResultOf<'animatic'>>()
  const first = await start(createFakeMedia({ animatic: () => late.promise }))
  const id = await create(first, { recipe: sampleRecipe(), provider: 'animatic' })
  writeFileSync(join(folder, '.inbetween/partial', `${id}.part`), 'half')
  writeFileSync(join(folder, '.inbetween/partial', 'left by an import'), 'half')
  first.close()
  // What ends after the close finds no database any more, and must not look for it.
  late.resolve(resultOf.animatic)
  await settled()
  expect(first.logged).toEqual([])
  const second = await start()
  await until(async () => expect(await stateOf(second, id)).toBe('done'))
  expect(readdirSync(second.library.paths.partial)).toEqual([])
})

test('with its index deleted, clips, their recipes and stills come back', async () => {
  const { start, top } = computer()
  const first = await start()
  writeFileSync(join(top, 'a.png'), png(5, 5))
  await first.handlers['library.import']({ paths: [join(top, 'a.png')] })
  const id = await generate(first)
  const before = await first.handlers['clips.get']({ id })
  first.close()
  rmSync(first.library.paths.database)
  const second = await start()
  const still = sha256Of(png(5, 5))
  await until(async () => expect(await second.handlers['stills.get']({ ids: [still] })).toHaveLength(1))
  expect(await second.handlers['clips.get']({ id })).toMatchObject({
    id,
    origin: before.origin,
    file: before.file,
  })
  expect(
    (await filesBelow(second.library.paths.root)).filter((file) => file.startsWith('clips/')),
  ).toHaveLength(2)
})

test('a paid job of the last session is finished by this one, and told as what happened meanwhile', async () => {
  const { start, clock, platform } = computer()
  const first = await start()
  const id = await generate(first, 'krea')
  await until(async () => expect(await stateOf(first, id)).toBe('running'))
  first.close()
  platform.finish('r1')
  const second = await start()
  await until(async () => {
    await clock.advance(1000)
    expect(await stateOf(second, id)).toBe('done')
  })
  expect((await second.handlers['queue.state'](nothing)).away).toMatchObject({
    done: 1,
    problems: 0,
    stillRunning: 0,
  })
  expect((await second.handlers['queue.awayRead'](nothing)).away).toBeNull()
  expect(await second.handlers['money.spend'](nothing)).toMatchObject({ todayMicros: 1_000_000 })
  expect((await second.handlers['clips.get']({ id })).origin).toMatchObject({ provider: 'krea' })
  expect(platform.accepted).toHaveLength(1)
  expect(second.events.map((event) => event.split(' ')[0])).toContain('provider.changed')
})

function platformsOf({ provider }: Platform): Record<RemoteProviderId, RemoteProvider> {
  // fromEntries forgets which names there are: all of them.
  return Object.fromEntries(remoteProviderIds.map((id) => [id, { ...provider, id }])) as Record<
    RemoteProviderId,
    RemoteProvider
  >
}
