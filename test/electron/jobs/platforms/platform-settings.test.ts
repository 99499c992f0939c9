import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../electron/database/open'
import { configuredHosts, createSettingsTable } from '../../../../electron/jobs/platforms/platform-settings'
import { engineMigrations } from '../../../../electron/jobs/store/schema'
import { remoteProviderIds } from '../../../../shared/provider'

const unset = { origin: null, dialect: null }
const bucket = { endpoint: 'https://s3.example', region: 'auto', bucket: 'pictures', pathStyle: true }

function scene() {
  const db = openDatabase(':memory:', engineMigrations)
  onTestFinished(() => db.close())
  return {
    make: () => createSettingsTable(db),
    damage: (scope: string, value: string) =>
      db.prepare('insert or replace into settings (scope, value) values (?, ?)').run(scope, value),
  }
}

test('at first everything is as by default', () => {
  const table = scene().make()
  expect(remoteProviderIds.map(table.platform)).toEqual(remoteProviderIds.map(() => unset))
  expect([table.bucket(), configuredHosts(table)]).toEqual([null, []])
})

test('what is set counts at once, each by itself, and after the next start', () => {
  const { make } = scene()
  const table = make()
  table.setPlatform('krea', { origin: 'https://gateway.example:8443' })
  table.setPlatform('bytespike', { dialect: 'B' })
  table.setPlatform('krea', { dialect: 'x' })
  table.setBucket(bucket)
  for (const each of [table, make()]) {
    expect(each.platform('krea')).toEqual({ origin: 'https://gateway.example:8443', dialect: 'x' })
    expect(each.platform('bytespike')).toEqual({ origin: null, dialect: 'B' })
    expect(each.platform('uniall')).toEqual(unset)
    expect(each.bucket()).toEqual(bucket)
    expect(configuredHosts(each)).toEqual(['gateway.example:8443'])
  }
})

test('what is taken back is as by default again', () => {
  const { make } = scene()
  const table = make()
  table.setPlatform('krea', { origin: 'https://gateway.example' })
  table.setPlatform('krea', { origin: null })
  table.setBucket(bucket)
  table.setBucket(null)
  for (const each of [table, make()]) expect([each.platform('krea'), each.bucket()]).toEqual([unset, null])
})

const damaged = [
  '',
  '{"origin":',
  'null',
  '[]',
  '"https://x.example"',
  '{}',
  '{"origin":7,"dialect":null}',
  '{"origin":"not an address","dialect":null}',
  '{"origin":"http://192.168.0.1","dialect":null}',
  '{"origin":"https://x.example/path?key=1","dialect":null}',
  '{"origin":"javascript:alert(1)","dialect":null}',
]

test.each(damaged)('a row that holds %j is as by default, and nothing fails over it', (value) => {
  const { make, damage } = scene()
  for (const id of remoteProviderIds) damage(`provider:${id}`, value)
  damage('bucket', value)
  const table = make()
  expect(remoteProviderIds.map(table.platform)).toEqual(remoteProviderIds.map(() => unset))
  expect([table.bucket(), configuredHosts(table)]).toEqual([null, []])
  table.setPlatform('krea', { dialect: 'y' })
  expect(make().platform('krea')).toEqual({ origin: null, dialect: 'y' })
})

test.each([
  { ...bucket, endpoint: 'https://s3.example/with/a/path' },
  { ...bucket, bucket: 'No Such Name' },
  { ...bucket, region: 'eu central' },
  { ...bucket, pathStyle: 'yes' },
])('a bucket that cannot be one is none: %j', (value) => {
  const { make, damage } = scene()
  damage('bucket', JSON.stringify(value))
  expect(make().bucket()).toBeNull()
})

test('practice on this computer is an address like any other', () => {
  const { make } = scene()
  make().setPlatform('krea', { origin: 'http://127.0.0.1:5000' })
  expect(make().platform('krea').origin).toBe('http://127.0.0.1:5000')
})
