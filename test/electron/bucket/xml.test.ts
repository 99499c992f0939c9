import { expect, test } from 'vitest'
import { textOf } from '../../../electron/bucket/xml'

test.each([
  ['<A>b</A>', 'b'],
  ['<A></A>', ''],
  ['<A>1</A><A>2</A>', '1'],
  ['<A>&lt;&gt;&amp;&quot;&apos;&#39;&#x2F;&#X2f;</A>', `<>&"''//`],
  ['<A>&amp;lt;</A>', '&lt;'],
  ['<A>&nbsp;&#x110000;&#;</A>', '&nbsp;&#x110000;&#;'],
  ['<A><B>b</B></A>', undefined],
  ['<A>b</B>', undefined],
  ['<AB>b</AB>', undefined],
  ['', undefined],
])('%s', (xml, text) => {
  expect(textOf(xml, 'A')).toBe(text)
})
