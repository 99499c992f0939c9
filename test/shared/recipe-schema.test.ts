import { expect, test } from 'vitest'
import { maxPromptLength } from '../../shared/recipe'
import { recipeSchema } from '../../shared/recipe-schema'
import { idOf, sampleRecipe } from '../support/samples'

const still = 'a'.repeat(64)

const good: readonly (readonly [string, object])[] = [
  ['as it is', {}],
  ['every slot filled', { slots: { first: still, last: still, ref1: still, ref2: still, ref3: still } }],
  ['the longest prompt', { prompt: 'x'.repeat(maxPromptLength) }],
  ['every shape', { aspectRatio: '4:3' }],
  ['pasted addresses', { links: { first: 'https://a/1', ref3: 'http://a/2', source: 'https://a/3' } }],
  [
    'an at sign elsewhere in an address',
    { links: { first: 'https://a/@me?to=b@c#@', last: 'https://a?x@y' } },
  ],
  ['a clip to extend', { source: { clip: idOf(1), use: 'extend' } }],
  ['any characters', { prompt: '雪\u0000🦊\u202e<script>' }],
]

test.each(good)('taken: %s', (_name, change) => {
  const recipe = { ...sampleRecipe(), ...change }
  expect(recipeSchema.parse(recipe)).toEqual(recipe)
})

const bad: readonly (readonly [string, object])[] = [
  ['a prompt that is too long', { prompt: 'x'.repeat(maxPromptLength + 1) }],
  ['no prompt', { prompt: undefined }],
  ['an unknown slot', { slots: { fourth: still } }],
  ['a slot named like a prototype', { slots: JSON.parse(`{"__proto__x":"${still}"}`) }],
  ['a path for a still', { slots: { first: '../../etc/passwd' } }],
  ['an upper-case still id', { slots: { first: still.toUpperCase() } }],
  ['a still id with a line end', { slots: { first: `${still}\n` } }],
  ['half a second', { durationS: 4.5 }],
  ['no seconds', { durationS: 0 }],
  ['61 seconds', { durationS: 61 }],
  ['not a number', { durationS: Number.NaN }],
  ['seconds as text', { durationS: '4' }],
  ['another resolution', { resolution: '480p' }],
  ['another shape', { aspectRatio: '21:9' }],
  ['an address that is no link', { links: { first: 'javascript:alert(1)' } }],
  ['a picture inside an address', { links: { first: 'data:image/png;base64,AA' } }],
  ['an address without an end', { links: { first: `https://a/${'x'.repeat(4000)}` } }],
  ['an address with name and password', { links: { first: 'https://me:secret@a/1' } }],
  ['an address with a name', { links: { last: 'http://me@a/1' } }],
  ['an address with an empty name', { links: { source: 'HTTPS://@a/1' } }],
  ['a name behind a backslash', { links: { first: 'https:\\\\me:secret@a/1' } }],
  ['a name behind one slash', { links: { first: 'https:/me:secret@a/1' } }],
  ['a name behind two backslashes', { links: { first: 'https://\\\\me:secret@a/1' } }],
  ['a name behind three slashes', { links: { first: 'https:///me:secret@a/1' } }],
  ['a name behind a tab', { links: { first: 'https://\t/me@a/1' } }],
  ['a name behind none', { links: { first: 'https:me:secret@a/1' } }],
  ['a name behind a space', { links: { first: ' https://me:secret@a/1' } }],
  ['a name behind a line end', { links: { first: 'https:\n//me:secret@a/1' } }],
  ['an address of no slot', { links: { fourth: 'https://a/1' } }],
  ['a path for a clip', { source: { clip: '../../x', use: 'edit' } }],
  ['another use of a clip', { source: { clip: idOf(1), use: 'upscale' } }],
]

test.each(bad)('refused: %s', (_name, change) => {
  expect(recipeSchema.safeParse({ ...sampleRecipe(), ...change }).success).toBe(false)
})
