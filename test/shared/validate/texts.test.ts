import { expect, test } from 'vitest'
import type { Provider } from '../../../shared/provider'
import { providerIn, providers } from '../../../shared/providers'
import { maxPromptLength } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { texts } from '../../../shared/validate/texts'
import { sampleRecipe } from '../../support/samples'

const { animatic, krea, apiframe, uniall } = providers
const docs = providerIn('uniall', 'docs')
const a = 'a'.repeat(64)

test.each<readonly [string, Provider, Partial<Recipe>]>([
  ['a picture without words, where none are needed', animatic, { prompt: '', slots: { first: a } }],
  ['the longest prompt', apiframe, { prompt: 'x'.repeat(4000) }],
  ['the longest that can be kept', krea, { prompt: 'x'.repeat(maxPromptLength) }],
  ['the longest negative prompt', apiframe, { negativePrompt: 'x'.repeat(2000) }],
  ['a negative prompt that it takes no notice of', animatic, { negativePrompt: 'x'.repeat(4000) }],
  ['a negative prompt in one of its dialects', docs, { negativePrompt: 'fog' }],
])('%s: nothing is wrong', (_what, provider, change) => {
  expect(texts(sampleRecipe(change), provider)).toEqual([])
})

test.each<readonly [string, Provider, Partial<Recipe>, string, RegExp, Partial<Recipe> | null]>([
  ['no words at all', animatic, { prompt: ' \n\t' }, 'prompt', /Add a picture or write a prompt/, null],
  [
    'a picture alone',
    krea,
    { prompt: '', slots: { first: a } },
    'prompt',
    /Krea needs a prompt, also with/,
    null,
  ],
  [
    'one character too many',
    apiframe,
    { prompt: 'x'.repeat(4001) },
    'prompt',
    /Apiframe takes 4000 characters; the prompt is 1 too long/,
    { prompt: 'x'.repeat(4000) },
  ],
  [
    'half an emoji at the cut',
    apiframe,
    { prompt: `${'x'.repeat(3999)}🦊` },
    'prompt',
    /1 too long/,
    { prompt: 'x'.repeat(3999) },
  ],
  [
    'what it has not',
    krea,
    { negativePrompt: 'fog' },
    'negativePrompt',
    /no negative prompt/,
    { negativePrompt: '' },
  ],
  [
    'what it has only in the docs',
    uniall,
    { negativePrompt: 'fog' },
    'negativePrompt',
    /UniAll has no/,
    { negativePrompt: '' },
  ],
  [
    'a long negative prompt',
    apiframe,
    { negativePrompt: 'x'.repeat(2001) },
    'negativePrompt',
    /2000 characters in the negative prompt; it is 1 too long/,
    { negativePrompt: 'x'.repeat(2000) },
  ],
])('%s: blocked, with what mends it', (_what, provider, change, field, reason, fix) => {
  const recipe = sampleRecipe(change)
  const [objection, ...more] = texts(recipe, provider)
  expect(more).toEqual([])
  expect(objection).toMatchObject({ field, reason: expect.stringMatching(reason), weight: 'blocks' })
  expect(objection?.fix?.recipe).toEqual(fix === null ? undefined : { ...recipe, ...fix })
})
