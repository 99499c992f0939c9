import { expect, test } from 'vitest'
import { linkName, readLink } from '../../../renderer/intake/link-text'
import { recipeSchema } from '../../../shared/recipe-schema'

test('an https address is taken as it stands, signature and all', () => {
  const address = 'https://Example.com/a%20b/fox.png?X-Sig=a%2Fb&e=1#x'
  expect(readLink(` ${address}\n`)).toEqual({ kind: 'link', address })
})

test('other addresses are known as such, and text is text', () => {
  for (const other of ['http://example.com/a.png', 'file:///etc/passwd', 'ftp://a/b.mp4']) {
    expect(readLink(other), other).toEqual({ kind: 'other' })
  }
  for (const text of [
    '',
    'a fox',
    'example.com',
    'and/or',
    'e.g./i.e.',
    '1.5/2',
    'see example.com/a.png',
    'C:\\stills\\a.png',
    '/Users/me/a.png',
    'https://',
    'https://a b',
    'see https://a/b',
    'https://a\nhttps://b',
  ]) {
    expect(readLink(text), text).toEqual({ kind: 'none' })
  }
  expect(readLink(`https://example.com/${'a'.repeat(4000)}`)).toEqual({ kind: 'none' })
})

test('an address without its beginning is known as one', () => {
  for (const bare of [
    'example.com/a.png',
    'www.Example.co.uk/stills/fox',
    'cdn.example.com:8443/a.mp4?e=1',
  ]) {
    expect(readLink(bare), bare).toEqual({ kind: 'no-scheme' })
  }
})

test('an address with a user name or a password is none for a recipe, however it is written', () => {
  for (const address of [
    'https://user:pw@example.com/a.png',
    'https://user@example.com/a.png',
    'https://:pw@example.com/a.png',
    'https:///user@example.com/a.png',
    'https://@example.com/a.png',
    'HTTPS://a%40b:c@example.com/',
  ]) {
    expect(readLink(address), address).toEqual({ kind: 'signed-in' })
    expect(recipeSchema.shape.links.safeParse({ first: address }).success, address).toBe(false)
  }
  for (const address of ['https://example.com/@user/a.png', 'https://example.com?to=a@b', 'https://h/#a@b']) {
    expect(readLink(address), address).toEqual({ kind: 'link', address })
    expect(recipeSchema.shape.links.safeParse({ first: address }).success, address).toBe(true)
  }
})

test('a link is named by its end', () => {
  expect(linkName('https://example.com/a/fox.png?sig=1')).toBe('fox.png')
  expect(linkName('https://example.com/')).toBe('example.com')
})
