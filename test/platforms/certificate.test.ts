import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCertificate } from './certificate'

test('is for the loopback, signed by itself, valid for decades, another each time', () => {
  const certificate = new X509Certificate(createCertificate().cert)
  expect(certificate.subjectAltName).toBe('IP Address:127.0.0.1, DNS:localhost')
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.validTo).toBe('Dec 31 23:59:59 2049 GMT')
  expect(new X509Certificate(createCertificate().cert).fingerprint).not.toBe(certificate.fingerprint)
})
