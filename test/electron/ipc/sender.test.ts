import { expect, test } from 'vitest'
import { appOrigin, isTrustedSender } from '../../../electron/ipc/sender'

const trusted = [
  'app://inbetween/index.html',
  'app://inbetween/media.html',
  'app://inbetween/',
  'app://inbetween/index.html?a=1#b',
  'app://inbetween/../index.html',
] as const

test.each(trusted)('%s, as main frame, is ours', (url) => {
  expect(isTrustedSender({ url, parent: null })).toBe(true)
})

const foreign = [
  'app://inbetween.evil/index.html',
  'app://evil.inbetween/index.html',
  'app://inbetween:80/index.html',
  'app://inbetween@evil/index.html',
  'app://evil/app://inbetween/',
  'app://evil/?app://inbetween/',
  'app://',
  'app:inbetween/index.html',
  'app:/inbetween/index.html',
  'app:///inbetween/index.html',
  'app2://inbetween/index.html',
  'xapp://inbetween/index.html',
  'https://inbetween/index.html',
  'http://inbetween/index.html',
  'file://inbetween/index.html',
  'file:///app/inbetween/index.html',
  'blob:app://inbetween/6f1c',
  'filesystem:app://inbetween/temporary/x',
  'view-source:app://inbetween/index.html',
  'data:text/html,<script>parent.call()</script>',
  'javascript:app://inbetween/',
  'about:blank',
  'about:srcdoc',
  'devtools://devtools/bundled/x.html',
  'chrome-extension://inbetween/x.html',
  'inbetween',
  '',
] as const

test.each(foreign)('%j is not ours', (url) => {
  expect(isTrustedSender({ url, parent: null })).toBe(false)
})

test('a frame that is gone is not ours', () => {
  expect(isTrustedSender(null)).toBe(false)
})

test.each([{}, { url: `${appOrigin}/` }, undefined, false, 0])(
  'a child frame (parent %j) is not ours, even of our page',
  (parent) => {
    expect(isTrustedSender({ url: `${appOrigin}/index.html`, parent })).toBe(false)
  },
)
