import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firstDraft } from '../../../electron/library/first-draft'
import { draftSchema } from '../../../shared/contract'
import { animatic } from '../../../shared/providers/animatic'
import { validate } from '../../../shared/validate/validate'
import { emptyRecipe } from '../../../shared/recipe'
import { importScene } from '../../support/importing'
import { jpegHeader } from '../../support/pictures'

async function scene() {
  const parts = await importScene()
  writeFileSync(join(parts.from, 'first.jpg'), jpegHeader(16, 9))
  writeFileSync(join(parts.from, 'last.jpg'), jpegHeader(32, 18))
  return parts
}

test('the first start holds two pictures and words: one press gives a clip', async () => {
  const { importer, from, stills, count } = await scene()
  const draft = await firstDraft(importer, from)
  expect(draftSchema.parse(draft)).toEqual(draft)
  expect(draft.isSample).toBe(true)
  expect(validate(draft.recipe, animatic)).toEqual([])
  expect(stills.get(draft.recipe.slots.first ?? '')?.name).toBe('first.jpg')
  expect(stills.get(draft.recipe.slots.last ?? '')?.name).toBe('last.jpg')
  expect(draft.recipe.slots.first).not.toBe(draft.recipe.slots.last)
  expect(draft.recipe.prompt.length).toBeGreaterThan(20)
  expect(await firstDraft(importer, from)).toEqual(draft)
  expect(count('stills')).toBe(2)
})

test.each(['first.jpg', 'last.jpg'])('without %s it starts empty, as no sample', async (missing) => {
  const { importer, from } = await scene()
  rmSync(join(from, missing))
  expect(await firstDraft(importer, from)).toEqual({
    recipe: emptyRecipe,
    provider: 'animatic',
    isSample: false,
  })
})
