import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** What index.html holds where the page's style nonce belongs. */
const noncePlaceholder = '__CSP_NONCE__'

/**
 * Answers with a page of ours and the content security policy it lives under.
 *
 * SECURITY: starts from `default-src 'none'`. Styles need a nonce because radix adds `<style>` elements; trusted
 * types are left off because they blank radix's dialogs (design/reliability.md, "Security").
 */
export async function servePage(path: string): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const html = (await readFile(path, 'utf8')).replaceAll(noncePlaceholder, nonce)
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  })
}
