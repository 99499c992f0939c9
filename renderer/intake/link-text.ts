/** Longest address that is taken, characters (`recipeSchema`). */
const maxLink = 4000

/** What a pasted or dropped text is: a public https address, another address, or no address at all. */
export function readLink(
  text: string,
): { readonly kind: 'link'; readonly address: string } | { readonly kind: 'other' | 'none' } {
  const address = text.trim()
  if (address.length > maxLink || /\s/.test(address) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) {
    return { kind: 'none' }
  }
  if (!URL.canParse(address)) return { kind: 'none' }
  return new URL(address).protocol === 'https:' ? { kind: 'link', address } : { kind: 'other' }
}

/** The end of an address, for a line that says what is fetched. */
export function linkName(address: string): string {
  const { hostname, pathname } = new URL(address)
  const name = pathname.slice(pathname.lastIndexOf('/') + 1)
  return name === '' ? hostname : name
}
