import { expect, test } from 'vitest'
import { appHandlers } from '../../../electron/ipc/app-handlers'
import { contract, type AppInfo } from '../../../shared/contract'

const info: AppInfo = {
  version: '0.1.0',
  platform: 'linux',
  electron: '45.4.1',
  trustedRuntime: false,
  practice: true,
  libraryName: 'Inbetween',
  libraryFolder: '/Videos/Inbetween',
  notices: ['The settings could not be read.'],
}

test('each call goes where it belongs', async () => {
  const done: string[] = []
  const handlers = appHandlers({
    info: () => info,
    openExternal: async (url) => void done.push(`open ${url}`),
    revealFolder: () => void done.push('reveal'),
  })
  expect(contract.calls['app.info'].output.parse(handlers['app.info']())).toEqual(info)
  await handlers['app.openExternal']({ url: 'https://example.com' })
  handlers['app.revealLibrary']()
  expect(done).toEqual(['open https://example.com', 'reveal'])
})
