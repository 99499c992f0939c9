import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { hasTrayHost } from '../../../electron/attention/tray-host'
import { temporaryFolder } from '../../support/folder'

afterEach(() => vi.unstubAllEnvs())

/** Real programs of these names, and no others: each prints its text, or fails where there is none. */
function install(programs: Readonly<Record<string, string | null>>): void {
  const folder = temporaryFolder()
  for (const [name, prints] of Object.entries(programs)) {
    const file = join(folder, name)
    writeFileSync(file, prints === null ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho '${prints}'\n`)
    chmodSync(file, 0o755)
  }
  vi.stubEnv('PATH', folder)
}

test.each([
  ['dbus-send', '   variant       boolean true'],
  ['gdbus', '(<true>,)'],
  ['busctl', 'b true'],
])('%s knows of a host', async (name, prints) => {
  install({ [name]: prints })
  expect(await hasTrayHost()).toBe(true)
})

test('the next one is asked where the first cannot answer', async () => {
  install({ 'dbus-send': null, busctl: 'b true' })
  expect(await hasTrayHost()).toBe(true)
})

test.each([
  ['a watcher without a host', { 'dbus-send': '   variant       boolean false' }],
  ['nobody of that name', { 'dbus-send': null, gdbus: null, busctl: null }],
  ['no program to ask with', {}],
])('no tray: %s', async (_what, programs) => {
  install(programs)
  expect(await hasTrayHost()).toBe(false)
})
