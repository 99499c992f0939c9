/** Longest address that is taken, characters (`providers.setAddress`). */
const maxAddress = 500

/**
 * Reads an address as it is typed: its origin, without a trailing slash; null for a text that is none. A path is kept:
 * the main process says whether it can be used.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim().replace(/\/+$/, '')
  if (text === '' || text.length > maxAddress || !URL.canParse(text)) return null
  const { protocol, username, password, search, hash } = new URL(text)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return null
  return protocol === 'https:' || protocol === 'http:' ? text : null
}
