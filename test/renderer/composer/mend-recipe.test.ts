import { expect, test } from 'vitest'
import { createStore } from 'zustand'
import type { ComposerState } from '../../../renderer/composer/composer-store'
import { lostInWords, mendRecipe } from '../../../renderer/composer/mend-recipe'
import type { Notice } from '../../../renderer/notices/notices-store'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { nothingKnown } from '../../../shared/validate/objection'
import { validate } from '../../../shared/validate/validate'
import { idOf, sampleRecipe } from '../../support/samples'
import { stillOf } from '../support/pieces'

const [one, two] = [stillOf(1).id, stillOf(2).id]
const link = 'https://example.com/still.png'

function composerOf(recipe: Recipe) {
  const told: Omit<Notice, 'id'>[] = []
  // Only what a fix touches.
  const composer = createStore<Pick<ComposerState, 'recipe' | 'edit'>>((set, get) => ({
    recipe,
    edit: (change) => set({ recipe: change(get().recipe) }),
  }))
  const mend = (mended: Recipe) =>
    mendRecipe(composer as Parameters<typeof mendRecipe>[0], (notice) => told.push(notice), mended)
  return { composer, told, mend }
}

test('a prompt that was cut by one click comes back by another, and what was done since stays', () => {
  const prompt = 'x'.repeat(4100)
  const { composer, told, mend } = composerOf(sampleRecipe({ prompt, slots: {} }))
  const fix = validate(composer.getState().recipe, providers.apiframe, nothingKnown).find(
    ({ field }) => field === 'prompt',
  )?.fix
  if (!fix) throw new Error('the prompt is too long for Apiframe')
  mend(fix.recipe)
  expect(composer.getState().recipe.prompt).toHaveLength(4000)
  expect(told).toMatchObject([
    { message: 'The prompt was cut to 4,000 characters.', action: { label: 'Undo' } },
  ])
  composer.getState().edit((recipe) => ({ ...recipe, durationS: 6, slots: { first: one } }))
  told[0]?.action?.run()
  expect(composer.getState().recipe).toMatchObject({ prompt, durationS: 6, slots: { first: one } })
})

test('pictures and their addresses come back together', () => {
  const before = sampleRecipe({ slots: { first: one, last: two }, links: { last: link } })
  const { composer, told, mend } = composerOf(before)
  mend({ ...before, slots: { first: one }, links: {} })
  expect(told[0]?.message).toBe('Last frame was taken out. The library keeps what was there.')
  told[0]?.action?.run()
  expect(composer.getState().recipe).toEqual(before)
})

test('a change that throws nothing away is made in silence', () => {
  const before = sampleRecipe({ durationS: 6, slots: { last: one }, links: { last: link } })
  const { composer, told, mend } = composerOf(before)
  mend({ ...before, durationS: 8 })
  mend({ ...before, slots: { first: one }, links: { first: link } })
  expect(composer.getState().recipe.slots).toEqual({ first: one })
  expect(told).toEqual([])
})

test('each loss has its words', () => {
  const source = { clip: idOf(5), use: 'extend' } as const
  const full = sampleRecipe({
    negativePrompt: 'rain',
    slots: { ref1: one, ref2: two },
    links: { ref1: link },
    source,
  })
  expect(lostInWords(full, { ...full, negativePrompt: '' })).toBe('The negative prompt was removed.')
  expect(lostInWords(full, { ...full, source: null })).toBe(
    'The source clip was taken out. The library keeps it.',
  )
  expect(lostInWords(full, { ...full, links: {} })).toBe('The pasted address was dropped. The picture stays.')
  expect(lostInWords(full, { ...full, slots: {}, links: {} })).toBe(
    'Reference 1 and Reference 2 were taken out. The library keeps what was there.',
  )
  expect(lostInWords(full, full)).toBeNull()
})
