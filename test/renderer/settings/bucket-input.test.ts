import { expect, test } from 'vitest'
import { readAddress } from '../../../renderer/settings/address-input'
import { fieldOf, isSameEndpoint, readBucket } from '../../../renderer/settings/bucket-input'

const typed = {
  endpoint: ' https://s3.eu-central-1.amazonaws.com/ ',
  region: 'eu-central-1',
  bucket: 'my-clips',
  pathStyle: false,
}

test('a bucket is read with the origin of its endpoint', () => {
  expect(readBucket(typed)).toEqual({
    kind: 'read',
    settings: { ...typed, endpoint: 'https://s3.eu-central-1.amazonaws.com' },
  })
})

test('without a region it is the one of Cloudflare R2', () => {
  expect(readBucket({ ...typed, region: ' ' })).toMatchObject({ settings: { region: 'auto' } })
})

test('what the main process would not take is named by field', () => {
  const faults = (change: Partial<typeof typed>) => {
    const read = readBucket({ ...typed, ...change })
    return read.kind === 'faults' ? Object.keys(read.faults) : []
  }
  for (const endpoint of [
    '',
    's3.amazonaws.com',
    'https://s3.amazonaws.com/my-clips',
    'ftp://a',
    'https://a@b',
  ]) {
    expect(faults({ endpoint }), endpoint).toEqual(['endpoint'])
  }
  for (const bucket of ['', 'ab', 'My-Clips', '-clips', 'a'.repeat(64)]) {
    expect(faults({ bucket }), bucket).toEqual(['bucket'])
  }
  expect(faults({ endpoint: 'x', region: '!', bucket: '' })).toEqual(['endpoint', 'region', 'bucket'])
})

test('an address is read without its last slash; what is none is told apart', () => {
  expect(readAddress(' https://gateway.example.com/ ')).toBe('https://gateway.example.com')
  for (const text of ['', 'gateway', 'https://', 'file:///a', 'https://me:secret@a', 'https://a?x=1']) {
    expect(readAddress(text), text).toBeNull()
  }
})

test.each([
  ['provider-down', 'endpoint'],
  ['unknown-answer', 'endpoint'],
  ['not-found', 'bucket'],
  ['key-refused', 'keys'],
  ['forbidden', null],
  ['no-key-store', null],
] as const)('a test that failed with %s is about %s', (code, field) => {
  expect(fieldOf({ code })).toBe(field)
})

test('the keys belong to the endpoint that is set, however it is written', () => {
  const settings = { endpoint: 'https://s3.example.com' }
  expect(isSameEndpoint(' https://S3.example.com/ ', settings)).toBe(true)
  expect(isSameEndpoint('https://s3.example.org', settings)).toBe(false)
  expect(isSameEndpoint('', null)).toBe(false)
})
