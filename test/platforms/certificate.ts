import { generateKeyPairSync, sign } from 'node:crypto'

/** Identifiers as DER: ecdsa-with-SHA256, commonName, subjectAltName (RFC 5480, RFC 5280). */
const ecdsaSha256 = Buffer.from('06082a8648ce3d040302', 'hex')
const commonName = Buffer.from('0603550403', 'hex')
const subjectAltName = Buffer.from('0603551d11', 'hex')

export interface Certificate {
  /** PEM; a client trusts it by giving it as its `ca`. */
  readonly cert: string
  readonly key: string
}

/**
 * A fresh self-signed certificate for 127.0.0.1: browsers and undici speak HTTP/2 only over TLS. Who trusts two needs
 * two subjects: OpenSSL finds a certificate by its subject.
 */
export function createCertificate(subject = 'practice platform'): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = der(0x30, ecdsaSha256)
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from(subject)))))
  // Wide and fixed, so that neither a wrong clock nor a moved one makes a test fail.
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const names = der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))
  const extensions = der(0xa3, der(0x30, der(0x30, subjectAltName, der(0x04, names))))
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  const whole = der(0x30, body, algorithm, der(0x03, signature))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
