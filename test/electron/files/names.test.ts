import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipFileName, clipFolder } from '../../../electron/files/names'
import { noon } from '../../support/samples'
import { seed } from '../../support/seed'

const id = '7f3a9c02d1ee55aa0b0c'

function nameOf(words: string, change: { extension?: string; maker?: string } = {}): string {
  return clipFileName({ createdAt: noon, words, maker: 'animatic 4s', id, extension: '.mp4', ...change })
}

const names: readonly (readonly [string, string])[] = [
  ['red fox crosses the snow', '2026-11-21 red fox crosses the snow (animatic 4s) 7f3a9c02d1.mp4'],
  ['', '2026-11-21 (animatic 4s) 7f3a9c02d1.mp4'],
  [' \n\t ', '2026-11-21 (animatic 4s) 7f3a9c02d1.mp4'],
  ['...', '2026-11-21 (animatic 4s) 7f3a9c02d1.mp4'],
  ['a/b\\c:d', '2026-11-21 a b c d (animatic 4s) 7f3a9c02d1.mp4'],
  ['../../etc/passwd', '2026-11-21 etc passwd (animatic 4s) 7f3a9c02d1.mp4'],
  ['100% "real" <b>#1</b>?', '2026-11-21 100 real b 1 b (animatic 4s) 7f3a9c02d1.mp4'],
  ['one\nline\u0000only\u2028here', '2026-11-21 one line only here (animatic 4s) 7f3a9c02d1.mp4'],
  ['CON', '2026-11-21 CON_ (animatic 4s) 7f3a9c02d1.mp4'],
  ['lpt1', '2026-11-21 lpt1_ (animatic 4s) 7f3a9c02d1.mp4'],
  ['雪の中の赤い狐', '2026-11-21 雪の中の赤い狐 (animatic 4s) 7f3a9c02d1.mp4'],
  ['cafe\u0301', '2026-11-21 caf\u00e9 (animatic 4s) 7f3a9c02d1.mp4'],
  ['safe\u202egpj.exe', '2026-11-21 safe gpj.exe (animatic 4s) 7f3a9c02d1.mp4'],
  ['half \ud83d', '2026-11-21 half (animatic 4s) 7f3a9c02d1.mp4'],
]

test.each(names)('%j is called %j', (words, expected) => {
  expect(nameOf(words)).toBe(expected)
})

const awkward = [
  'CON',
  'com1.txt',
  'nul.',
  '..',
  '.',
  '/',
  '\\',
  '\0',
  '🏳️‍🌈',
  'שלום',
  '\u202e',
  'Z͑ͫ̓ͪ̂ͫ̽',
  '\ud800',
  '%2e%2e',
  '\r\n',
]
const anyWords = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...awkward)))
  .map((parts) => parts.join(''))
// What Windows, macOS, Linux and URLs between them refuse, written anew here: not taken from the source.
const refusedCharacters = /[<>:"/\\|?*#%\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

test('any words make a name that every system takes and that holds the id', () => {
  fc.assert(
    fc.property(anyWords, fc.constantFrom('.mp4', '.webm', '.mov'), (words, extension) => {
      const name = nameOf(words, { extension })
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
      expect(name).not.toMatch(refusedCharacters)
      expect(name).not.toMatch(devices)
      expect(name.endsWith(` ${id.slice(0, 10)}${extension}`)).toBe(true)
      expect(name.slice(0, -extension.length)).not.toMatch(/[\s.]$/)
      expect(name).not.toMatch(/^[\s.]| {2}/)
      expect(name).toBe(name.normalize('NFC'))
      expect(name.isWellFormed()).toBe(true)
    }),
    { seed, numRuns: 500 },
  )
})

test.each([
  ['letters', 'x'.repeat(5000)],
  ['words of three bytes', '雪'.repeat(500)],
  ['families', '👨‍👩‍👧‍👦'.repeat(50)],
  ['flags', '🇫🇷'.repeat(100)],
  ['one letter with 300 accents', `e${'\u0301'.repeat(300)}`],
])('a long prompt of %s is cut, at most 200 bytes', (_name, words) => {
  const name = nameOf(words)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name.endsWith(' (animatic 4s) 7f3a9c02d1.mp4')).toBe(true)
})

test('a cut never leaves half a character', () => {
  const kept = /^2026-11-21 ((?:🇫🇷)+) \(/u.exec(nameOf('🇫🇷'.repeat(100)))?.[1] ?? ''
  expect(Buffer.byteLength(kept) % Buffer.byteLength('🇫🇷')).toBe(0)
  expect(Buffer.byteLength(kept)).toBeGreaterThan(90)
})

test('a maker of any length leaves day, id and extension whole', () => {
  const name = nameOf('word '.repeat(30), { maker: 'm'.repeat(165) })
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name).toMatch(/^2026-11-21 .*7f3a9c02d1\.mp4$/)
})

test('names differing only in case or accents never meet, for the ids differ', () => {
  const other = clipFileName({
    createdAt: noon,
    words: 'FOX',
    maker: 'x',
    id: 'b'.repeat(20),
    extension: '.mp4',
  })
  const one = clipFileName({ createdAt: noon, words: 'fox', maker: 'x', id, extension: '.mp4' })
  expect(other.toLowerCase()).not.toBe(one.toLowerCase())
})

test.each([
  [new Date(2026, 0, 1, 0, 0, 0), '2026/01'],
  [new Date(2026, 11, 31, 23, 59, 59), '2026/12'],
  [new Date(2027, 8, 9), '2027/09'],
] as const)('a clip of %s lies in %s, by the local calendar', (date, folder) => {
  expect(clipFolder(date.getTime())).toBe(folder)
})
