import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { AppError } from '../../shared/error'
import { isErrno } from '../files/exists'

/** Certificate authorities to trust instead of Node's own, PEM, or what reads them; undefined: Node's own. */
export type Authorities = string | readonly string[] | (() => readonly string[]) | undefined

/** Whom TLS connections trust. */
export interface TlsTrust {
  readonly rejectUnauthorized: true
  readonly secureContext?: SecureContext
}

/** Options of every TLS connection. The certificates are read once here: hundreds for each connection cost 20 ms. */
export function tlsTrust(authorities: Authorities): TlsTrust {
  // SECURITY: outranks NODE_TLS_REJECT_UNAUTHORIZED.
  const rejectUnauthorized = true
  if (authorities === undefined) return { rejectUnauthorized }
  if (typeof authorities === 'string') return { rejectUnauthorized, secureContext: contextOf([authorities]) }
  const list = typeof authorities === 'function' ? authorities() : authorities
  const secureContext = contexts.get(list) ?? contextOf(list)
  contexts.set(list, secureContext)
  return { rejectUnauthorized, secureContext }
}

/** One for each list: platforms, downloads and pasted links trust the same one, and it takes 15 ms to make. */
const contexts = new WeakMap<readonly string[], SecureContext>()

function contextOf(authorities: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...authorities] })
}

/**
 * Whom to trust: Node's own list, the system's, and the user's file, PEM each. A file that cannot be used is left out
 * and told in `notice`.
 */
export async function openAuthorities(
  file: string | undefined,
  now: () => number,
): Promise<{ readonly ca: () => readonly string[]; readonly notice: string | undefined }> {
  try {
    const own = file === undefined ? [] : await readAuthorities(file, now())
    return { ca: withKnown(own), notice: undefined }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ca: withKnown([]), notice: `${error.message} Until then it is left out.` }
  }
}

/** The system's list is read when a connection first needs it: that takes 40 ms and more, which starting has not. */
function withKnown(own: readonly string[]): () => readonly string[] {
  let list: readonly string[] | undefined
  return () => {
    list ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...own])]
    return list
  }
}

/**
 * The certificates of a PEM file that are valid at that time (milliseconds since 1970).
 *
 * @throws AppError `not-found`, `is-folder`, `unreadable`
 */
export async function readAuthorities(file: string, now: number): Promise<readonly string[]> {
  const blocks = (await readText(file)).match(certificateBlock) ?? []
  if (blocks.length === 0) {
    const message = `${file} holds no certificate as PEM text (“-----BEGIN CERTIFICATE-----”). Export it again as “Base-64 encoded X.509”, or choose another file under Settings → Network.`
    throw new AppError('unreadable', message)
  }
  const certificates = blocks.map((block) => parse(block, file))
  const valid = certificates.filter(({ validFromDate, validToDate }) =>
    // Of a bundle some may have ended: the others still count.
    isBetween(now, validFromDate.getTime(), validToDate.getTime()),
  )
  if (valid.length > 0) return valid.map((certificate) => certificate.toString())
  const [first] = certificates
  const message = `The certificate in ${file} is valid only from ${first?.validFrom} to ${first?.validTo}. Ask for a current one, and choose it under Settings → Network.`
  throw new AppError('unreadable', message)
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1')
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) {
      throw new AppError(
        'not-found',
        `The certificate file ${file} is not there. Choose it again under Settings → Network.`,
      )
    }
    if (isErrno(error, 'EISDIR')) {
      throw new AppError(
        'is-folder',
        `${file} is a folder. Choose a certificate file under Settings → Network.`,
      )
    }
    const message = `The certificate file ${file} cannot be read. Look at its permissions, or choose another under Settings → Network.`
    throw new AppError('unreadable', message, String(error))
  }
}

function parse(block: string, file: string): X509Certificate {
  try {
    return new X509Certificate(block)
  } catch (error) {
    const message = `A certificate in ${file} is damaged. Export it again, or choose another file under Settings → Network.`
    throw new AppError('unreadable', message, String(error))
  }
}

function isBetween(time: number, from: number, to: number): boolean {
  return time >= from && time <= to
}
