import { X509Certificate } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openAuthorities, readAuthorities, tlsTrust } from '../../../electron/network/certificates'
import { createCertificate } from '../../platforms/certificate'
import { createKreaServer, kreaPracticeKey } from '../../platforms/krea/krea'
import { failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import { lineTo } from '../../support/lines'

const { cert, key } = createCertificate()
const now = Date.UTC(2026, 10, 21)
const auth = { header: 'authorization', prefix: 'Bearer ' }

function fileOf(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'company.pem')
  writeFileSync(path, content)
  return path
}

test('a file names whom to trust, beside the usual ones', async () => {
  const server = await createKreaServer({ http2: true })
  onTestFinished(() => server.close())
  const { origin, ca } = server.secure ?? { origin: '', ca: '' }
  const other = createCertificate('other').cert
  const opened = await openAuthorities(fileOf(`a remark\r\n${other}\n# more\n${ca}`), () => now)
  expect(opened.notice).toBeUndefined()
  expect(opened.ca().length).toBeGreaterThan(100)
  const request = { method: 'GET', path: '/jobs?limit=1' } as const
  expect((await lineTo({ origin, auth }, kreaPracticeKey, { ca: opened.ca }).send(request)).status).toBe(200)
  const without = await openAuthorities(undefined, () => now)
  await expect(lineTo({ origin, auth }, kreaPracticeKey, { ca: without.ca }).send(request)).rejects.toThrow(
    'nobody this computer trusts',
  )
  expect(opened.ca()).toHaveLength(without.ca().length + 2)
})

test('a file with Windows line ends', async () => {
  const read = await readAuthorities(fileOf(cert.replaceAll('\n', '\r\n')), now)
  expect(read.map((pem) => new X509Certificate(pem).raw)).toEqual([new X509Certificate(cert).raw])
})

test.each<[string, string | Uint8Array, RegExp]>([
  ['empty', '', /holds no certificate as PEM text/],
  ['a key', key, /holds no certificate as PEM text/],
  ['bytes', new Uint8Array([0x30, 0x82, 0, 1]), /holds no certificate as PEM text/],
  ['cut off', cert.slice(0, 200), /holds no certificate as PEM text/],
  ['damaged', cert.replace(/\n[^-]{40}/, '\nAAAA'), /is damaged/],
])('a file that is %s', async (_title, content, said) => {
  const file = fileOf(content)
  const error = await failureOf(() => readAuthorities(file, now))
  expect([error.code, error.message]).toEqual(['unreadable', expect.stringMatching(said)])
  expect(error.message).toContain(file)
})

test.each([Date.UTC(2019, 0), Date.UTC(2050, 0)])('a certificate that is not valid at %i', async (at) => {
  const error = await failureOf(() => readAuthorities(fileOf(cert), at))
  expect(error.code).toBe('unreadable')
  expect(error.message).toMatch(/is valid only from Jan {2}1 00:00:00 2020 GMT to Dec 31 23:59:59 2049 GMT/)
})

test('a file that is not there, and a folder', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'sub'))
  expect((await failureOf(() => readAuthorities(join(folder, 'none.pem'), now))).code).toBe('not-found')
  expect((await failureOf(() => readAuthorities(join(folder, 'sub'), now))).code).toBe('is-folder')
})

test('a file that cannot be used is told, and the usual ones stay', async () => {
  const opened = await openAuthorities(join(temporaryFolder(), 'none.pem'), () => now)
  expect(opened.notice).toMatch(/none\.pem is not there.*Until then it is left out\.$/)
  expect(opened.ca().length).toBeGreaterThan(100)
})

test('without a list of ours it is Node’s own that counts', () => {
  expect(tlsTrust(undefined)).toEqual({ rejectUnauthorized: true })
  expect(tlsTrust([cert]).secureContext).toBeDefined()
})
