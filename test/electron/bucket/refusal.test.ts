import { expect, test } from 'vitest'
import { readRefusal, refusalDetails } from '../../../electron/bucket/refusal'

const noon = Date.UTC(2026, 10, 21, 12)
const xml = (inner: string) => `<?xml version="1.0"?>\n<Error xmlns="x">${inner}</Error>`
const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({
  status,
  text,
  headers,
})

test.each([
  [403, xml('<Code>RequestTimeTooSkewed</Code>'), {}, { kind: 'clock', aheadMs: null }],
  [
    403,
    xml('<Code>RequestTimeTooSkewed</Code><ServerTime>2026-11-21T12:16:00Z</ServerTime>'),
    { date: 'Sat, 21 Nov 2026 11:00:00 GMT' },
    { kind: 'clock', aheadMs: -960_000 },
  ],
  [
    403,
    xml('<Code>SignatureDoesNotMatch</Code>'),
    { date: 'Sat, 21 Nov 2026 11:44:59 GMT' },
    { kind: 'clock', aheadMs: 901_000 },
  ],
  [
    403,
    xml('<Code>SignatureDoesNotMatch</Code>'),
    { date: 'Sat, 21 Nov 2026 11:45:00 GMT' },
    { kind: 'secret' },
  ],
  [503, '', { date: 'Sat, 21 Nov 2026 10:00:00 GMT' }, { kind: 'busy' }],
  [429, '', {}, { kind: 'busy' }],
  [404, xml('<Code>NoSuchBucket</Code>'), {}, { kind: 'bucket' }],
  [
    400,
    xml('<Code>AuthorizationHeaderMalformed</Code><Region>eu-north-1</Region>'),
    {},
    { kind: 'region', expected: 'eu-north-1' },
  ],
  [400, xml('<Code>InvalidRegionName</Code>'), {}, { kind: 'region', expected: null }],
  [418, xml('<Code>constructor</Code><Message/>'), {}, { kind: 'other', words: 'constructor' }],
  [403, '<html><Code>AccessDenied</Code></html>', {}, { kind: 'stranger' }],
  [403, '', {}, { kind: 'stranger' }],
])('%s %s %j', (status, text, headers, refusal) => {
  expect(readRefusal(answer(status, text, headers), noon)).toEqual(refusal)
})

test('details have code and message, and not what was signed', () => {
  const text = xml(
    '<Code>SignatureDoesNotMatch</Code><Message>No &lt;match&gt;</Message><StringToSign>secret</StringToSign>',
  )
  expect(refusalDetails(answer(403, text))).toBe('403 SignatureDoesNotMatch No <match>')
  expect(refusalDetails(answer(502, '<html>'))).toBe('502')
})
