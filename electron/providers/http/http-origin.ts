import { AppError } from '../../../shared/error'

/** Hosts that are this computer whatever its resolver says; `localhost` is a name and may be anything. */
const loopbackHosts = ['127.0.0.1', '[::1]']

/**
 * The origin a key may be sent to, as browsers write it.
 *
 * @throws AppError `bad-request` when it is not https, nor loopback where that is allowed, or more than an origin.
 */
export function checkedOrigin(text: string, allowLoopback: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isOrigin = url !== null && (text === url.origin || text === `${url.origin}/`)
  const isLoopback = allowLoopback && url?.protocol === 'http:' && loopbackHosts.includes(url.hostname)
  // SECURITY: in clear a key could be read on the way.
  if (url === null || !isOrigin || !(url.protocol === 'https:' || isLoopback)) {
    const message =
      'The address of the platform must be https:// and a host name, nothing more. Nothing was sent.'
    throw new AppError('bad-request', message, text)
  }
  return url.origin
}

/** @throws Error when the path could lead away from the origin, or is not written as it goes over the wire. */
export function checkPath(path: string, origin: string): void {
  // SECURITY: "//host" and "/\host" are other hosts to whatever resolves them; blanks and line ends could forge headers.
  const isPlain = /^\/(?![/\\])[\x21-\x7e]*$/.test(path)
  if (!isPlain || new URL(path, origin).origin !== origin) throw new Error('not a path of the platform')
}
