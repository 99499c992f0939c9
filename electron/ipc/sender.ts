/** Scheme and host of everything the application shows. */
export const appScheme = 'app'
export const appHost = 'inbetween'
export const appOrigin = `${appScheme}://${appHost}`

/** The part of Electron's frame that the check needs. */
export interface SenderFrame {
  readonly url: string
  readonly parent: unknown
}

/**
 * Whether a call comes from the main frame of a page of ours.
 *
 * SECURITY: protocol and host are compared one by one: Node gives custom schemes the origin "null", so comparing
 * `origin` would let every custom scheme in; a prefix of the URL would let `app://inbetween.evil` in.
 */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  if (!frame || frame.parent !== null) return false
  try {
    const url = new URL(frame.url)
    return url.protocol === `${appScheme}:` && url.host === appHost
  } catch {
    return false
  }
}
