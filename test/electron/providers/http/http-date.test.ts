import { expect, test } from 'vitest'
import { httpDate } from '../../../../electron/providers/http/http-date'

const noon = Date.UTC(2026, 10, 21, 12)

test.each([
  ['Sat, 21 Nov 2026 12:00:00 GMT', noon],
  ['Saturday, 21-Nov-26 12:00:00 GMT', noon],
  ['Sat Nov 21 12:00:00 2026', noon],
  ['2026-11-21T12:00:00Z', null],
  ['12', null],
  ['Later, please', null],
  ['', null],
  [undefined, null],
])('the HTTP date %j', (text, time) => {
  expect(httpDate(text)).toBe(time)
})
