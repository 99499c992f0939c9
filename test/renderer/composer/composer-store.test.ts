import { expect, test, vi } from 'vitest'
import { createComposerStore } from '../../../renderer/composer/composer-store'
import type { Order } from '../../../renderer/composer/ask-store'
import type { AppClient } from '../../../renderer/connect'
import type { CreateResult, Draft } from '../../../shared/contract'
import { AppError } from '../../../shared/error'
import type { Quote } from '../../../shared/money'
import type { ProviderId } from '../../../shared/provider'
import { animatic } from '../../../shared/providers/animatic'
import { providerIn } from '../../../shared/providers'
import type { Still } from '../../../shared/still-schema'
import { idOf, sampleClip, sampleRecipe } from '../../support/samples'
import { diskFull, jobOf, stillOf } from '../support/pieces'

const [one, two, three] = [stillOf(1), stillOf(2), stillOf(3)]

const clip = sampleClip({ id: idOf(5) })

const listed: Quote = { certainty: 'listed', amount: { unit: 'usd', micros: 840_000 } }

function composerOf(options: { readonly draft?: Partial<Draft>; readonly known?: readonly Still[] } = {}) {
  const draft: Draft = { recipe: sampleRecipe(), provider: 'animatic', isSample: false, ...options.draft }
  const known = options.known ?? [one, two, three]
  const create = vi.fn((_input: Parameters<AppClient['jobs.create']>[0]): Promise<CreateResult> =>
    Promise.resolve({ kind: 'created', job: jobOf() }),
  )
  const deps = {
    client: {
      'draft.get': () => Promise.resolve(draft),
      'stills.get': ({ ids }: { ids: string[] }) =>
        Promise.resolve(known.filter(({ id }) => ids.includes(id))),
      'clips.get': vi.fn(({ id }: { id: string }) =>
        id === clip.id ? Promise.resolve(clip) : Promise.reject(new AppError('not-found', 'Gone.')),
      ),
      'clips.grabFrame': vi.fn(() => Promise.resolve(three)),
      'jobs.create': create,
    },
    providerOf: vi.fn((id: ProviderId) => providerIn(id, null)),
    hasBucket: vi.fn(() => false),
    order: vi.fn(async ({ send, onCreated }: Order) => {
      const result = await send([])
      if (result.kind === 'created') onCreated(result.job)
    }),
    quote: (): Quote | undefined => listed,
    onCreated: vi.fn(),
    fail: vi.fn(),
    warn: vi.fn(),
  }
  return { store: createComposerStore(deps), create, deps }
}

test('the draft of the last session is there again, with what is known of its pictures', async () => {
  const { store, deps } = composerOf({
    draft: { recipe: sampleRecipe({ slots: { first: one.id, last: two.id } }), isSample: true },
  })
  await store.getState().load()
  expect(store.getState()).toMatchObject({ loaded: true, isSample: true, provider: animatic })
  expect(store.getState().recipe.slots).toEqual({ first: one.id, last: two.id })
  expect(store.getState().stills.get(one.id)).toEqual(one)
  expect(deps.warn).not.toHaveBeenCalled()
})

test('a picture that is gone from the library leaves its slot empty, and the user is told', async () => {
  const { store, deps } = composerOf({
    draft: { recipe: sampleRecipe({ slots: { first: one.id, last: two.id } }) },
    known: [two],
  })
  await store.getState().load()
  expect(store.getState().recipe.slots).toEqual({ last: two.id })
  expect(deps.warn).toHaveBeenCalledOnce()
})

test('a draft that cannot be read leaves an empty composer that works', async () => {
  const { store, deps } = composerOf()
  deps.client['draft.get'] = () => Promise.reject(diskFull)
  await store.getState().load()
  expect(store.getState().loaded).toBe(true)
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})

test('any change of the user ends the sample', async () => {
  const { store } = composerOf({ draft: { isSample: true } })
  await store.getState().load()
  store.getState().setPrompt('mine')
  expect(store.getState()).toMatchObject({ isSample: false })
  expect(store.getState().recipe.prompt).toBe('mine')
})

test('own pictures dropped anywhere replace the whole sample; on a slot, only that slot', async () => {
  const draft = {
    recipe: sampleRecipe({ slots: { first: one.id, last: two.id }, durationS: 6 }),
    isSample: true,
  }
  const anywhere = composerOf({ draft }).store
  await anywhere.getState().load()
  anywhere.getState().place([three])
  expect(anywhere.getState().recipe).toMatchObject({ slots: { first: three.id }, prompt: '', durationS: 6 })

  const onSlot = composerOf({ draft }).store
  await onSlot.getState().load()
  onSlot.getState().place([three], 'last')
  expect(onSlot.getState().recipe.slots).toEqual({ first: one.id, last: three.id })
})

