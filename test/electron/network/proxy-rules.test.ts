import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { reveal } from '../../../electron/keys/redacted'
import type { Proxy } from '../../../electron/network/proxy'
import { environmentProxy, parseSystemProxies, variable } from '../../../electron/network/proxy-rules'

const direct = { kind: 'direct' }

test.each<[string, readonly unknown[]]>([
  ['DIRECT', [direct]],
  ['', [direct]],
  [' ; ', [direct]],
  ['PROXY a.example:3128', [{ kind: 'http', host: 'a.example', port: 3128 }]],
  [
    'PROXY a:1; HTTPS b:2; SOCKS5 c:3; DIRECT',
    [
      { kind: 'http', host: 'a', port: 1 },
      { kind: 'https', host: 'b', port: 2 },
      { kind: 'socks5', host: 'c', port: 3 },
      direct,
    ],
  ],
  ['proxy a:80;direct', [{ kind: 'http', host: 'a', port: 80 }, direct]],
  ['PROXY [fd00::1]:8080', [{ kind: 'http', host: 'fd00::1', port: 8080 }]],
  ['HTTPS a', [{ kind: 'https', host: 'a', port: 443 }]],
  ['HTTPS a:80', [{ kind: 'https', host: 'a', port: 80 }]],
  ['SOCKS5 a', [{ kind: 'socks5', host: 'a', port: 1080 }]],
  ['SOCKS a:1080', [{ kind: 'unsupported', name: 'SOCKS a:1080' }]],
  ['SOCKS4 a:1080', [{ kind: 'unsupported', name: 'SOCKS4 a:1080' }]],
  ['QUIC a:443', [{ kind: 'unsupported', name: 'QUIC a:443' }]],
  ['PROXY', [{ kind: 'unsupported', name: 'PROXY' }]],
  ['constructor a:1', [{ kind: 'unsupported', name: 'constructor a:1' }]],
])('the system’s %j', (answer, ways) => {
  expect(parseSystemProxies(answer)).toEqual(ways)
})

const target = 'https://api.krea.ai'

/** A proxy with its login in clear. */
function shown(proxy: Proxy | null): unknown {
  return proxy && 'login' in proxy && proxy.login ? { ...proxy, login: reveal(proxy.login) } : proxy
}

test.each<[string, unknown]>([
  ['http://p.example:3128', { kind: 'http', host: 'p.example', port: 3128 }],
  ['http://p.example:3128/', { kind: 'http', host: 'p.example', port: 3128 }],
  ['p.example:3128', { kind: 'http', host: 'p.example', port: 3128 }],
  [' http://p.example ', { kind: 'http', host: 'p.example', port: 80 }],
  ['https://p.example', { kind: 'https', host: 'p.example', port: 443 }],
  ['HTTPS://p.example:80', { kind: 'https', host: 'p.example', port: 80 }],
  ['socks5://p.example', { kind: 'socks5', host: 'p.example', port: 1080 }],
  ['socks5h://127.0.0.1:7891', { kind: 'socks5', host: '127.0.0.1', port: 7891 }],
  ['http://[::1]:7890', { kind: 'http', host: '::1', port: 7890 }],
  ['http://me:w%40rd%3A1@p:1', { kind: 'http', host: 'p', port: 1, login: 'me:w@rd:1' }],
  ['me:word@p:1', { kind: 'http', host: 'p', port: 1, login: 'me:word' }],
  ['http://me@p:1', { kind: 'http', host: 'p', port: 1, login: 'me:' }],
  ['socks4://p:1', { kind: 'unsupported', name: 'socks4' }],
])('HTTPS_PROXY=%s', (value, expected) => {
  expect(shown(environmentProxy({ HTTPS_PROXY: value }, target))).toEqual(expected)
})

test.each(['http://', 'http://p:99999', 'http://me:secret%zz@p:1', 'http://me:se/cret@p:1', 'http://a b:1'])(
  'HTTPS_PROXY=%s cannot be read, and the value is not told',
  (value) => {
    const fails = () => environmentProxy({ HTTPS_PROXY: value }, target)
    expect(fails).toThrow(/^The proxy in HTTPS_PROXY cannot be read/)
    try {
      fails()
    } catch (error) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret|se\/cret/)
    }
  },
)

test.each<[string, Record<string, string>, string | null]>([
  ['lower case first', { https_proxy: 'low:1', HTTPS_PROXY: 'up:1' }, 'low'],
  ['an empty one is none', { https_proxy: '', HTTPS_PROXY: 'up:1' }, 'up'],
  ['the scheme’s own first', { all_proxy: 'all:1', HTTPS_PROXY: 'up:1' }, 'up'],
  ['then the one for all', { HTTP_PROXY: 'other:1', ALL_PROXY: 'all:1' }, 'all'],
  ['not the one for http', { HTTP_PROXY: 'other:1' }, null],
  ['nothing', {}, null],
])('of several variables: %s', (_title, environment, host) => {
  const proxy = environmentProxy(environment, target)
  expect(proxy && 'host' in proxy ? proxy.host : null).toBe(host)
})

test('an http address has its own variable', () => {
  expect(environmentProxy({ HTTP_PROXY: 'p:1', HTTPS_PROXY: 'q:1' }, 'http://a.example')).toMatchObject({
    host: 'p',
  })
})

test('a variable in either letter case', () => {
  expect(variable({ NO_PROXY: ' a ' }, 'no_proxy')).toBe('a')
  expect(variable({ NO_PROXY: 'a', no_proxy: 'b' }, 'no_proxy')).toBe('b')
  expect(variable({}, 'no_proxy')).toBe('')
})
