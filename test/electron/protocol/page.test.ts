import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { servePage } from '../../../electron/protocol/page'
import { temporaryFolder } from '../../support/folder'

const html = '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'

async function load(path?: string) {
  const page = path ?? join(temporaryFolder(), 'index.html')
  writeFileSync(page, html)
  const response = await servePage(page)
  const policy = new Map(
    (response.headers.get('content-security-policy') ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/)
      return [name, values.toSorted()] as const
    }),
  )
  const nonce = /'nonce-([^']+)'/.exec(policy.get('style-src')?.join(' ') ?? '')?.[1] ?? ''
  return { page, response, policy, nonce, body: await response.text() }
}

test('the policy starts from nothing and gives back only what the window needs', async () => {
  const { policy, nonce } = await load()
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': [`'nonce-${nonce}'`, "'self'"],
    'img-src': ["'self'", 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'connect-src': ["'self'"],
    'font-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  })
})

test('nothing in it is unsafe, remote or a wildcard', async () => {
  const { policy } = await load()
  const values = [...policy.values()].flat()
  expect(values.filter((value) => /unsafe|\*|https?:|data:|file:|strict-dynamic/.test(value))).toEqual([])
})

test('the nonce is in the page wherever it belongs, and is another at each load', async () => {
  const first = await load()
  const second = await load(first.page)
  expect(Buffer.from(first.nonce, 'base64')).toHaveLength(16)
  expect(first.body).toBe(html.replaceAll('__CSP_NONCE__', first.nonce))
  expect(second.nonce).not.toBe(first.nonce)
  expect(second.body).toContain(second.nonce)
})

test('the page is not kept, not guessed at, and tells nobody where it came from', async () => {
  const { response } = await load()
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  })
})