test('pictures that find no slot change nothing', () => {
  const { store } = composerOf()
  store.getState().place([1, 2, 3, 4, 5].map((number) => stillOf(number)))
  const { recipe } = store.getState()
  expect(store.getState().place([stillOf(6), stillOf(7)])).toMatchObject({ filled: [], left: 2 })
  expect(store.getState().recipe).toBe(recipe)
})

test('two presses before the answer make one job, and the composer keeps everything', async () => {
  const { store, create, deps } = composerOf()
  store.getState().setPrompt('a fox')
  const { recipe } = store.getState()
  await Promise.all([store.getState().generate(), store.getState().generate()])
  expect(create).toHaveBeenCalledExactlyOnceWith({ recipe, provider: 'animatic', yes: [] })
  expect(deps.onCreated).toHaveBeenCalledOnce()
  expect(store.getState().recipe).toBe(recipe)
  await store.getState().generate()
  expect(create).toHaveBeenCalledTimes(2)
})

test('nothing is sent while something stands in the way', async () => {
  const { store, create } = composerOf()
  store.getState().place([one], 'last')
  await store.getState().generate()
  expect(create).not.toHaveBeenCalled()
})

test('a job that could not be made is told, and can be tried again', async () => {
  const { store, create, deps } = composerOf()
  store.getState().setPrompt('a fox')
  create.mockRejectedValueOnce(diskFull)
  await store.getState().generate()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
  expect(store.getState().sending).toBe(false)
  await store.getState().generate()
  expect(deps.onCreated).toHaveBeenCalledOnce()
})

test('a recipe that replaced typed text can be taken back', async () => {
  const { store } = composerOf()
  store.getState().setPrompt('an hour of work')
  const undo = await store.getState().loadRecipe(sampleRecipe({ slots: { first: one.id } }))
  expect(store.getState().recipe.slots).toEqual({ first: one.id })
  undo()
  expect(store.getState().recipe.prompt).toBe('an hour of work')
})

test('a frame of a clip goes into a slot; one that cannot be had is told', async () => {
  const { store, deps } = composerOf()
  expect(await store.getState().placeFrame('c', 1.5, 'last')).toMatchObject({ filled: ['last'] })
  deps.client['clips.grabFrame'].mockRejectedValueOnce(diskFull)
  expect(await store.getState().placeFrame('c', 1.5)).toBeNull()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})

test('an order carries the price that was shown and the recipe as it was when Generate was pressed', async () => {
  const { store, create, deps } = composerOf()
  store.getState().setPrompt('a fox')
  deps.order.mockImplementationOnce(() => Promise.resolve())
  await store.getState().generate()
  const [order] = deps.order.mock.lastCall ?? []
  expect(order).toMatchObject({ provider: 'animatic', quote: listed })
  store.getState().setPrompt('a fox, changed while the question was open')
  await order?.send(['again'])
  expect(create).toHaveBeenLastCalledWith(
    expect.objectContaining({ recipe: expect.objectContaining({ prompt: 'a fox' }), yes: ['again'] }),
  )
})

test('a question that is not answered yet leaves the sample a sample', async () => {
  const { store, create } = composerOf({ draft: { isSample: true } })
  await store.getState().load()
  create.mockResolvedValueOnce({ kind: 'ask', questions: [{ kind: 'price-unknown' }] })
  await store.getState().generate()
  expect(store.getState()).toMatchObject({ isSample: true, sending: false })
})

test('a provider can be chosen that cannot take the recipe; nothing of it is dropped', () => {
  const { store } = composerOf()
  store.getState().edit((recipe) => ({ ...recipe, seed: 7, durationS: 5 }))
  store.getState().setProvider('krea')
  expect(store.getState().provider.id).toBe('krea')
  expect(store.getState().recipe).toMatchObject({ seed: 7, durationS: 5 })
})

test('what a platform said of a field stands until that field is changed', () => {
  const { store } = composerOf()
  store.getState().markFields({ prompt: 'is too rude', durationS: 'must be 8' })
  store.getState().edit((recipe) => ({ ...recipe, durationS: 8 }))
  expect(store.getState().marks).toEqual([{ field: 'prompt', words: 'is too rude' }])
  store.getState().setPrompt('kinder')
  expect(store.getState().marks).toEqual([])
})

test('another recipe comes without the marks of the one before; taken back, they are there again', async () => {
  const { store } = composerOf()
  store.getState().markFields({ prompt: 'is too rude' })
  const undo = await store.getState().loadRecipe(sampleRecipe())
  expect(store.getState().marks).toEqual([])
  undo()
  expect(store.getState().marks).toHaveLength(1)
})

const link = 'https://example.com/fox.png?sig=1'

