import { expect, test } from 'vitest'
import { readListPage } from '../../../electron/bucket/list-page'

const time = '2026-11-21T12:00:00.000Z'
const noon = Date.UTC(2026, 10, 21, 12)
const object = (name: string, at = time) =>
  `<Contents><Key>${name}</Key><LastModified>${at}</LastModified><Size>3</Size></Contents>`
const page = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</ListBucketResult>\n`

test('names, times, and the token of the next page', () => {
  const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b=</NextContinuationToken>'
  expect(readListPage(page(`${more}${object('a')}${object('b&lt;', '2026-11-21T12:00:01Z')}`))).toEqual({
    objects: [
      { name: 'a', modifiedAt: noon },
      { name: 'b<', modifiedAt: noon + 1000 },
    ],
    next: 'a&b=',
  })
  expect(readListPage(page(`${object('a')}${more}`))).toMatchObject({ next: 'a&b=' })
})

test('an empty bucket, and a last page', () => {
  expect(readListPage(page('<KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>'))).toEqual({
    objects: [],
    next: null,
  })
})

test.each([
  ['no time', object('a', '')],
  ['a time without its zone', object('a', '2026-11-21T12:00:00')],
  ['another form of time', object('a', 'Sat, 21 Nov 2026 12:00:00 GMT')],
  ['a day that is none', object('a', '2026-13-41T12:00:00Z')],
  ['no name', `<Contents><LastModified>${time}</LastModified></Contents>`],
])('%s: that object is left out', (_what, contents) => {
  expect(readListPage(page(`${contents}${object('b')}`))?.objects).toEqual([{ name: 'b', modifiedAt: noon }])
})

test.each([
  ['nothing', ''],
  ['a page of HTML', '<!doctype html><ListBucketResult></ListBucketResult>'],
  ['an error', '<Error><Code>AccessDenied</Code></Error>'],
  ['a page that was cut off', page(object('a')).slice(0, -5)],
  ['more to come, and no token', page('<IsTruncated>true</IsTruncated>')],
  ['a comment', page(`<!-- ${object('a')} -->`)],
  ['CDATA', page('<Contents><Key><![CDATA[a]]></Key></Contents>')],
  ['entities of its own', `<!DOCTYPE x [<!ENTITY y "z">]>${page('')}`],
  ['an object in an object', page(`<Contents>${object('a')}</Contents>`)],
  ['an object without an end', page('<Contents><Key>a</Key>')],
])('%s is no list', (_what, text) => {
  expect(readListPage(text)).toBeNull()
})
