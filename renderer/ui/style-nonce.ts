/** Lets radix inject its few style elements under the content security policy: they carry the nonce of this load. */
export function allowInjectedStyles(page: Document): void {
  const nonce = page.querySelector('meta[name="csp-nonce"]')?.getAttribute('content')
  // The name is get-nonce's, which radix's style injection asks: bundlers for the web set it, here the page does.
  if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce })
}
