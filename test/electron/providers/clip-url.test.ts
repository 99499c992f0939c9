import { expect, test } from 'vitest'
import { clipUrl } from '../../../electron/providers/clip-url'

const mp4 = 'https://cdn.example.com/a.mp4?sig=1'
const bare = 'https://cdn.example.com/a'
test.each([
  ['a text', mp4, mp4],
  ['one without an ending', { url: bare }, bare],
  ['the video before the rest', { urls: [bare, mp4] }, mp4],
  [
    'the typed video',
    [
      { type: 'image', url: bare },
      { type: 'video', url: `${bare}2` },
    ],
    `${bare}2`,
  ],
  ['not the thumbnail', { thumbnailUrl: bare, poster: { url: mp4 } }, null],
  ['the named video', { audio_track: bare, video: { url: `${bare}3` } }, `${bare}3`],
  ['nothing that is no address', ['/a.mp4', 'ftp://a/b.mp4', 'data:video/mp4;base64,AA', 4, null], null],
  ['nothing deeper than people put it', { a: { b: { c: { d: { e: { f: mp4 } } } } } }, null],
  ['null', null, null],
])('the clip of %s', (_what, result, url) => {
  expect(clipUrl(result)).toBe(url)
})
