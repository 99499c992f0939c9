import type { Socket } from 'node:net'
import { Client, type buildConnector } from 'undici'
import { reveal } from '../keys/redacted'
import { createOneConnection, reasonOf } from './connect'
import { addressOf, ProxyFailure, type ProxyServer } from './proxy'

/** Who is at the other end of a tunnel. */
export interface TunnelTarget {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

/** How proxies are reached. */
export interface TunnelDeps {
  /** Connects to the proxy itself. */
  readonly connector: buildConnector.connector
  /** Longest wait for its answer, ms. */
  readonly timeoutMs: number
}

/**
 * Opens a tunnel by CONNECT. Nothing but that request goes to the proxy.
 *
 * @throws ProxyFailure
 */
export async function openTunnel(
  proxy: ProxyServer,
  target: TunnelTarget,
  { connector, timeoutMs }: TunnelDeps,
): Promise<Socket> {
  // As for every request of ours no second connection; and it tells whether the proxy was reached at all.
  const { connect, wasMade } = createOneConnection(connector)
  const client = new Client(`${proxy.kind}://${addressOf(proxy)}`, { connect, allowH2: false })
  const path = addressOf(target)
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const { statusCode, headers, socket } = await client.connect({
      path,
      headers: { host: path, 'user-agent': 'Inbetween', 'proxy-connection': 'keep-alive', ...loginOf(proxy) },
      signal,
    })
    socket.on('error', ignored)
    // What our connector made is a Socket; undici's type promises less.
    if (statusCode >= 200 && statusCode < 300) return socket as Socket
    socket.destroy()
    throw refusal(proxy, target, statusCode, headers['proxy-authenticate'])
  } catch (error) {
    if (error instanceof ProxyFailure) throw error
    if (!wasMade()) throw unreachable(proxy, error)
    throw noAnswer(proxy, signal.aborted, error)
  } finally {
    // It has given the tunnel away; never rejects.
    void client.destroy()
  }
}

/** Whoever uses the tunnel hears of its end; an error without a listener would end the program. */
function ignored(): void {}

/** SECURITY: the proxy's password becomes text here, for the proxy's own request alone. */
function loginOf({ login }: ProxyServer): Readonly<Record<string, string>> {
  if (!login) return {}
  return { 'proxy-authorization': `Basic ${Buffer.from(reveal(login)).toString('base64')}` }
}

function refusal(
  proxy: ProxyServer,
  target: TunnelTarget,
  status: number,
  schemes: string | string[] | undefined,
): ProxyFailure {
  const at = addressOf(proxy)
  if (status === 407) return new ProxyFailure(loginWords(proxy, [schemes ?? 'Basic'].flat().join(', ')), true)
  const did = status === 403 ? 'does not let Inbetween connect' : 'could not connect'
  return new ProxyFailure(`The proxy ${at} ${did} to ${target.host} (its answer was ${status}).`, true)
}

/** What a 407 means. The words of the proxy are kept out: only names of schemes are taken. */
function loginWords(proxy: ProxyServer, schemes: string): string {
  const at = addressOf(proxy)
  if (!/\bbasic\b/i.test(schemes)) {
    const kind = /\b(?:ntlm|negotiate|kerberos|digest)\b/i.exec(schemes)?.[0] ?? 'another kind'
    return `The proxy ${at} wants a sign-in (${kind}) that Inbetween does not have; a local proxy can do it instead.`
  }
  if (proxy.login) return `The proxy ${at} did not take the user name and password that HTTPS_PROXY gives.`
  return `The proxy ${at} wants a user name and password; start Inbetween with HTTPS_PROXY=${proxy.kind}://name:password@${at}.`
}

/** The proxy itself could not be reached. */
export function unreachable(proxy: ProxyServer, error: unknown): ProxyFailure {
  const message = `The proxy ${addressOf(proxy)} cannot be reached (${reasonOf(error)}).`
  return new ProxyFailure(message, false, { cause: error })
}

/** The proxy took the connection and said nothing of use. */
export function noAnswer(proxy: ProxyServer, wasLate: boolean, error: unknown): ProxyFailure {
  const what = wasLate ? 'did not answer in time' : 'ended the connection instead of an answer'
  return new ProxyFailure(`The proxy ${addressOf(proxy)} ${what}.`, true, { cause: error })
}
