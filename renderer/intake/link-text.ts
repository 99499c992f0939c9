/** Longest address that is taken, characters (`recipeSchema`). */
const maxLink = 4000

/** A host with a dot in its name, and something behind it: `example.com/a.png`. */
const hostAndPath = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\/\S/i

/**
 * What a pasted or dropped text is: a public https address, one with a user name or a password (they would stand in
 * every copy of the recipe), another address, one without its beginning, or no address at all.
 */
export function readLink(
  text: string,
):
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'signed-in' | 'other' | 'no-scheme' | 'none' } {
  const address = text.trim()
  if (address.length > maxLink || /\s/.test(address)) return { kind: 'none' }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) {
    return { kind: hostAndPath.test(address) ? 'no-scheme' : 'none' }
  }
  if (!URL.canParse(address)) return { kind: 'none' }
  const { protocol, username, password } = new URL(address)
  if (protocol !== 'https:') return { kind: 'other' }
  // Empty ones too: no recipe takes such an address (`recipeSchema`).
  const isSignedIn = username !== '' || password !== '' || /^https:[/\\]*[^/\\?#]*@/i.test(address)
  return isSignedIn ? { kind: 'signed-in' } : { kind: 'link', address }
}

/** The end of an address, for a line that says what is fetched. */
export function linkName(address: string): string {
  const { hostname, pathname } = new URL(address)
  const name = pathname.slice(pathname.lastIndexOf('/') + 1)
  return name === '' ? hostname : name
}
