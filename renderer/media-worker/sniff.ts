/** Whether a file's first 16 bytes are those of a PNG, JPEG, WebP or AVIF picture: one that Chromium should decode. */
export function isKnownPicture(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head)
  const isAvif = text.slice(4, 8) === 'ftyp' && /^avi[fs]/.test(text.slice(8))
  const isWebp = text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP'
  return text.startsWith('\x89PNG\r\n\x1a\n') || text.startsWith('\xff\xd8\xff') || isWebp || isAvif
}