test('a link stays with its picture and goes with it', () => {
  const { store } = composerOf()
  store.getState().place([one], 'first', link)
  expect(store.getState().recipe).toMatchObject({ slots: { first: one.id }, links: { first: link } })
  store.getState().place([two], 'first')
  expect(store.getState().recipe).toMatchObject({ slots: { first: two.id }, links: {} })
  store.getState().place([three], 'last', link)
  store.getState().clear('last')
  expect(store.getState().recipe.links).toEqual({})
})

test('a link without a target stays with the slot its picture found; the sample’s pictures go', async () => {
  const { store } = composerOf({
    draft: { recipe: sampleRecipe({ slots: { first: one.id, last: two.id } }), isSample: true },
  })
  await store.getState().load()
  store.getState().place([three], undefined, link)
  expect(store.getState().recipe).toMatchObject({ slots: { first: three.id }, links: { first: link } })
})

test('a picture that is gone takes its link along', async () => {
  const { store } = composerOf({
    draft: {
      recipe: sampleRecipe({ slots: { first: one.id, last: two.id }, links: { first: link, last: link } }),
    },
    known: [two],
  })
  await store.getState().load()
  expect(store.getState().recipe.links).toEqual({ last: link })
})

test('a source clip is extended unless said, keeps what was chosen for the one before, and its link goes with it', async () => {
  const { store } = composerOf()
  store.getState().setSource(clip, { link })
  expect(store.getState().recipe).toMatchObject({
    source: { clip: clip.id, use: 'extend' },
    links: { source: link },
  })
  store.getState().setSource(sampleClip({ id: idOf(6) }), { use: 'edit' })
  await store.getState().placeSource(clip.id)
  expect(store.getState().recipe).toMatchObject({ source: { clip: clip.id, use: 'edit' }, links: {} })
  expect(store.getState().clips.get(clip.id)).toEqual(clip)
})

test('a source clip replaces the sample', async () => {
  const { store } = composerOf({
    draft: { recipe: sampleRecipe({ slots: { first: one.id } }), isSample: true },
  })
  await store.getState().load()
  store.getState().setSource(clip)
  expect(store.getState()).toMatchObject({ isSample: false, recipe: { slots: {}, prompt: '' } })
})

test('a source clip that cannot be had is told, and changes nothing', async () => {
  const { store, deps } = composerOf()
  await store.getState().placeSource(idOf(9))
  expect(deps.fail).toHaveBeenCalledOnce()
  expect(store.getState().recipe.source).toBeNull()
})

test('the source clip of a draft is kept; one that is gone leaves its place empty, with a word', async () => {
  const kept = composerOf({ draft: { recipe: sampleRecipe({ source: { clip: clip.id, use: 'edit' } }) } })
  await kept.store.getState().load()
  expect(kept.store.getState().recipe.source).toEqual({ clip: clip.id, use: 'edit' })
  expect(kept.deps.warn).not.toHaveBeenCalled()

  const gone = composerOf()
  await gone.store
    .getState()
    .loadRecipe(sampleRecipe({ source: { clip: idOf(9), use: 'extend' }, links: { source: link } }))
  expect(gone.store.getState().recipe).toMatchObject({ source: null, links: {} })
  expect(gone.deps.warn).toHaveBeenCalledOnce()
})

test('a library that does not answer is no reason to throw a source clip away', async () => {
  const { store, deps } = composerOf()
  deps.client['clips.get'].mockRejectedValueOnce(diskFull)
  await expect(
    store.getState().loadRecipe(sampleRecipe({ source: { clip: clip.id, use: 'extend' } })),
  ).rejects.toBe(diskFull)
})

test('what is only not documented can be sent', async () => {
  const { store, create } = composerOf()
  store.getState().setProvider('krea')
  store.getState().edit(() => sampleRecipe({ slots: { last: one.id }, durationS: 8 }))
  await store.getState().generate()
  expect(create).toHaveBeenCalledOnce()
})

test('what needs a bucket is sent once there is one', async () => {
  const { store, create, deps } = composerOf()
  store.getState().setProvider('uniall')
  store.getState().edit(() => sampleRecipe({ slots: { first: one.id } }))
  await store.getState().generate()
  expect(create).not.toHaveBeenCalled()
  deps.hasBucket.mockReturnValue(true)
  await store.getState().generate()
  expect(create).toHaveBeenCalledOnce()
})

test('another dialect of the chosen provider brings its own capabilities', () => {
  const { store, deps } = composerOf()
  store.getState().setProvider('uniall')
  expect(store.getState().provider.capabilities.seed).toBe('no')
  deps.providerOf.mockImplementation((id) => providerIn(id, 'docs'))
  store.getState().providersChanged()
  expect(store.getState().provider.capabilities.seed).toBe('yes')
})
