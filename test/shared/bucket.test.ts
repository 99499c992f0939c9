import { expect, test } from 'vitest'
import { bucketObjections } from '../../shared/bucket'
import { bucketSettingsSchema } from '../../shared/bucket-schema'

const good = {
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  bucket: 'my-pictures',
  pathStyle: false,
}

test.each([
  {},
  { endpoint: 'https://0123abcd.r2.cloudflarestorage.com/', region: 'auto' },
  { endpoint: 'https://[2001:db8::1]:9000', pathStyle: true },
  { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
  { bucket: 'a.b.c', pathStyle: true },
  { bucket: 'a1b' },
])('%j may be tried', (changed) => {
  const settings = { ...good, ...changed }
  expect(bucketObjections(settings)).toEqual([])
  expect(bucketSettingsSchema.parse(settings)).toEqual(settings)
})

test.each([
  [{ endpoint: 's3.amazonaws.com' }, 'endpoint'],
  [{ endpoint: 'https://abc.r2.cloudflarestorage.com/my-pictures' }, 'endpoint'],
  [{ endpoint: 'https://s3.amazonaws.com?x=1' }, 'endpoint'],
  [{ endpoint: 'https://me:secret@s3.amazonaws.com' }, 'endpoint'],
  [{ endpoint: 'https://s3.amazonaws.com\\@evil.example' }, 'endpoint'],
  [{ endpoint: 'ftp://s3.amazonaws.com' }, 'endpoint'],
  [{ endpoint: 'https://my-pictures.s3.amazonaws.com' }, 'endpoint'],
  [{ endpoint: 'https://192.0.2.1' }, 'endpoint'],
  [{ endpoint: 'https://[2001:db8::1]' }, 'endpoint'],
  [{ region: '' }, 'region'],
  [{ region: 'eu central 1' }, 'region'],
  [{ region: 'eu/s3' }, 'region'],
  [{ bucket: 'My-Pictures' }, 'bucket'],
  [{ bucket: 'ab' }, 'bucket'],
  [{ bucket: 'a'.repeat(64) }, 'bucket'],
  [{ bucket: '-ab' }, 'bucket'],
  [{ bucket: 'a..b' }, 'bucket'],
  [{ bucket: '192.168.5.4' }, 'bucket'],
  [{ bucket: 'a/b/c' }, 'bucket'],
  [{ bucket: 'a.b.c' }, 'bucket'],
])('%j: %s', (changed, field) => {
  expect(bucketObjections({ ...good, ...changed }).map((objection) => objection.field)).toEqual([field])
})

test('all objections at once; without a region it is R2’s', () => {
  const bad = { endpoint: '', region: '', bucket: '', pathStyle: true }
  expect(bucketObjections(bad).map(({ field }) => field)).toEqual(['endpoint', 'region', 'bucket'])
  const { region: _left, ...rest } = good
  expect(bucketSettingsSchema.parse(rest).region).toBe('auto')
  expect(bucketSettingsSchema.safeParse(bad).success).toBe(false)
})
