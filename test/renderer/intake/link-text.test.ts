import { expect, test } from 'vitest'
import { linkName, readLink } from '../../../renderer/intake/link-text'

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
    'example.com/a.png',
    'https://',
    'https://a b',
    'see https://a/b',
    'https://a\nhttps://b',
  ]) {
    expect(readLink(text), text).toEqual({ kind: 'none' })
  }
  expect(readLink(`https://example.com/${'a'.repeat(4000)}`)).toEqual({ kind: 'none' })
})

test('a link is named by its end', () => {
  expect(linkName('https://example.com/a/fox.png?sig=1')).toBe('fox.png')
  expect(linkName('https://example.com/')).toBe('example.com')
})
