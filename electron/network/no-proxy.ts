import { BlockList, isIP } from 'node:net'

/**
 * Whether `NO_PROXY` keeps a host from proxies, by curl's rules and the two things that others know beside them:
 * names and all below them (`example.com`, `.example.com`, `*.example.com`), addresses, networks (`10.0.0.0/8`,
 * `fd00::/8`), `*` for everything; each with a port where only that one is meant. Separated by commas or blanks.
 */
export function isExcepted(noProxy: string, origin: string): boolean {
  const url = new URL(origin)
  const host = plain(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const wanted = parse(entry)
      return (wanted.port === null || wanted.port === port) && isMeant(wanted.host, host)
    })
}

function parse(entry: string): { readonly host: string; readonly port: string | null } {
  const [, bracketed, afterBracket] = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry) ?? []
  if (bracketed !== undefined) return { host: bracketed, port: afterBracket ?? null }
  const [, host, port] = /^([^:]+):(\d+)$/.exec(entry) ?? []
  return host === undefined || port === undefined ? { host: entry, port: null } : { host, port }
}

function isMeant(wanted: string, host: string): boolean {
  if (wanted === '*') return true
  if (isIP(host) !== 0) return isWithin(wanted, host)
  const name = plain(wanted.replace(/^\*?\.+/, ''))
  return name !== '' && (host === name || host.endsWith(`.${name}`))
}

function isWithin(wanted: string, address: string): boolean {
  const [network = '', bits] = wanted.split('/')
  const family = isIP(network)
  if (family === 0) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const most = family === 4 ? 32 : 128
  const width = bits === undefined ? most : Number(bits)
  if (!/^\d+$/.test(bits ?? '0') || width > most) return false
  const list = new BlockList()
  list.addSubnet(network, width, type)
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** Without brackets, in lower case, without the dot that may end a full name. */
function plain(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
}
